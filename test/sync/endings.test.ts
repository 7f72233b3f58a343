import { expect } from 'chai';
import { exitCode, resumeSync } from '../../src/sync/index.js';
import { purchases } from './org/arrayFeed.js';
import { failure, ok } from './org/answers.js';
import { fates, manyMembers } from './org/fates.js';
import { World } from './org/world.js';

const seconds = 1000;
const minutes = 60 * seconds;

/** A result that names no member. */
const nameless = { transactionJournalResult: [{}] };

describe('what ends a run early', () => {
  it('a feed that can no longer be read leaves the run unfinished, although nothing is left to deliver', async () => {
    await using world = new World(purchases(4, ['A1', 'B2']));
    await world.start({ limit: 2 });
    const run = await world.outbox.runs.find();
    const report = await resumeSync({ ...world.options({ feeds: [] }), run: run!.id, unreadable: ['-'] });
    expect(report.ending).to.equal('unfinished');
    expect(report.notes.map(({ code }) => code)).to.include('feed-unread');
    expect(exitCode(report)).to.equal(69);
  });

  describe('a reason to stop', () => {
    it('ends the run with the reason and what to do; everything else stays ready, and a resume completes it', async () => {
      await using world = new World(purchases(9, ['A1', 'B2', 'C3']));
      fates(world, undefined, { answer: failure(401, 'INVALID_SESSION_ID', 'Session expired or invalid') });
      const report = await world.start({ batchSize: 3, concurrency: 1 });
      expect(report.ending).to.equal('stopped');
      expect(report.stopped?.code).to.equal('INVALID_SESSION_ID');
      expect(report.stopped?.action).to.match(/log in/i);
      expect(exitCode(report)).to.equal(69);
      expect(report.counts.items).to.include({ done: 3, ready: 6, sent: 0, unknown: 0 });
      expect(world.org.executions).to.have.length(2);
      expect((await world.resume()).ending).to.equal('complete');
      expect(world.order('B2')).to.deep.equal(['till:2', 'till:5', 'till:8']);
    });

    it('names the first of several reasons', async () => {
      await using world = new World(purchases(3, ['A1', 'B2', 'C3']));
      fates(
        world,
        { share: () => 'run' },
        { answersAt: 400, answer: failure(401, 'INVALID_SESSION_ID') },
        { answersAt: 800, answer: failure(403, 'API_DISABLED_FOR_ORG') },
      );
      const report = await world.start({ batchSize: 1, concurrency: 2 });
      expect(world.org.executions).to.have.length(3);
      expect(report.stopped?.code).to.equal('INVALID_SESSION_ID');
    });

    it('journals that were stored before the org ran out of storage are not sent again', async () => {
      await using world = new World(purchases(4, manyMembers(4)));
      fates(world, {
        share: (number) => (number < 'till:3' ? 'run' : 'nothing'),
        answer: failure(400, 'STORAGE_LIMIT_EXCEEDED'),
      });
      const report = await world.start();
      expect(report.ending).to.equal('stopped');
      expect(report.counts.items).to.include({ done: 2, ready: 2 });
      await world.resume();
      expect(Object.values(world.effects())).to.deep.equal([1, 1, 1, 1]);
    });

    it('used-up daily calls end the run', async () => {
      await using world = new World(purchases(4, manyMembers(4)));
      fates(world, { answer: failure(403, 'REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.') });
      const report = await world.start();
      expect(report.stopped?.code).to.equal('REQUEST_LIMIT_EXCEEDED');
      expect(report.counts.items.ready).to.equal(4);
    });

    it('a look-up that the org refuses ends the run, because it would be refused every time', async () => {
      await using world = new World(purchases(1, ['A1']));
      fates(world, { answer: 'reset' });
      world.org.queryFate = (soql) =>
        soql.includes('ExternalTransactionNumber IN') ? failure(400, 'INVALID_FIELD', 'No such column') : undefined;
      const report = await world.start();
      expect(report.stopped).to.deep.equal({ code: 'INVALID_FIELD', message: 'No such column' });
      expect(report.counts.items.unknown).to.equal(1);
    });

    it('a reserve of the daily calls is left for others', async () => {
      await using world = new World(purchases(40, manyMembers(2)));
      world.org.usage = { used: 80, limit: 100 };
      const report = await world.start({ reserve: 10, concurrency: 1 });
      expect(report.stopped?.code).to.equal('RESERVE_REACHED');
      expect(exitCode(report)).to.equal(69);
      expect(world.org.usage.used).to.equal(90);
      expect(report.counts.items.sent + report.counts.items.unknown).to.equal(0);
    });

    it('a reserve that is reached before the first request keeps everything back', async () => {
      await using world = new World(purchases(4, manyMembers(2)));
      world.org.usage = { used: 95, limit: 100 };
      expect((await world.start({ reserve: 10 })).ending).to.equal('stopped');
      expect(world.org.executions).to.be.empty;
    });

    it('a reserve that is reached before a run keeps its feed from being read; a resume reads it', async () => {
      await using world = new World(purchases(2, ['A1', 'B2']));
      world.org.usage = { used: 0, limit: 100 };
      await world.start();
      world.org.usage.used = 95;
      world.rows = purchases(4, ['A1', 'B2']);
      const requests = world.org.executions.length;
      const report = await world.start({ reserve: 10 });
      expect([report.ending, report.counts.rows.read]).to.deep.equal(['stopped', 0]);
      expect(report.notes.map(({ code }) => code)).to.include('rest-unread');
      expect(world.org.executions).to.have.length(requests);
      expect((await world.resume()).counts.items.done).to.equal(2);
    });

    it('a reserve is not spent on journal Ids, nor on the questions at the end, which the next run asks', async () => {
      await using world = new World(purchases(1, ['A1']));
      world.org.usage = { used: 0, limit: 100 };
      world.org.fate = (execution) => {
        world.org.usage!.used = 89;
        return { ...world.org.honest(execution), answer: ok({ status: true, processResult: nameless }) };
      };
      const report = await world.start({ reserve: 10 });
      expect([report.ending, report.stopped?.code]).to.deep.equal(['stopped', 'RESERVE_REACHED']);
      expect([exitCode(report), report.counts.items.done]).to.deep.equal([69, 1]);
      // Only the positive control.
      expect(world.org.queries.filter((soql) => soql.includes('ExternalTransactionNumber IN'))).to.have.length(1);
      world.org.usage = undefined;
      expect((await world.resume()).ending).to.equal('complete');
      expect(world.org.executions).to.have.length(1);
    });

    it('a reserve that the last request reaches does not make a complete run unfinished', async () => {
      await using world = new World(purchases(1, ['A1']));
      world.org.usage = { used: 0, limit: 100 };
      await world.start();
      const needed = world.org.usage.used;
      await using other = new World(purchases(1, ['A1']));
      other.org.usage = { used: 90 - needed, limit: 100 };
      const report = await other.start({ reserve: 10 });
      expect(report.ending).to.equal('complete');
      expect(report).to.not.have.property('stopped');
    });
  });

  describe('the questions at the end', () => {
    /** Once everything is done, leaves all questions unanswered for this many milliseconds. */
    function silent(world: World, milliseconds: number): void {
      let silentUntil: number | undefined;
      world.org.fate = (execution) => {
        world.clock.after(400, () => (silentUntil = world.clock.now() + milliseconds));
        return world.org.honest(execution);
      };
      world.org.queryFate = () =>
        silentUntil !== undefined && world.clock.now() < silentUntil ? failure(502, null) : undefined;
    }

    it('are asked again if the org does not answer at once', async () => {
      await using world = new World(purchases(2, ['A1', 'B2']));
      silent(world, 3 * minutes);
      expect((await world.start()).ending).to.equal('complete');
    });

    it('without an answer leave the run unfinished, and a resume asks them again', async () => {
      await using world = new World(purchases(2, ['A1', 'B2']));
      silent(world, 60 * minutes);
      const report = await world.start();
      expect(report.counts.items.done).to.equal(2);
      expect([report.stopped?.code, exitCode(report)]).to.deep.equal(['END_NOT_PROVED', 69]);
      world.org.queryFate = () => undefined;
      expect((await world.resume()).ending).to.equal('complete');
    });
  });

  describe('an interruption', () => {
    it('drains: nothing new is sent, requests in progress are settled, and a resume completes the run', async () => {
      await using world = new World(purchases(60, manyMembers(6)));
      const abort = new AbortController();
      let abortedAt = Infinity;
      world.org.fate = (execution) => {
        if (world.org.executions.length === 5) {
          world.clock.after(100, () => {
            abortedAt = world.clock.now();
            abort.abort();
          });
        }
        return world.org.honest(execution, 2000);
      };
      const report = await world.start({ batchSize: 2, concurrency: 3, signal: abort.signal });
      expect(report.ending).to.equal('interrupted');
      expect(exitCode(report)).to.equal(130);
      const { sent, unknown, done } = report.counts.items;
      expect({ sent, unknown }).to.deep.equal({ sent: 0, unknown: 0 });
      expect(done).to.equal(2 * world.org.executions.length);
      expect(world.org.executions.every(({ at }) => at <= abortedAt)).to.equal(true);
      expect((await world.resume()).ending).to.equal('complete');
      expect(Object.values(world.effects())).to.deep.equal(Array.from({ length: 60 }, () => 1));
    });

    it('while the feed is read: rows already read are kept, and a resume reads the rest', async () => {
      await using world = new World(purchases(200, manyMembers(6)));
      const abort = new AbortController();
      const report = await world.start({ signal: abort.signal, onProgress: () => abort.abort() });
      expect(report.ending).to.equal('interrupted');
      expect(report.counts.rows.read).to.equal(50);
      expect(world.org.executions).to.be.empty;
      expect((await world.resume()).counts.rows.read).to.equal(200);
      expect(Object.keys(world.effects())).to.have.length(200);
    });

    it('while it waits: the wait ends at once', async () => {
      await using world = new World(purchases(1, ['A1']));
      fates(world, { answer: 'reset' });
      const abort = new AbortController();
      world.clock.after(30 * seconds, () => abort.abort());
      const startedAt = world.clock.now();
      const report = await world.start({ signal: abort.signal });
      expect(report.ending).to.equal('interrupted');
      expect(world.clock.now() - startedAt).to.be.below(1 * minutes);
    });

    it('while a refused batch is halved: the rest of it stays ready', async () => {
      await using world = new World(purchases(64, manyMembers(64)));
      world.org.refused.add('till:2');
      const abort = new AbortController();
      world.org.fate = (execution) => {
        if (world.org.executions.length === 3) abort.abort();
        return world.org.honest(execution);
      };
      const report = await world.start({ signal: abort.signal });
      expect(world.org.executions).to.have.length(3);
      expect(report.counts.items).to.include({ sent: 0, unknown: 0, refused: 0 });
      expect((await world.resume()).counts.items).to.include({ done: 63, refused: 1 });
    });
  });
});
