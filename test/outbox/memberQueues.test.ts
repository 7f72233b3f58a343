import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { SqliteOutbox } from '../../src/outbox/index.js';
import { LongestFirst } from '../../src/outbox/queues/longestFirst.js';
import { purchase, purchases } from '../sync/org/arrayFeed.js';
import { done, filled, findAll, packed } from './outboxFixture.js';

describe('the queues of the members', () => {
  describe('give the longest first', () => {
    const order = (...lengths: number[]): number[] => {
      const queues = new LongestFirst<{ readonly ready: number }>();
      for (const ready of lengths) queues.add({ ready });
      return [...queues].map(({ ready }) => ready);
    };

    it('whatever their lengths', () => {
      expect(order(1, 5000, 3, 1023, 1024, 2000, 2)).to.deep.equal([5000, 2000, 1024, 1023, 3, 2, 1]);
    });

    it('and of equal ones the one that has waited longest', () => {
      const queues = new LongestFirst<{ readonly ready: number; readonly name: string }>();
      const [first, second] = [
        { ready: 2, name: 'first' },
        { ready: 2, name: 'second' },
      ];
      queues.add(first);
      queues.add(second);
      queues.delete(first);
      queues.add(first);
      expect([...queues].map(({ name }) => name)).to.deep.equal(['second', 'first']);
    });
  });

  describe('of more items than may be in memory', () => {
    let folder: string;
    let outbox: SqliteOutbox;

    beforeEach(async () => {
      folder = mkdtempSync(join(tmpdir(), 'loyalty-queues-'));
      outbox = await SqliteOutbox.open(join(folder, 'till.outbox'), { mostInMemory: 5 });
    });

    afterEach(async () => {
      await outbox.close();
      rmSync(folder, { recursive: true });
    });

    /** Delivers all, and returns the keys of each batch. */
    async function deliver(perMember?: number): Promise<string[][]> {
      const sent: string[][] = [];
      for (;;) {
        await findAll(outbox);
        const [batch] = await outbox.delivery.pack({ size: 4, atLeast: 1, count: 1, now: 0, perMember });
        if (!batch) return sent;
        sent.push(batch.items.map(({ key }) => key.replace('till:', '')));
        await outbox.delivery.settle(batch.items.map((item) => done(item)));
      }
    }

    it('are all counted, and all delivered in their order', async () => {
      const members = ['A1', 'B2', 'C3', 'A1', 'A1', 'D4'];
      const run = await filled(outbox, purchases(23, members));
      expect(await outbox.delivery.open()).to.equal(23);
      const sent = (await deliver()).flat().map(Number);
      for (const member of new Set(members)) {
        const ofMember = sent.filter((key) => members[(key - 1) % members.length] === member);
        expect(ofMember, member).to.deep.equal(ofMember.toSorted((a, b) => a - b));
      }
      expect(sent).to.have.length(23);
      expect((await outbox.runs.counts(run)).items).to.include({ done: 23, ready: 0 });
      expect(await outbox.delivery.open()).to.equal(0);
    });

    it('go several at a time where the operator says so, in their order', async () => {
      await filled(outbox, purchases(6, ['A1']));
      expect(await deliver(3)).to.deep.equal([
        ['1', '2', '3'],
        ['4', '5', '6'],
      ]);
    });

    it('do not hold up others, where those in memory wait for a person', async () => {
      await filled(outbox, [...purchases(12, ['A1']), purchase('13', 'B2')]);
      const [parked] = await packed(outbox, 1);
      await outbox.delivery.settle([{ item: parked!, to: 'parked', code: 'P', message: 'Look.' }]);
      expect(await deliver()).to.deep.equal([['13']]);
      expect(await outbox.delivery.open()).to.equal(11);
    });

    it('are read again after another connection has written', async () => {
      await filled(outbox, purchases(6, ['A1', 'B2']));
      const other = await SqliteOutbox.open(outbox.name);
      await other.sources.remember('web', { epoch: 1 });
      await other.close();
      expect((await deliver()).flat()).to.have.length(6);
    });
  });
});
