import { expect } from 'chai';
import { exitCode } from '../../src/sync/index.js';
import type { SyncReport } from '../../src/sync/index.js';
import { arrayFeed, purchase, purchases } from './org/arrayFeed.js';
import { failure, oneResult, ok } from './org/answers.js';
import { expectToAddUp, noItems, none } from './org/counts.js';
import { Life } from './org/life.js';
import { World } from './org/world.js';

const minutes = 60_000;
const seconds = 1000;
const members = ['A1', 'B2', 'C3', 'D4'];

describe('the laws of the sync', () => {
  describe('1. the counts add up', () => {
    it('at every progress of a run with rejections, skipped rows, duplicates, conflicts and refusals', async () => {
      const rows = [
        ...purchases(8, members),
        'rejected' as const,
        'skipped' as const,
        purchase('1', 'A1'),
        purchase('2', 'B2', 'tea'),
        purchase('9', 'stranger'),
      ];
      await using world = new World(rows, { strangers: ['stranger'] });
      const seen: string[] = [];
      const report = await world.start({
        batchSize: 2,
        onProgress: ({ run, phase }) => {
          seen.push(phase);
          void world.outbox.runs.counts(run).then((counts) => expectToAddUp(counts));
        },
      });
      expect(seen).to.include('intake').and.to.include('delivery');
      expect(report.counts).to.deep.equal({
        rows: { read: 13, used: 11, skipped: 1, rejected: 1 },
        transactions: { ...none, made: 11, new: 9, repeated: 1, conflict: 1 },
        items: { ...noItems, new: 9, done: 8, sentNow: 8, refused: 1 },
      });
    });
  });

  describe('2. nothing happens before it is written down', () => {
    it('every journal of a request is stored as sent when the request arrives', async () => {
      await using world = new World(purchases(40, members));
      const { fate } = world.org;
      world.org.fate = (execution) => {
        const sent = new Set([...world.outbox.runs.items(world.lastRun, ['sent'])].map(({ key }) => key));
        for (const { number } of execution.journals) expect([...sent]).to.include(number);
        return fate(execution);
      };
      await world.start({ batchSize: 3, concurrency: 4 });
      expect(world.org.executions.length).to.be.greaterThan(10);
    });

    it('a journal that the org holds is stored as sent before it is run by its Id', async () => {
      await using world = new World(purchases(4, members));
      for (const { key, member } of purchases(4, members)) world.org.hold({ number: key, member, status: 'Pending' });
      const { fate } = world.org;
      world.org.fate = (execution) => {
        expect(execution.ids).to.have.length(4);
        expect([...world.outbox.runs.items(world.lastRun, ['sent'])]).to.have.length(4);
        return fate(execution);
      };
      const { counts } = await world.start({ runPending: true });
      expect(counts.items.done).to.equal(4);
    });

    it('a position is stored with the rows in front of it, and with no others', async () => {
      await using world = new World(purchases(20, members));
      const feed = arrayFeed(world.rows, { stretch: 3 });
      const seen: number[] = [];
      await world.start({
        feeds: [feed],
        onProgress: ({ run }) => {
          void world.outbox.intake.progress(run, feed.name).then((progress) => {
            const { rows } = progress?.position as { rows: number };
            expect([...world.outbox.runs.items(run, ['ready', 'sent', 'done'])]).to.have.length(rows);
            if (seen.at(-1) !== rows) seen.push(rows);
          });
        },
      });
      expect(seen).to.deep.equal([3, 6, 9, 12, 15, 18, 20]);
    });
  });

  describe('3. the same feed twice changes nothing', () => {
    it('with the same outbox: nothing is sent', async () => {
      await using world = new World(purchases(30, members));
      await world.start();
      const requests = world.org.executions.length;
      const { counts, ending } = await world.start();
      expect(ending).to.equal('complete');
      expect(counts.transactions).to.include({ made: 30, known: 30, new: 0 });
      expect(world.org.executions).to.have.length(requests);
    });

    it('with a fresh outbox: everything is found in the org, and nothing is sent', async () => {
      await using world = new World(purchases(30, members));
      await world.start();
      const requests = world.org.executions.length;
      await world.freshOutbox();
      const { counts, ending } = await world.start();
      expect(ending).to.equal('complete');
      expect(counts.items).to.include({ new: 30, done: 30, found: 30, sentNow: 0 });
      expect(world.org.executions).to.have.length(requests);
    });

    it('with a fresh outbox and new rows: only the new ones are sent', async () => {
      await using world = new World(purchases(30, members));
      await world.start();
      await world.freshOutbox();
      world.rows = purchases(35, members);
      await world.start();
      expect(Object.values(world.effects())).to.deep.equal(Array.from({ length: 35 }, () => 1));
    });
  });

  describe('4. killed at any instant and resumed, the org ends in the same state', () => {
    const rows = purchases(10, ['A1', 'B2', 'A1', 'C3']);
    const settings = { batchSize: 2, concurrency: 2 };

    for (const [org, trouble] of Object.entries({ calm: false, 'that loses every second answer': true })) {
      it(`in an org ${org}`, async function () {
        this.timeout(120_000);
        const undisturbed = await run(new Life());
        expect(undisturbed.life.moments).to.be.greaterThan(30);
        for (let instant = 1; instant <= undisturbed.life.moments; instant++) {
          const { order, counts } = await run(new Life((_, count) => count === instant));
          expect(order, `killed at ${instant}`).to.deep.equal(undisturbed.order);
          expect(counts, `killed at ${instant}`).to.deep.equal(undisturbed.counts);
        }
      });

      const run = async (life: Life): Promise<{ life: Life; order: string[][]; counts: object }> => {
        await using world = new World(rows);
        if (trouble) {
          world.org.fate = (execution) => ({
            ...world.org.honest(execution),
            ...(world.org.executions.length % 2 === 0 && { answer: 'reset' }),
          });
        }
        let report = await Promise.race([world.start(settings, life), life.death]);
        for (let runs = 0; runs < 20 && (report === 'died' || report.ending !== 'complete'); runs++) {
          report = (await world.outbox.runs.find()) ? await world.resume(settings) : await world.start(settings);
        }
        expect(report).to.include({ ending: 'complete' });
        const order = ['A1', 'B2', 'C3'].map((member) => world.order(member));
        return { life, order, counts: (report as SyncReport).counts };
      };
    }
  });

  describe('5. per member, feed order is org order', () => {
    it('even if the first of a member is lost and the next ones could have been sent', async () => {
      await using world = new World(purchases(9, ['A1', 'A1', 'B2']));
      loseOnce(world, 'timeout', 'nothing');
      await world.start({ batchSize: 2, concurrency: 3 });
      expect(world.order('A1')).to.deep.equal(['till:1', 'till:2', 'till:4', 'till:5', 'till:7', 'till:8']);
    });

    it('even if the feed spells a member in two ways', async () => {
      const rows = ['m1', 'M1', 'm1', 'M1'].map((member, index) => purchase(String(index + 1), member));
      await using world = new World(rows, { members: ['M1'] });
      const { counts } = await world.start({ batchSize: 10, concurrency: 4 });
      expect(counts.items.done).to.equal(4);
      expect(world.order('m1')).to.deep.equal(['till:1', 'till:2', 'till:3', 'till:4']);
    });

    it('journals of one member that the org holds are run one after the other, even if the first meets a lock', async () => {
      const rows = purchases(3, ['A1']);
      await using world = new World(rows);
      for (const { key, member } of rows) world.org.hold({ number: key, member, status: 'Pending' });
      world.org.fate = (execution) =>
        world.org.executions.length === 1
          ? { answersAt: 300, answer: failure(400, 'UNABLE_TO_LOCK_ROW') }
          : world.org.honest(execution);
      await world.start({ runPending: true });
      expect(world.order('A1')).to.deep.equal(['till:1', 'till:2', 'till:3']);
    });
  });

  describe('6. what is unknown is never sent blindly, and ends settled or named', () => {
    it('is looked up after the settle window, and found', async () => {
      await using world = new World(purchases(1, ['A1']));
      loseOnce(world, 'timeout', 'run');
      const { ending } = await world.start();
      expect(ending).to.equal('complete');
      expect(world.org.executions).to.have.length(1);
      expect(world.effects()).to.deep.equal({ 'till:1': 1 });
    });

    it('is found long before the settle window has passed if the org has it, and what is behind it goes on', async () => {
      await using world = new World(purchases(2, ['A1']));
      loseOnce(world, 'reset', 'run');
      const begun = world.clock.monotonic();
      expect((await world.start()).ending).to.equal('complete');
      expect(world.clock.monotonic() - begun).to.be.below(1 * minutes);
      expect(world.order('A1')).to.deep.equal(['till:1', 'till:2']);
    });

    it('is sent again if it is absent, but not before the window has passed that starts when the client stops listening', async () => {
      await using world = new World(purchases(1, ['A1']));
      loseOnce(world, 'timeout', 'nothing');
      await world.start({ settle: 10 * minutes });
      const [first, second] = world.org.executions;
      expect(second!.at - first!.at).to.be.at.least(12 * minutes);
      expect(world.effects()).to.deep.equal({ 'till:1': 1 });
    });

    it('is not sent again while a late commit is possible, and is found after it', async () => {
      await using world = new World(purchases(2, ['A1']));
      world.org.fate = (execution) =>
        world.org.executions.length === 1
          ? { storesAt: 11 * minutes, answersAt: 2 * minutes, answer: 'timeout' }
          : world.org.honest(execution);
      await world.start({ settle: 10 * minutes });
      expect(world.effects()).to.deep.equal({ 'till:1': 1, 'till:2': 1 });
      expect(world.order('A1')).to.deep.equal(['till:1', 'till:2']);
    });

    it('is named in the report if the run does not wait for it, and is settled by a resume', async () => {
      await using world = new World(purchases(2, ['A1', 'B2']));
      loseOnce(world, 'reset', 'run');
      const report = await world.start({ wait: 10 * seconds, batchSize: 1, concurrency: 1 });
      expect(report.ending).to.equal('unfinished');
      expect(exitCode(report)).to.equal(69);
      expect(report.counts.items).to.include({ unknown: 1, done: 1, refused: 0 });
      expect(report.records).to.deep.equal([
        {
          ...{ key: 'till:1', status: 'unknown', member: 'A1', feed: 'till.csv', line: 2, tries: 1 },
          error: { code: 'UNKNOWN', message: 'Lost: reset.' },
        },
      ]);
      const resumed = await world.resume();
      expect(exitCode(resumed)).to.equal(0);
      expect(world.effects()).to.deep.equal({ 'till:1': 1, 'till:2': 1 });
    });

    it('what a killed process has sent is unknown to the next one', async () => {
      await using world = new World(purchases(2, ['A1', 'B2']));
      const life = new Life((moment) => moment === 'after a call left' && world.org.executions.length === 1);
      await Promise.race([world.start({}, life), life.death]);
      const report = await world.resume({ wait: 1 * minutes });
      expect(report.counts.items).to.include({ unknown: 2, sent: 0 });
      expect(world.org.executions).to.have.length(1);
      expect((await world.resume()).counts.items).to.include({ unknown: 0, done: 2 });
    });
  });

  describe('8. no outcome depends on a position', () => {
    it('journal Ids come from the results that name the member, in any order', async () => {
      await using world = new World(purchases(3, ['A1', 'B2', 'C3']));
      const { run } = await world.start();
      const stored = new Map(world.org.tables.journals.map(({ number, id }) => [number, id]));
      for (const { key, journalId } of world.outbox.runs.items(run, ['done'])) {
        expect(journalId).to.equal(stored.get(key));
      }
      // Only the positive control.
      expect(world.org.queries.filter((soql) => soql.includes('ExternalTransactionNumber IN'))).to.have.length(1);
    });

    it('journal Ids that no result names are looked up', async () => {
      await using world = new World(purchases(3, ['A1', 'B2', 'C3']));
      const nameless = { status: true, processResult: { transactionJournalResult: [{}, {}, {}] } };
      world.org.fate = (execution) => ({ ...world.org.honest(execution), answer: ok(nameless) });
      const { run } = await world.start();
      const ids = [...world.outbox.runs.items(run, ['done'])].map(({ journalId }) => journalId);
      expect(ids).to.deep.equal(world.org.tables.journals.map(({ id }) => id));
    });

    it('a result that names several members, or a member that several results name, names nobody', async () => {
      await using world = new World(purchases(3, ['A1', 'B2', 'C3']));
      const naming = (id: string, ...names: string[]): object => ({
        id,
        changeInMemberPoints: names.map((memberShipNumber) => ({ memberShipNumber })),
      });
      const transactionJournalResult = [naming('x', 'A1', 'B2'), naming('y', 'C3'), naming('z', 'C3')];
      world.org.fate = (execution) => ({
        ...world.org.honest(execution),
        answer: ok({ status: true, processResult: { transactionJournalResult } }),
      });
      const { run } = await world.start();
      const ids = [...world.outbox.runs.items(run, ['done'])].map(({ journalId }) => journalId);
      expect(ids).to.deep.equal(world.org.tables.journals.map(({ id }) => id));
    });

    it('journals that are not found at the end are not looked up in every later run', async () => {
      await using world = new World(purchases(3, ['A1', 'B2', 'C3']));
      const nameless = { status: true, processResult: { transactionJournalResult: [{}] } };
      // The first request is honest, because the org must show what it confirms.
      world.org.fate = (execution) =>
        world.org.executions.length === 1 ? world.org.honest(execution) : { answersAt: 300, answer: ok(nameless) };
      const first = await world.start({ batchSize: 1 });
      const queries = world.org.queries.length;
      await world.start();
      expect(world.org.queries.slice(queries).filter((soql) => soql.includes('ExternalTransactionNumber IN'))).to.be
        .empty;
      const ids = [...world.outbox.runs.items(first.run, ['done'])].map(({ journalId }) => journalId);
      expect(ids.filter((id) => id === undefined)).to.have.length(2);
    });

    it('a different number of results than journals settles nothing', async () => {
      await using world = new World(purchases(3, ['A1', 'B2', 'C3']));
      world.org.fate = (execution) => ({ ...world.org.honest(execution), answer: oneResult });
      const { counts } = await world.start({ wait: 10 * seconds });
      expect(counts.items).to.include({ unknown: 3, done: 0 });
      expect((await world.resume()).counts.items).to.include({ unknown: 0, done: 3 });
      expect(world.org.executions).to.have.length(1);
    });

    it('of several journals with the same number, the one with the most advanced status counts, in any order', async () => {
      await using world = new World(purchases(2, ['A1', 'B2']));
      for (const status of ['Error', 'Processed']) world.org.hold({ number: 'till:1', member: 'A1', status });
      for (const status of ['Processed', 'Error']) world.org.hold({ number: 'till:2', member: 'B2', status });
      const { counts } = await world.start();
      expect(counts.items).to.include({ done: 2, refused: 0 });
      expect(world.org.executions).to.have.length(0);
    });
  });
});

/** Loses the answer to the first request, of which `share` is stored. */
function loseOnce(world: World, answer: 'timeout' | 'reset', share: 'run' | 'nothing'): void {
  const { org } = world;
  org.fate = (execution) => {
    const honest = org.honest(execution);
    if (org.executions.length > 1) return honest;
    return { ...honest, answersAt: answer === 'timeout' ? 2 * minutes : 300, answer, share: () => share };
  };
}
