import { expect } from 'chai';
import { exitCode, OutboxBusyError, StoppedError } from '../../src/sync/index.js';
import type { SyncProgress, SyncReport } from '../../src/sync/index.js';
import { failureOf } from '../client/loopback.js';
import type { Transaction } from '../../src/transaction.js';
import { arrayFeed, purchases } from './org/arrayFeed.js';
import { Life } from './org/life.js';
import { diesWhen, ended, Machines } from './org/machines.js';

const minutes = 60_000;
const settle = 12 * minutes;
const members = ['A1', 'B2', 'C3', 'D4', 'E5', 'F6'];

function codes({ notes }: SyncReport): string[] {
  return notes.map(({ code }) => code);
}

/** Returns the same purchases from another source. */
function ofSource(name: string, rows: readonly Transaction[]): Transaction[] {
  return rows.map((row) => ({ ...row, key: row.key.replace(/^till:/, `${name}:`) }));
}

/** Runs until nothing is left to do, as a supervisor would. */
async function untilDone(machines: Machines, machine: string, options: object = {}): Promise<SyncReport> {
  for (let tries = 0; tries < 10; tries++) {
    const report = await machines.run(machine, { settle, ...options });
    if (report !== 'died' && report.ending === 'complete') return report;
  }
  throw new Error('It never came to its end.');
}

describe('an outbox that is out of date', () => {
  it('three callers on one outbox: one continues, the others are refused with its name, and nothing doubles', async () => {
    await using machines = await Machines.with(purchases(40, members));
    const workers = await Promise.allSettled(['a', 'a', 'a'].map((machine) => machines.run(machine, { settle })));
    const refused = workers.flatMap((each) => (each.status === 'rejected' ? [each.reason as unknown] : []));
    expect(refused).to.have.lengthOf(2);
    for (const error of refused) expect(error).to.be.instanceOf(OutboxBusyError);
    expect({ doubled: machines.doubled, missing: machines.missing }).to.deep.equal({ doubled: [], missing: [] });
  });

  describe('level 0, only queries', () => {
    it('a run names its level and its assumptions', async () => {
      await using machines = await Machines.with(purchases(2, members));
      expect(codes(ended(await machines.run('a'))).filter((code) => code.startsWith('level-'))).to.deep.equal([
        'level-0',
      ]);
    });

    it('a restored older outbox doubles nothing, and the report says that it was older', async () => {
      await using machines = await Machines.with(purchases(40, members));
      const life = diesWhen(() => machines.org.effects.length >= 10);
      expect(await machines.run('a', { settle }, life)).to.equal('died');
      const copy = machines.backUp('a');
      await untilDone(machines, 'a');
      machines.putBack(copy, 'a');
      const report = await untilDone(machines, 'a');
      expect(codes(report)).to.include('outbox-not-newest');
      expect({ doubled: machines.doubled, missing: machines.missing }).to.deep.equal({ doubled: [], missing: [] });
    });

    it('a backup of a finished run, restored after another day, doubles nothing of that day', async () => {
      await using machines = await Machines.with(purchases(10, members));
      await untilDone(machines, 'a');
      const copy = machines.backUp('a');
      machines.rows = purchases(20, members);
      await machines.start('a', { settle });
      machines.putBack(copy, 'a');
      const report = ended(await machines.start('a', { settle }));
      expect(report.ending).to.equal('complete');
      expect({ doubled: machines.doubled, missing: machines.missing }).to.deep.equal({ doubled: [], missing: [] });
    });

    it('an empty disk within the settle window of a source that the org knows doubles nothing', async () => {
      await using machines = await Machines.with(purchases(12, members));
      await machines.run('a', { settle, limit: 4 });
      const { org } = machines;
      org.fate = (execution) => ({
        storesAt: 8 * minutes,
        answersAt: 9 * minutes,
        answer: 'timeout',
        ...(execution.at < 0 && {}),
      });
      const requests = org.executions.length;
      const life = diesWhen(() => org.executions.length > requests);
      await machines.run('a', { settle }, life);
      org.fate = (execution) => org.honest(execution);
      machines.loseDisk('a');
      const report = await untilDone(machines, 'a');
      expect(report.counts.items.found).to.be.greaterThan(0);
      expect({ doubled: machines.doubled, missing: machines.missing }).to.deep.equal({ doubled: [], missing: [] });
    });

    it('an empty disk within the window of a source that the org has never seen breaks the assumption, and every doubled key is named', async () => {
      await using machines = await Machines.with(purchases(4, members));
      const { org } = machines;
      org.fate = () => ({ storesAt: 5 * minutes, answersAt: 9 * minutes, answer: 'timeout' });
      const life = diesWhen(() => org.executions.length > 0);
      await machines.run('a', { settle }, life);
      org.fate = (execution) => org.honest(execution);
      machines.loseDisk('a');
      await machines.run('a', { settle });
      await machines.clock.sleep(20 * minutes);
      const report = ended(await machines.start('a', { settle }));
      expect(machines.doubled).to.not.deep.equal([]);
      expect(report.counts.items.doubled + report.counts.items.carriedOver).to.be.greaterThan(0);
      expect(exitCode(report)).to.be.oneOf([68, 69]);
    });

    it('sources that differ only in case are not rivals, in one outbox or in two', async () => {
      await using machines = await Machines.with(purchases(90, members));
      await machines.start('b', {
        settle,
        source: 'Till',
        feeds: [arrayFeed(ofSource('Till', purchases(60, members)))],
      });
      const lower = ended(await machines.start('a', { settle, batchSize: 2 }));
      const upper = {
        settle,
        batchSize: 2,
        source: 'TILL',
        feeds: [arrayFeed(ofSource('TILL', purchases(90, members)))],
      };
      const reports = [lower, ended(await machines.start('a', upper)), ended(await machines.start('a', { settle }))];
      expect(reports.map(({ ending, stopped }) => stopped?.code ?? ending)).to.deep.equal(Array(3).fill('complete'));
      expect(reports.flatMap(codes)).to.not.include('outbox-not-newest');
      expect({ doubled: machines.doubled, missing: machines.missing }).to.deep.equal({ doubled: [], missing: [] });
    });

    it('two new outboxes at the same time double at most the requests before the next check, and every doubled key is named', async () => {
      await using machines = await Machines.with(purchases(400, members));
      const reports = await Promise.all([machines.run('a', { settle }), machines.run('b', { settle })]);
      // Twenty requests of two before the first question, and those in progress when it was asked.
      expect(machines.doubled.length).to.be.lessThan(2 * 2 * 24);
      const stops = reports.map((report) => ended(report).stopped?.code);
      expect(stops).to.include.oneOf(['ANOTHER_WRITER', 'CONTROL_FAILED']);
      const named = new Set(
        reports
          .flatMap((report) => ended(report).records.filter(({ status }) => status === 'doubled'))
          .map(({ key }) => key),
      );
      expect(machines.doubled.filter((key) => !named.has(key))).to.deep.equal([]);
      for (const report of reports) expect(exitCode(ended(report))).to.be.oneOf([68, 69]);
    });

    for (const [what, hours] of Object.entries({ forward: 2, back: -2 })) {
      it(`a clock that is set ${what} before a resume doubles nothing and causes no wait longer than a window`, async () => {
        await using machines = await Machines.with(purchases(12, members));
        const { org } = machines;
        org.fate = (execution) => ({ ...org.honest(execution), storesAt: 5 * minutes, answersAt: 9 * minutes });
        const life = diesWhen(() => org.executions.length > 0);
        await machines.run('a', { settle }, life);
        org.fate = (execution) => org.honest(execution);
        machines.clock.shift(hours * 60 * minutes);
        const before = machines.clock.monotonic();
        await untilDone(machines, 'a');
        expect(machines.clock.monotonic() - before).to.be.lessThan(settle + 5 * minutes);
        expect({ doubled: machines.doubled, missing: machines.missing }).to.deep.equal({ doubled: [], missing: [] });
      });
    }

    const modes = { auto: settle, lookup: 0, wait: settle } as const;
    for (const [mode, least] of Object.entries(modes) as [keyof typeof modes, number][]) {
      it(`an empty outbox of a source that the org knows, ${mode}: what the org does not show is sent after ${least / minutes} minutes`, async () => {
        await using machines = await Machines.with(purchases(6, members));
        await machines.run('a', { limit: 3 });
        const before = machines.clock.monotonic();
        const sent = machines.org.executions.length;
        expect(ended(await machines.run('b', { settle, emptyOutbox: mode })).ending).to.equal('complete');
        expect(
          machines.org.executions[sent]!.at - machines.clock.now() + machines.clock.monotonic() - before,
        ).to.be.at.least(least);
        expect(machines.clock.monotonic() - before).to.be.lessThan(least + 2 * minutes);
        expect({ doubled: machines.doubled, missing: machines.missing }).to.deep.equal({ doubled: [], missing: [] });
      });
    }
  });

  describe('level 1, a marker in the org', () => {
    const marked = { hasMarkers: true };

    it('a run names its level and its assumptions', async () => {
      await using machines = await Machines.with(purchases(2, members), marked);
      expect(codes(ended(await machines.run('a'))).filter((code) => code.startsWith('level-'))).to.deep.equal([
        'level-1',
      ]);
    });

    it('a second process ends before it sends anything, and names who holds the source', async () => {
      await using machines = await Machines.with(purchases(60, members), marked);
      const first = machines.run('a', { settle });
      await machines.clock.sleep(2000);
      const error = await failureOf(machines.run('b', { settle }));
      expect(error).to.be.instanceOf(StoppedError);
      expect((error as StoppedError).reason.code).to.equal('SOURCE_HELD');
      expect((error as StoppedError).message).to.include(`process ${process.pid}`);
      expect(ended(await first).ending).to.equal('complete');
      expect({ doubled: machines.doubled, missing: machines.missing }).to.deep.equal({ doubled: [], missing: [] });
    });

    it('two processes that start in the same second: one of them sends', async () => {
      await using machines = await Machines.with(purchases(30, members), marked);
      const reports = await Promise.allSettled([machines.run('a', { settle }), machines.run('b', { settle })]);
      expect(reports.map(({ status }) => status).toSorted()).to.deep.equal(['fulfilled', 'rejected']);
      expect({ doubled: machines.doubled, missing: machines.missing }).to.deep.equal({ doubled: [], missing: [] });
    });

    it('a process that is taken over stops at its next check, and nothing doubles', async () => {
      await using machines = await Machines.with(purchases(200, members), marked);
      const first = machines.run('a', { settle, batchSize: 1, concurrency: 1 });
      await machines.clock.sleep(5000);
      const second = ended(await machines.run('b', { settle, takeOver: true }));
      expect(second.ending).to.equal('complete');
      expect(ended(await first).stopped?.code).to.equal('SOURCE_HELD');
      expect({ doubled: machines.doubled, missing: machines.missing }).to.deep.equal({ doubled: [], missing: [] });
    });

    it('after a clean end there is no wait, not even the next day', async () => {
      await using machines = await Machines.with(purchases(10, members), marked);
      await machines.run('a', { settle });
      await machines.clock.sleep(24 * 60 * minutes);
      machines.rows = purchases(20, members);
      const before = machines.clock.monotonic();
      expect(ended(await machines.start('a', { settle })).ending).to.equal('complete');
      expect(machines.clock.monotonic() - before).to.be.lessThan(2 * minutes);
      expect({ doubled: machines.doubled, missing: machines.missing }).to.deep.equal({ doubled: [], missing: [] });
    });

    it('an empty outbox after a clean end of another machine looks everything up, and does not wait', async () => {
      await using machines = await Machines.with(purchases(10, members), marked);
      await machines.run('a', { settle });
      machines.rows = purchases(14, members);
      const before = machines.clock.monotonic();
      const report = ended(await machines.run('b', { settle }));
      expect(report.counts.items).to.include({ found: 10, sentNow: 4 });
      expect(machines.clock.monotonic() - before).to.be.lessThan(2 * minutes);
    });

    it('after a crash nothing that is not in the org is sent before the life of a heartbeat and a window have passed', async () => {
      await using machines = await Machines.with(purchases(20, members), marked);
      const life = diesWhen(() => machines.org.effects.length >= 4);
      await machines.run('a', { settle }, life);
      const before = machines.clock.monotonic();
      const sent = machines.org.executions.length;
      await untilDone(machines, 'a');
      const first = machines.org.executions[sent]!;
      expect(first.at - machines.clock.now() + machines.clock.monotonic() - before).to.be.at.least(settle + 60_000);
      expect({ doubled: machines.doubled, missing: machines.missing }).to.deep.equal({ doubled: [], missing: [] });
    });

    it('after a crash a process says from the beginning until when everything waits, and because of whom', async () => {
      await using machines = await Machines.with(purchases(40, members), marked);
      const life = diesWhen(() => machines.org.effects.length >= 10);
      expect(await machines.run('a', { settle }, life)).to.equal('died');
      const begun = machines.clock.now();
      const waits: SyncProgress[] = [];
      const onProgress = (told: SyncProgress): void => {
        if (told.phase === 'waiting') waits.push({ ...told });
      };
      await machines.run('a', { settle, onProgress });
      expect(new Set(waits.map(({ waitingFor }) => waitingFor))).to.deep.equal(new Set(['earlierProcess']));
      const until = [...new Set(waits.map(({ waitingUntil = 0 }) => Math.round((waitingUntil - begun) / 1000)))];
      expect(until).to.have.lengthOf(1);
      expect(until[0]! * 1000).to.be.within(settle + minutes, settle + 2 * minutes);
    });

    it('an older outbox restored after a clean end doubles nothing, and the report says that it was older', async () => {
      await using machines = await Machines.with(purchases(20, members), marked);
      await machines.run('a', { settle, limit: 8 });
      const copy = machines.backUp('a');
      await machines.run('a', { settle });
      await machines.clock.sleep(60 * minutes);
      machines.putBack(copy, 'a');
      expect(codes(ended(await machines.run('a', { settle })))).to.deep.equal(['level-1', 'outbox-not-newest']);
      await untilDone(machines, 'a');
      expect({ doubled: machines.doubled, missing: machines.missing }).to.deep.equal({ doubled: [], missing: [] });
    });

    it('a marker that somebody deletes ends the run, by name', async () => {
      await using machines = await Machines.with(purchases(400, members), marked);
      machines.clock.after(10_000, () => (machines.org.markers!.records = []));
      const report = ended(await machines.run('a', { settle, batchSize: 1, concurrency: 1 }));
      expect(report.stopped?.code).to.be.oneOf(['MARKER_GONE', 'ENTITY_IS_DELETED']);
      expect(exitCode(report)).to.equal(69);
    });

    it('if the outbox knows the source and there is no record, the end was not clean', async () => {
      await using machines = await Machines.with(purchases(6, members), marked);
      await machines.run('a', { settle });
      machines.org.markers!.records = [];
      machines.rows = purchases(8, members);
      const before = machines.clock.monotonic();
      await machines.start('a', { settle });
      expect(machines.clock.monotonic() - before).to.be.at.least(settle);
      expect({ doubled: machines.doubled, missing: machines.missing }).to.deep.equal({ doubled: [], missing: [] });
    });

    it('a lost answer to its own insert is not taken for a rival', async () => {
      await using machines = await Machines.with(purchases(6, members), marked);
      const markers = machines.org.markers!;
      const answer = markers.answer.bind(markers);
      let lost = 0;
      markers.answer = (call) => {
        const said = answer(call);
        if (call.method === 'POST' && call.path.includes('Loyalty_Sync_Source__c') && lost++ === 0) {
          return { statusCode: 502, headers: {}, body: '<p>Bad gateway</p>' };
        }
        return said;
      };
      expect(ended(await machines.run('a', { settle })).ending).to.equal('complete');
      expect(markers.records.length).to.equal(1);
    });

    it('newer records of a source that differs in case do not hide those of this one', async () => {
      await using machines = await Machines.with(purchases(400, members), marked);
      const markers = machines.org.markers!;
      await machines.run('a', { settle, limit: 1 });
      const [own] = markers.records;
      for (let epoch = 2; epoch < 27; epoch++)
        markers.records.push({
          ...own!,
          Id: `a01${String(epoch).padStart(15, '0')}`,
          Source__c: 'Till',
          Epoch__c: epoch,
        });
      const before = machines.clock.monotonic();
      const report = ended(await machines.run('a', { settle, batchSize: 1, concurrency: 1 }));
      expect(report.ending).to.equal('complete');
      expect(machines.clock.monotonic() - before).to.be.lessThan(settle);
    });

    it('a heartbeat that is answered late counts as any other', async () => {
      await using machines = await Machines.with(purchases(30, members), marked);
      machines.org.queriesTake = minutes / 2 + 1000;
      const report = ended(await machines.run('a', { settle, batchSize: 1, concurrency: 1 }));
      expect(report.ending).to.equal('complete');
      expect(machines.missing).to.deep.equal([]);
    });

    it('when every heartbeat is answered too late, nothing is sent, and the run ends', async () => {
      await using machines = await Machines.with(purchases(30, members), marked);
      machines.org.queriesTake = minutes + 1000;
      const report = ended(await machines.run('a', { settle }));
      expect(report.ending).to.equal('unfinished');
      expect(report.records[0]?.error?.message).to.include('The latest heartbeat is 61 seconds old');
      expect(machines.org.executions).to.deep.equal([]);
    });

    it('a process that sleeps before its check stops without sending anything', async () => {
      await using machines = await Machines.with(purchases(30, members), marked);
      const sleeper = sleepsOnce(machines, 'before pack', 60 * minutes);
      const first = machines.run('a', { settle, batchSize: 1, concurrency: 1 }, sleeper);
      await machines.clock.sleep(30 * minutes);
      expect(ended(await machines.run('b', { settle })).ending).to.equal('complete');
      expect(ended(await first).stopped?.code).to.equal('SOURCE_HELD');
      expect({ doubled: machines.doubled, missing: machines.missing }).to.deep.equal({ doubled: [], missing: [] });
    });
  });

  describe('level 2, the org refuses copies', () => {
    const unique = { uniqueField: 'honored' } as const;
    const options = { settle, uniqueField: 'Unique__c' };

    it('a run names its level and its assumptions', async () => {
      await using machines = await Machines.with(purchases(2, members), unique);
      expect(codes(ended(await machines.run('a', options))).filter((code) => code.startsWith('level-'))).to.deep.equal([
        'level-2',
      ]);
    });

    it('two new outboxes at the same time double nothing, and both complete', async () => {
      await using machines = await Machines.with(purchases(60, members), unique);
      const reports = await Promise.all([machines.run('a', options), machines.run('b', options)]);
      for (const report of reports) expect(ended(report).ending).to.equal('complete');
      expect({ doubled: machines.doubled, missing: machines.missing }).to.deep.equal({ doubled: [], missing: [] });
    });

    it('two machines that read different feeds of one source both complete', async () => {
      const [some, others] = [purchases(20, members), purchases(60, members).slice(20)];
      await using machines = await Machines.with([...some, ...others], unique);
      const reports = await Promise.all([
        machines.run('a', { ...options, feeds: [arrayFeed(some)] }),
        machines.run('b', { ...options, feeds: [arrayFeed(others)] }),
      ]);
      for (const report of reports) expect(ended(report).ending).to.equal('complete');
      expect({ doubled: machines.doubled, missing: machines.missing }).to.deep.equal({ doubled: [], missing: [] });
    });

    it('an empty disk doubles nothing, and there is no wait', async () => {
      await using machines = await Machines.with(purchases(20, members), unique);
      await machines.run(
        'a',
        options,
        diesWhen(() => machines.org.effects.length >= 6),
      );
      machines.loseDisk('a');
      const before = machines.clock.monotonic();
      const report = ended(await machines.run('a', options));
      expect(report.ending).to.equal('complete');
      expect(machines.clock.monotonic() - before).to.be.lessThan(2 * minutes);
      expect({ doubled: machines.doubled, missing: machines.missing }).to.deep.equal({ doubled: [], missing: [] });
    });

    it('a refused copy that no look-up finds is parked, and never sent again', async () => {
      const few = members.slice(0, 4);
      await using machines = await Machines.with(purchases(4, few), unique);
      await machines.run('a', options);
      machines.rows = purchases(5, few);
      // Somebody has changed the number of the journal, but not its unique value.
      const { journals } = machines.org.tables;
      journals.push({ ...journals[0]!, id: '0lV000000000099AAA', number: 'else', unique: `0lp000000000001:till:5` });
      const report = ended(await machines.start('a', options));
      expect(report.counts.items.parked).to.equal(1);
      expect(report.records[0]).to.include({ key: 'till:5', status: 'parked' });
      expect(exitCode(report)).to.equal(68);
    });

    it('an engine that does not honor the field doubles, and every doubled key is named', async () => {
      await using machines = await Machines.with(purchases(40, members), { uniqueField: 'ignored' });
      const reports = await Promise.all([machines.run('a', options), machines.run('b', options)]);
      expect(machines.doubled).to.not.deep.equal([]);
      const named = new Set(
        reports
          .flatMap((report) => ended(report).records.filter(({ status }) => status === 'doubled'))
          .map(({ key }) => key),
      );
      expect(machines.doubled.filter((key) => !named.has(key))).to.deep.equal([]);
      for (const report of reports) expect(exitCode(ended(report))).to.not.equal(0);
    });
  });
});

/** A process that is suspended once, for this long, at a moment with this name. */
function sleepsOnce(machines: Machines, name: string, ms: number): Life {
  let left = 5;
  return new (class extends Life {
    override async moment(what: string): Promise<void> {
      if (what === name && --left === 0) await machines.clock.sleep(ms);
      await super.moment(what);
    }
  })();
}
