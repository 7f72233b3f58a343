import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { SqliteOutbox } from '../../src/outbox/index.js';
import { LongestFirst } from '../../src/outbox/queues/longestFirst.js';
import { purchase, purchases } from '../sync/org/arrayFeed.js';
import type { Transaction } from '../../src/transaction.js';
import { chunk, done, filled, findAll, packed, refused } from './outboxFixture.js';
import { absent } from './till.js';

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

    it('are each sent once, where one that was refused is taken up when memory is full', async () => {
      await refusedMember([purchase('1', 'X9')]);
      const run = await filled(outbox, purchases(6, ['A1', 'B2', 'C3', 'D4', 'E5', 'F6']).slice(1));
      await outbox.intake.accept(chunk(run, [purchase('1', 'X9'), purchase('7', 'G7')], { feed: 'web.csv' }));
      expect((await deliver()).flat().toSorted()).to.deep.equal(['2', '3', '4', '5', '6', '7']);
      // The one that was taken up is looked up first.
      expect(await outbox.delivery.open()).to.equal(1);
    });

    it('are counted rightly when some of a missing member are not in memory', async () => {
      const rows = purchases(8, ['X9', 'A1', 'B2', 'C3', 'D4', 'E5', 'X9', 'F6']);
      await refusedMember(rows);
      const run = (await outbox.runs.begin({ program: 'Harbour Rewards' })).id;
      await outbox.intake.accept(chunk(run, [rows[0]!, rows[6]!]));
      expect((await outbox.runs.counts(run)).transactions.takenUpByItself).to.equal(2);
      await outbox.delivery.checkedMembers([], ['X9'], absent);
      expect(await outbox.delivery.open()).to.equal(6);
      expect((await deliver()).flat().toSorted()).to.deep.equal(['2', '3', '4', '5', '6', '8']);
      expect(await outbox.delivery.open()).to.equal(0);
    });

    /** Reads these rows in a run that does not find the member X9. */
    async function refusedMember(rows: readonly Transaction[]): Promise<void> {
      await using all = await SqliteOutbox.open(outbox.name);
      const { id } = await all.runs.begin({ program: 'Harbour Rewards' });
      await all.intake.accept(chunk(id, rows));
      await all.delivery.checkedMembers([], ['X9'], absent);
      await findAll(all);
    }

    it('are read again after another connection has written', async () => {
      await filled(outbox, purchases(6, ['A1', 'B2']));
      const other = await SqliteOutbox.open(outbox.name);
      await other.sources.remember('web', { epoch: 1 });
      await other.close();
      expect((await deliver()).flat()).to.have.length(6);
    });
  });

  it('pause as long as any item of a request has to wait, whatever becomes of the others', async () => {
    await using outbox = SqliteOutbox.inMemory();
    await filled(outbox, purchases(3, ['A1']));
    const [batch] = await outbox.delivery.pack({ size: 5, atLeast: 1, count: 1, perMember: 2, now: 0 });
    const [locked, other] = batch?.items ?? [];
    await outbox.delivery.settle([{ item: locked!, to: 'ready', until: 500 }]);
    await outbox.delivery.settle([refused(other!)]);
    expect(await outbox.delivery.nextDue(true)).to.equal(500);
  });

  it('wait as long as they had to, when the only item of a member is corrected', async () => {
    await using outbox = SqliteOutbox.inMemory();
    await filled(outbox, [purchase('1', 'A1')]);
    const [item] = await packed(outbox);
    await outbox.delivery.settle([{ item: item!, to: 'ready', until: 500 }]);
    const { id } = await outbox.runs.begin({});
    expect(await outbox.intake.accept(chunk(id, [purchase('1', 'A1', 'tea')]))).to.deep.equal(['corrected']);
    expect(await outbox.delivery.nextDue(true)).to.equal(500);
  });
});
