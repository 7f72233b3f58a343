import { expect } from 'chai';
import { seededRandom } from '../../../src/base/random.js';
import { LoyaltyApiError } from '../../../src/client/index.js';
import type { StopReason } from '../../../src/outbox/index.js';
import { BatchJobDriver } from '../../../src/sync/bulk/batchJobDriver.js';
import type { BatchJobContext } from '../../../src/sync/bulk/batchJobDriver.js';
import { IngestDriver } from '../../../src/sync/bulk/ingestDriver.js';
import type { IngestContext } from '../../../src/sync/bulk/ingestDriver.js';
import { BulkCsv } from '../../../src/sync/bulk/bulkCsv.js';
import { JobRows } from '../../../src/sync/bulk/jobRows.js';
import { Pace } from '../../../src/sync/pace.js';
import { VirtualClock } from '../../support/virtualClock.js';

const forbidden = new LoyaltyApiError({
  statusCode: 400,
  headers: {},
  body: JSON.stringify([{ errorCode: 'INVALID_TYPE', message: `sObject type 'BatchJob' is not supported.` }]),
});

/** The state of a delivery that lets everything leave. */
function freeState() {
  const stops: StopReason[] = [];
  return {
    ...{ clock: new VirtualClock(), stops, isOver: false, signal: undefined },
    mayLeave: async () => undefined,
    requested: () => undefined,
    movedOn: () => undefined,
    stop(reason: StopReason) {
      stops.push(reason);
      this.isOver = true;
    },
  };
}

describe('the jobs of the bulk route', () => {
  it('no batch job is started while the org does not say whether another one runs', async () => {
    const state = freeState();
    let started = 0;
    const batchJobs = {
      running: async () => Promise.reject(forbidden),
      start: async () => String((started += 1)),
    };
    const client = { batchJobs, journals: { notProcessed: async () => ['0lV1'] } };
    const patience = { clock: state.clock, random: seededRandom(1), wait: 1 };
    const context = { state, client, programId: '0lp1', definition: 'Nightly', patience };
    const driver = new BatchJobDriver(context as unknown as BatchJobContext);
    const ran = await driver.run({ count: 1, ids: async () => ['0lV1'] }, '2026-04-03T08:00:00.000Z');
    expect(started).to.equal(0);
    expect(ran.hasRun('0lV1')).to.equal(false);
    expect(state.stops.map(({ code }) => code)).to.deep.equal(['INVALID_TYPE']);
  });

  it('a batch job that the org said nothing of is waited for, before what it has left is run otherwise', async () => {
    const state = freeState();
    let started = 0;
    const batchJobs = {
      running: async () => [],
      start: async () => String((started += 1)),
      progress: async () => (started === 1 ? Promise.reject(forbidden) : { job: undefined, left: 0 }),
    };
    const client = { batchJobs, journals: { notProcessed: async () => ['0lV2'] } };
    const patience = { clock: state.clock, random: seededRandom(1), wait: 1 };
    const context = { state, client, programId: '0lp1', definition: 'Nightly', patience };
    const driver = new BatchJobDriver(context as unknown as BatchJobContext);
    const ran = await driver.run({ count: 2, ids: async () => ['0lV1', '0lV2'] }, '2026-04-03T08:00:00.000Z');
    expect(started).to.equal(2);
    expect(ran.hasRun('0lV2')).to.equal(true);
  });

  describe('that the org does not take for now, and asks to wait', () => {
    const later = new LoyaltyApiError({
      ...{ statusCode: 503, headers: { 'retry-after': '90' } },
      body: JSON.stringify([{ errorCode: 'SERVER_UNAVAILABLE', message: 'Later.' }]),
    });
    const refused = (): Promise<never> => Promise.reject(later);

    /** A state with a real pace. */
    function pacedState() {
      const state = freeState();
      const pace = new Pace({ concurrency: 8, batchSize: 200 }, state.clock, seededRandom(1));
      return { ...state, pace };
    }

    it('an ingest job: nothing is sent before that', async () => {
      const state = pacedState();
      const client = { ingest: { createInsert: refused } };
      const driver = new IngestDriver({ state, client } as unknown as IngestContext);
      using rows = new JobRows();
      await driver.begin(Uint32Array.of(0), { items: [7], csv: new BulkCsv(), rows });
      expect(state.pace.quietUntil - state.clock.monotonic()).to.be.at.least(90_000);
    });

    it('a batch job: it is not started again before that, and nothing is sent', async () => {
      const state = pacedState();
      const starts: number[] = [];
      const start = (): Promise<never> => {
        starts.push(state.clock.monotonic());
        return refused();
      };
      const batchJobs = { running: async () => [], start };
      const client = { batchJobs, journals: { notProcessed: async () => ['0lV1'] } };
      const patience = { clock: state.clock, random: seededRandom(1), wait: 15 * 60_000 };
      const context = { state, client, programId: '0lp1', definition: 'Nightly', patience };
      const driver = new BatchJobDriver(context as unknown as BatchJobContext);
      await driver.run({ count: 1, ids: async () => ['0lV1'] }, '2026-04-03T08:00:00.000Z');
      const pauses = starts.slice(1).map((at, index) => at - (starts[index] ?? NaN));
      expect(pauses).to.have.length(2);
      expect(Math.min(...pauses)).to.be.at.least(90_000);
      expect(state.pace.quietUntil).to.be.at.least((starts.at(-1) ?? NaN) + 90_000);
    });
  });

  const unclean = [
    { info: { state: 'JobComplete', numberRecordsProcessed: 1 }, result: 'stillOpen', ended: [], stops: 1 },
    { info: { state: 'Aborted', numberRecordsProcessed: 0 }, result: 'nothing', ended: ['750'], stops: 0 },
    { info: undefined, result: 'nothing', ended: ['750'], stops: 0 },
  ];
  for (const { info, result, ended, stops } of unclean) {
    it(`an ingest job without an upload that is ${info?.state ?? 'unknown to the org'}: ${result}`, async () => {
      const state = freeState();
      const ends: string[] = [];
      const gone = new LoyaltyApiError({
        ...{ statusCode: 404, headers: {} },
        body: JSON.stringify([{ errorCode: 'NOT_FOUND', message: 'The requested resource does not exist' }]),
      });
      const ingest = {
        createInsert: async () => ({ id: '750' }),
        upload: async () => Promise.reject(forbidden),
        change: async () => undefined,
        status: async () => info ?? Promise.reject(gone),
      };
      const jobs = { begin: async () => undefined, end: async (ids: string[]) => void ends.push(...ids) };
      const patience = { clock: state.clock, random: seededRandom(1), wait: 1 };
      const driver = new IngestDriver({ state, client: { ingest }, jobs, patience } as unknown as IngestContext);
      using rows = new JobRows();
      const csv = new BulkCsv();
      rows.add({ row: 0, number: 'till:1', line: csv.lineOf({ A: 1 }) });
      const begun = await driver.begin(Uint32Array.of(0), { items: [7], csv, rows });
      expect(begun === 'stillOpen' ? begun : Object.keys(begun)[0]).to.equal(result);
      expect(ends).to.deep.equal(ended);
      expect(state.stops).to.have.length(stops);
    });
  }

  describe('of which one has ended', () => {
    const header = 'sf__Id,sf__Error,ExternalTransactionNumber';
    const complete = { id: '750', state: 'JobComplete', createdDate: '2026-04-03T08:00:00.000Z' };
    const counts = { numberRecordsProcessed: 2, numberRecordsFailed: 1 };
    const locked = `${header}\n,UNABLE_TO_LOCK_ROW:busy:--,till:2\n`;

    /** A job with two rows, which has ended. */
    function endedJob(info: object, files: Readonly<Record<string, string>>) {
      const state = freeState();
      const read: string[] = [];
      const ingest = {
        status: async () => ({ ...complete, ...info }),
        results: async (_: string, file: string, openBody: () => (part: Uint8Array) => void) => {
          read.push(file);
          openBody()(Buffer.from(files[file] ?? ''));
        },
      };
      const patience = { clock: state.clock, random: seededRandom(1), wait: 1 };
      const driver = new IngestDriver({ state, client: { ingest }, patience } as unknown as IngestContext);
      const rows = new JobRows();
      for (const row of [0, 1]) rows.add({ row, number: `till:${row + 1}` });
      return { driver, rows, read, job: { id: '750', rows: Uint32Array.of(0, 1), at: 0 } };
    }

    it('the refused rows are known before the Ids of the journals are read', async () => {
      const successes = `${header}\n0lV1,,till:1\n`;
      const { driver, rows, read, job } = endedJob(counts, { failedResults: locked, successfulResults: successes });
      expect(await driver.finish(job, rows)).to.include({ hasUnreadIds: true });
      expect(read).to.deep.equal(['failedResults']);
      expect([...rows.open()]).to.deep.equal([1]);
      expect(rows.count('inserted')).to.equal(1);
      await driver.readIds(['750'], rows);
      expect([...rows.journals()]).to.deep.equal([{ row: 0, journalId: '0lV1' }]);
    });

    it('a row whose Id the org does not tell is unclear', async () => {
      const { driver, rows, job } = endedJob(counts, { failedResults: locked, successfulResults: `${header}\n` });
      await driver.finish(job, rows);
      await driver.readIds(['750'], rows);
      expect(rows.fatesFrom(0, 1).get(0)?.fate).to.equal('unclear');
    });

    for (const [what, info] of [
      ['counts other rows', { ...counts, numberRecordsProcessed: 3 }],
      ['counts other refusals', { ...counts, numberRecordsFailed: 2 }],
      ['counts no refusals', { numberRecordsProcessed: 2 }],
      ['has failed', { ...counts, state: 'Failed' }],
    ] as const) {
      it(`a row that is told as stored and as refused is stored, if the job ${what}`, async () => {
        const successes = `${header}\n0lV2,,till:2\n`;
        const { driver, rows, job } = endedJob(info, { failedResults: locked, successfulResults: successes });
        expect(await driver.finish(job, rows)).to.include({ hasUnreadIds: false });
        expect([...rows.journals()]).to.deep.equal([{ row: 1, journalId: '0lV2' }]);
        expect(rows.fatesFrom(0, 1).get(0)?.fate).to.equal('unclear');
      });
    }
  });

  const late = { code: 'UNKNOWN', message: 'The latest heartbeat is 61 seconds old.' };
  const other = { code: 'ANOTHER_WRITER', message: 'Another outbox sends.' };
  for (const [what, barred, stopped, told] of [
    ['left to the next process', undefined, undefined, []],
    ['left to the next process if nobody knows whether others send', late, undefined, []],
    ['ended if others send now', other, other, ['751', '752']],
  ] as const) {
    it(`jobs that nobody waits for any more are ${what}`, async () => {
      const state = { ...freeState(), mayLeave: async () => barred, stopped };
      const aborted: string[] = [];
      const ingest = { change: async (id: string, to: string) => aborted.push(...(to === 'Aborted' ? [id] : [])) };
      const driver = new IngestDriver({ state, client: { ingest } } as unknown as IngestContext);
      await driver.endIfBarred(['751', '752'].map((id) => ({ id, rows: Uint32Array.of(0), at: 0 })));
      expect(aborted).to.deep.equal(told);
    });
  }
});
