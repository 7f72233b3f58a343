import { expect } from 'chai';
import { exitCode } from '../../src/sync/index.js';
import { purchase, purchases } from './org/arrayFeed.js';
import { failure, processFailure } from './org/answers.js';
import type { Share } from './org/fakeOrg.js';
import { fates, manyMembers } from './org/fates.js';
import { Life } from './org/life.js';
import { World } from './org/world.js';

const seconds = 1000;
const minutes = 60 * seconds;

describe('what a failure leads to', () => {
  describe('refused', () => {
    for (const count of [2, 7, 64, 200]) {
      it(`one bad row among ${count} is found by halving and takes no other with it`, async () => {
        await using world = new World(purchases(count, manyMembers(count)));
        world.org.refused.add('till:2');
        const report = await world.start();
        expect(report.counts.items).to.include({ done: count - 1, refused: 1 });
        expect(report.records).to.deep.equal([
          {
            key: 'till:2',
            status: 'refused',
            member: 'M2',
            feed: 'till.csv',
            line: 3,
            error: { code: 'REQUIRED_FIELD_MISSING', message: 'Quantity is missing.' },
          },
        ]);
        expect(new Set(Object.values(world.effects()))).to.deep.equal(new Set([1]));
        expect(world.org.executions.length).to.be.at.most(2 * Math.ceil(Math.log2(count)) + 2);
        expect(exitCode(report)).to.equal(68);
      });
    }

    it('processed journals are done, stored ones are run, and only the rest is sent again', async () => {
      await using world = new World(purchases(12, manyMembers(12)));
      const shares: Share[] = ['run', 'pending', 'nothing'];
      fates(world, {
        share: (number) => shares[Number(number.slice(5)) % 3]!,
        answer: failure(400, 'REQUIRED_FIELD_MISSING'),
      });
      const { counts } = await world.start();
      expect(counts.items).to.include({ done: 12, refused: 0 });
      expect(Object.values(world.effects())).to.deep.equal(Array.from({ length: 12 }, () => 1));
      const [, ...later] = world.org.executions;
      expect(later.flatMap(({ journals }) => journals)).to.have.length(4);
      expect(later.flatMap(({ ids }) => ids)).to.have.length(4);
    });

    it('a failed process does not mean that a single stored journal was refused', async () => {
      await using world = new World(purchases(1, ['A1']));
      fates(world, { share: () => 'run', answer: processFailure('The rule Weekend failed.') });
      expect((await world.start()).counts.items).to.include({ done: 1, refused: 0 });
      expect(world.org.executions).to.have.length(1);
    });

    it("a refusal does not block the member's next transaction", async () => {
      await using world = new World(purchases(3, ['A1']));
      world.org.refused.add('till:1');
      expect((await world.start()).counts.items).to.include({ done: 2, refused: 1 });
      expect(world.order('A1')).to.deep.equal(['till:2', 'till:3']);
    });

    it('a journal that the org stored with an error is refused with its description', async () => {
      await using world = new World(purchases(2, ['A1', 'B2']));
      world.org.faulty.add('till:1');
      fates(world, { answer: 'reset', share: () => 'run' });
      const { records } = await world.start();
      expect(records).to.deep.equal([
        {
          key: 'till:1',
          status: 'refused',
          member: 'A1',
          feed: 'till.csv',
          line: 2,
          error: { code: 'JOURNAL_ERROR', message: 'The rule divides by zero.' },
        },
      ]);
    });
  });

  describe('journals that the org holds but has not run', () => {
    it('a journal that is locked again and again is run after longer and longer pauses', async () => {
      await using world = new World(purchases(1, ['A1']));
      world.org.hold({ number: 'till:1', member: 'A1', status: 'Pending' });
      const locked = { answer: processFailure('UNABLE_TO_LOCK_ROW: unable to obtain exclusive access') };
      fates(world, ...Array.from({ length: 7 }, () => locked));
      expect((await world.start({ runPending: true })).counts.items.done).to.equal(1);
      const times = world.org.executions.map(({ at }) => at);
      const pauses = times.slice(1).map((at, index) => at - (times[index] ?? NaN));
      expect(pauses).to.have.length(7);
      expect(pauses.at(-1)).to.be.greaterThan(15 * seconds);
    });

    it('are run by their Id, as many at a time as a batch holds', async () => {
      const rows = purchases(5, manyMembers(5));
      await using world = new World(rows);
      for (const { key, member } of rows) world.org.hold({ number: key, member, status: 'Pending' });
      const { counts } = await world.start({ runPending: true, batchSize: 2 });
      expect(counts.items.done).to.equal(5);
      expect(world.org.executions.map(({ ids, journals }) => [ids.length, journals.length])).to.deep.equal([
        [2, 0],
        [2, 0],
        [1, 0],
      ]);
      expect(Object.values(world.effects())).to.deep.equal([1, 1, 1, 1, 1]);
    });

    it('are not run twice if the request that ran some of them is refused', async () => {
      const rows = purchases(8, manyMembers(8));
      await using world = new World(rows);
      for (const { key, member } of rows) world.org.hold({ number: key, member, status: 'Pending' });
      fates(world, {
        share: (number) => (Number(number.slice(5)) % 2 === 0 ? 'run' : 'pending'),
        answer: processFailure('The rule Weekend failed.'),
      });
      expect((await world.start({ runPending: true })).counts.items.done).to.equal(8);
      expect(Object.values(world.effects())).to.deep.equal([1, 1, 1, 1, 1, 1, 1, 1]);
    });

    it('are not run again within the window if a killed process had just started to', async () => {
      const rows = purchases(1, ['A1']);
      await using world = new World(rows);
      world.org.hold({ number: 'till:1', member: 'A1', status: 'Pending' });
      fates(world, { storesAt: 9 * minutes, answersAt: 2 * minutes, answer: 'timeout' });
      const life = new Life((moment) => moment === 'after a call left' && world.org.executions.length === 1);
      await Promise.race([world.start({ runPending: true }, life), life.death]);
      expect((await world.resume({ runPending: true })).counts.items.done).to.equal(1);
      expect(world.effects()).to.deep.equal({ 'till:1': 1 });
    });

    it('are done if their request fails and a last look finds that they ran', async () => {
      await using world = new World(purchases(1, ['A1']));
      world.org.hold({ number: 'till:1', member: 'A1', status: 'Pending' });
      fates(world, { share: () => 'run', answer: processFailure('A flow behind it failed.') });
      expect((await world.start({ runPending: true })).counts.items).to.include({ done: 1, refused: 0 });
      expect(world.effects()).to.deep.equal({ 'till:1': 1 });
    });

    it('are no longer run after an interruption, and wait for the resume', async () => {
      const rows = purchases(6, manyMembers(6));
      await using world = new World(rows);
      for (const { key, member } of rows) world.org.hold({ number: key, member, status: 'Pending' });
      const abort = new AbortController();
      world.org.fate = (execution) => {
        abort.abort();
        return world.org.honest(execution);
      };
      const { counts } = await world.start({ runPending: true, batchSize: 2, signal: abort.signal });
      expect(counts.items).to.include({ done: 2, unknown: 4 });
      expect((await world.resume({ runPending: true })).counts.items.done).to.equal(6);
    });

    it('are refused if the org refuses each of them, without affecting the others', async () => {
      const rows = purchases(4, manyMembers(4));
      await using world = new World(rows);
      for (const { key, member } of rows) world.org.hold({ number: key, member, status: 'Pending' });
      const bad = world.org.tables.journals[2]!.id;
      world.org.fate = (execution) =>
        execution.ids.includes(bad)
          ? { answersAt: 300, answer: failure(400, 'INVALID_STATUS', 'Not so.') }
          : world.org.honest(execution);
      const { counts, records } = await world.start({ runPending: true });
      expect(counts.items).to.include({ done: 3, refused: 1 });
      expect(records).to.deep.include({
        key: 'till:3',
        status: 'refused',
        member: 'M3',
        feed: 'till.csv',
        line: 4,
        error: { code: 'INVALID_STATUS', message: 'Not so.' },
      });
    });
  });

  describe('unknown members', () => {
    it('are refused before anything is sent for them', async () => {
      const rows = [...purchases(6, ['A1', 'nobody', 'B2']), purchase('7', 'nobody')];
      await using world = new World(rows, { strangers: ['nobody'] });
      const report = await world.start();
      expect(report.counts.items).to.include({ done: 4, refused: 3 });
      expect(report.records.map(({ error }) => error?.code)).to.deep.equal(Array(3).fill('UNKNOWN_MEMBER'));
      expect(report.records[0]!.error?.message).to.include('no member nobody');
      const sent = world.org.executions.flatMap(({ journals }) => journals.map(({ member }) => member));
      expect(sent).to.not.include('nobody');
    });

    it('leave nothing open if there are no others, and are counted as settled', async () => {
      await using world = new World(purchases(3, ['nobody']), { members: [] });
      const progress: { open: number; settled: number }[] = [];
      const { ending } = await world.start({
        onProgress: ({ phase, open, settled }) => {
          if (phase === 'delivery') progress.push({ open, settled });
        },
      });
      expect(ending).to.equal('complete');
      expect(progress.at(-1)).to.deep.equal({ open: 0, settled: 3 });
      expect(world.org.executions).to.be.empty;
    });

    it('are looked up in one query, while nothing else can be done', async () => {
      await using world = new World(purchases(30, manyMembers(30)));
      await world.start({ concurrency: 8 });
      expect(world.org.queries.filter((soql) => soql.includes('LoyaltyProgramMember'))).to.have.length(1);
    });

    it('whose look-up takes long do not count as a lack of progress', async () => {
      await using world = new World(purchases(1, ['A1']));
      world.org.queriesTake = 5 * minutes;
      fates(world, { answer: failure(429, 'TOO_MANY_REQUESTS') });
      expect((await world.start({ wait: 16 * minutes })).ending).to.equal('complete');
    });

    it('who have been enrolled since are looked up again by the next run', async () => {
      await using world = new World(purchases(1, ['late']), { members: [] });
      await world.start();
      world.org.tables.enrol('late');
      world.rows = purchases(2, ['late']);
      const { counts } = await world.start();
      expect(counts.transactions).to.include({ takenUpByItself: 1, new: 1, refusedBefore: 0 });
      expect(world.order('late')).to.deep.equal(['till:1', 'till:2']);
    });
  });

  describe('later', () => {
    it('a batch that the org turns away is sent again as one batch, and not before the time the org asked for', async () => {
      await using world = new World(purchases(50, manyMembers(50)));
      fates(world, { answer: { ...failure(429, 'TOO_MANY_REQUESTS'), headers: { 'retry-after': '90' } } });
      expect((await world.start()).ending).to.equal('complete');
      const [first, second, ...others] = world.org.executions;
      expect(second!.at - first!.at).to.be.at.least(90 * seconds);
      expect(second!.journals).to.have.length(50);
      expect(others).to.be.empty;
    });

    it('an org that asks for fewer calls is left alone completely, longer each time', async () => {
      await using world = new World(purchases(40, manyMembers(40)));
      const busy = { answer: failure(503, 'SERVER_UNAVAILABLE') };
      fates(world, busy, busy, busy, busy);
      await world.start({ batchSize: 10, concurrency: 1 });
      const { executions } = world.org;
      const gaps = executions.slice(1, 5).map(({ at }, index) => at - executions[index]!.at);
      for (const [index, gap] of gaps.entries()) expect(gap).to.be.at.least(2 ** index * (seconds / 4));
      expect(executions).to.have.length(8);
    });

    it('an answered question ends the pause, and the next pause is short again', async () => {
      await using world = new World(purchases(1, ['A1']));
      let failures = 5;
      world.org.queryFate = (soql) =>
        soql.includes('LoyaltyProgramMember') && failures-- > 0 ? failure(502, null) : undefined;
      fates(world, { answer: failure(429, 'TOO_MANY_REQUESTS') });
      await world.start();
      const [first, second] = world.org.executions;
      expect(second!.at - first!.at).to.be.below(300 + 2 * seconds + 10);
    });

    it('a lock delays only the members that met it', async () => {
      await using world = new World(purchases(4, manyMembers(4)));
      fates(world, { answer: failure(400, 'UNABLE_TO_LOCK_ROW', 'unable to obtain exclusive access') });
      await world.start({ batchSize: 2, concurrency: 1 });
      const batches = world.org.executions.map(({ journals }) => journals.map(({ member }) => member).toSorted());
      expect(batches).to.deep.equal([
        ['M1', 'M2'],
        ['M3', 'M4'],
        ['M1', 'M2'],
      ]);
    });

    it('an org that never accepts anything leaves the run unfinished, after few calls', async () => {
      await using world = new World(purchases(10, manyMembers(10)));
      world.org.fate = () => ({ answersAt: 300, answer: 'notConnected' });
      const report = await world.start({ wait: 10 * minutes, batchSize: 2 });
      expect(report.ending).to.equal('unfinished');
      expect(report.counts.items.ready).to.equal(10);
      expect(world.org.executions.length).to.be.within(5, 25);
      fates(world);
      expect((await world.resume()).ending).to.equal('complete');
    });

    it('a transaction that is rolled back again and again is not tried without a pause', async () => {
      await using world = new World(purchases(1, ['A1']));
      world.org.fate = () => ({ answersAt: 300, answer: failure(400, 'ALL_OR_NONE_OPERATION_ROLLED_BACK') });
      const report = await world.start({ wait: 5 * minutes });
      expect(report.ending).to.equal('unfinished');
      expect(world.org.executions.length).to.be.within(3, 25);
    });

    it('members that cannot be looked up leave the run unfinished, after few calls and with nothing sent', async () => {
      await using world = new World(purchases(10, manyMembers(10)));
      world.org.queryFate = (soql) => (soql.includes('LoyaltyProgramMember') ? 'timeout' : undefined);
      const report = await world.start({ wait: 10 * minutes });
      expect(report.ending).to.equal('unfinished');
      expect(world.org.executions).to.be.empty;
      expect(world.org.queries.length).to.be.within(5, 40);
    });

    it('a failed look-up leaves its transactions unknown, and is repeated', async () => {
      await using world = new World(purchases(2, ['A1', 'B2']));
      fates(world, { answer: 'reset', share: () => 'run' });
      let failures = 3;
      world.org.queryFate = (soql) =>
        soql.includes('ExternalTransactionNumber IN') && failures-- > 0 ? failure(502, null) : undefined;
      expect((await world.start()).counts.items.done).to.equal(2);
      expect(world.org.executions).to.have.length(1);
    });
  });

  describe('too large', () => {
    it('a request that is too large is sent in halves, and the next ones are smaller from the start', async () => {
      await using world = new World(purchases(64, manyMembers(64)));
      world.org.fate = (execution) =>
        execution.journals.length > 5 ? { answersAt: 300, answer: failure(413, null) } : world.org.honest(execution);
      await world.start({ batchSize: 16, concurrency: 1 });
      const sizes = world.org.executions.map(({ journals }) => journals.length);
      expect(Object.values(world.effects())).to.deep.equal(Array.from({ length: 64 }, () => 1));
      // 16, 8, 4, 4, 8, 4, 4, and then fours.
      expect(sizes.filter((size) => size > 5)).to.deep.equal([16, 8, 8]);
    });

    it('a single journal that the org finds too large is refused', async () => {
      await using world = new World(purchases(1, ['A1']));
      world.org.fate = () => ({ answersAt: 300, answer: failure(413, 'REQUEST_ENTITY_TOO_LARGE') });
      expect((await world.start()).counts.items.refused).to.equal(1);
    });

    it('a single one that somebody else finds too large is looked up and sent again', async () => {
      await using world = new World(purchases(1, ['A1']));
      let pages = 1;
      world.org.fate = (execution) =>
        pages-- > 0 ? { ...world.org.honest(execution), answer: failure(413, null) } : world.org.honest(execution);
      expect((await world.start()).counts.items.done).to.equal(1);
      expect(Object.values(world.effects())).to.deep.equal([1]);
    });
  });
});
