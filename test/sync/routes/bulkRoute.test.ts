import { expect } from 'chai';
import { LostAnswerError } from '../../../src/client/index.js';
import { exitCode } from '../../../src/sync/index.js';
import type { StartOptions, SyncOutcome } from '../../../src/sync/index.js';
import type { EmulatorOptions, FaultRuleInput } from '../../../src/emulator/index.js';
import type { Transaction } from '../../../src/transaction.js';
import { Life } from '../org/life.js';
import { LocalWorld, sale, sales } from './localWorld.js';

const members = ['A1', 'B2', 'C3', 'D4', 'E5'];
const bulk: Partial<StartOptions> = { route: 'bulk' };

/** An org whose process runs in batch jobs, too. */
async function open(rows: readonly Transaction[], options: EmulatorOptions = {}): Promise<LocalWorld> {
  const { faults, ...others } = options;
  const world = await LocalWorld.open(rows, others);
  world.runInBatches();
  if (faults) world.org.emulator.faults.replace(faults);
  return world;
}

/** Kills a run at each nineteenth of its moments, and goes on with it. */
async function survivesKills(rows: readonly Transaction[], options: Partial<StartOptions>): Promise<void> {
  const whole = new Life();
  {
    await using world = await open(rows);
    await world.start(options, whole);
  }
  for (let last = 1; last <= whole.moments; last += 19) {
    await using world = await open(rows);
    const life = new Life((_, count) => count === last);
    await Promise.race([world.start(options, life), life.death]);
    const { counts, stopped } = await world.goOn(options);
    expect(counts.items.done, `killed at ${last}: ${JSON.stringify(stopped)}`).to.equal(rows.length);
    await world.expectExactlyOnce();
  }
}

describe('the bulk route', () => {
  it('inserts everything by one job, with the rows of each member together, and runs it by one batch job', async () => {
    await using world = await open(sales(23, members));
    const report = await world.start(bulk);
    expect(report.counts.items).to.include({ done: 23, sentNow: 23 });
    expect(exitCode(report)).to.equal(0);
    await world.expectExactlyOnce();
    const { emulator } = world.org;
    const requests = emulator.requests.toObject();
    expect(requests['POST /services/data/:version/jobs/ingest']).to.equal(1);
    expect(requests['PUT /services/data/:version/jobs/ingest/:id/batches']).to.equal(1);
    expect(requests['POST /services/data/:version/actions/custom/batchJobAction/:definition']).to.equal(1);
    const stored = emulator.store.find('TransactionJournal', {}).map((row) => String(row['MemberId']));
    const changes = stored.filter((member, index) => member !== stored[index - 1]).length;
    expect(changes, 'members in the order of the rows').to.equal(members.length);
  });

  it('looks each member up once, in as few calls as possible, and asks for no file that is empty', async () => {
    const many = Array.from({ length: 600 }, (_, index) => `A member with a long number ${index}`);
    await using world = await open(sales(600, many));
    expect((await world.start(bulk)).counts.items.done).to.equal(600);
    const requests = world.org.emulator.requests.toObject();
    // One for the members, and at least one for the batch job.
    const composite = requests['POST /services/data/:version/composite'] ?? 0;
    const files = Object.keys(requests).filter((name) => name.includes('/jobs/ingest/:id/'));
    expect(files).to.deep.equal([
      'PUT /services/data/:version/jobs/ingest/:id/batches',
      'GET /services/data/:version/jobs/ingest/:id/successfulResults',
    ]);
    const all = Object.values(requests).reduce((sum, times) => sum + times, 0);
    const polls = composite - 1 + (requests['GET /services/data/:version/jobs/ingest/:id'] ?? 0);
    expect(all - polls, JSON.stringify(requests)).to.be.at.most(22);
  });

  it('sends what an upload has no room for by another job, before anything is run', async () => {
    await using world = await open(sales(30, members));
    expect((await world.start({ ...bulk, mostUpload: 2000 })).counts.items.done).to.equal(30);
    await world.expectExactlyOnce();
    const requests = world.org.emulator.requests.toObject();
    expect(requests['POST /services/data/:version/jobs/ingest']).to.be.greaterThan(1);
    expect(requests['POST /services/data/:version/actions/custom/batchJobAction/:definition']).to.equal(1);
  });

  it('a row that the org refuses takes no other with it', async () => {
    const rows = sales(10, members);
    const bad = sale(11, 'F6', { TransactionLocation: 'x'.repeat(300) });
    await using world = await open([...rows, bad, sale(12, 'F6')]);
    const { counts, records } = await world.start(bulk);
    expect(counts.items).to.include({ done: 11, refused: 1 });
    expect(records[0]).to.deep.include({ key: 'till:11', status: 'refused' });
    expect(records[0]?.error?.code).to.equal('STRING_TOO_LONG');
    await world.expectExactlyOnce([...rows, sale(12, 'F6')]);
  });

  it('a refused row stays refused when no second job can be made for the others', async () => {
    const rows = sales(200, members);
    const bad = sale(201, 'F6', { TransactionLocation: 'x'.repeat(300) });
    // The org writes 200 rows in a transaction: all of the first one fail for now, and the last row for good.
    const rules: FaultRuleInput[] = [
      { fault: 'jobRows', match: ofIngest, count: 1 },
      { ...{ fault: 'error', match: at('POST', '/jobs/ingest'), skip: 1, count: 1 }, ...{ status: 503 } },
    ];
    await using world = await open([...rows, bad], { faults: { rules } });
    const { counts } = await world.start(bulk);
    expect(counts.items).to.include({ done: 200, refused: 1 });
    await world.expectExactlyOnce(rows);
  });

  it('refuses a text that Bulk API 2.0 would store as no value', async () => {
    const bad = sale(11, 'F6', { TransactionLocation: '#N/A' });
    await using world = await open([...sales(3, members), bad]);
    const { records } = await world.start(bulk);
    expect(records[0]?.error?.code).to.equal('NULL_MARKER');
    await world.expectExactlyOnce(sales(3, members));
  });

  it('refuses an org whose processes no batch job runs, before anything is read', async () => {
    await using world = await LocalWorld.open(sales(2, members));
    const failure = await world.start(bulk).catch((error: unknown) => error);
    expect(failure).to.have.property('name', 'RouteSetupError');
    expect(String(failure)).to.contain('No active process of the program Harbour Rewards runs journals both');
    await using other = await open(sales(2, members));
    const unknown = await other.start({ ...bulk, batchJob: 'Nightly' }).catch((error: unknown) => error);
    expect(String(unknown)).to.contain('no active batch job definition Nightly');
  });

  const at = (method: 'GET' | 'PATCH' | 'POST' | 'PUT', path: string) => ({ method, path });
  const calls = [
    at('POST', '/jobs/ingest'),
    at('PUT', '/jobs/ingest/:id/batches'),
    at('PATCH', '/jobs/ingest/:id'),
    at('GET', '/jobs/ingest/:id'),
    at('GET', '/jobs/ingest/:id/successfulResults'),
    at('POST', '/actions/custom/batchJobAction/*'),
  ];
  const kinds: readonly ((match: (typeof calls)[number]) => FaultRuleInput)[] = [
    (match) => ({ fault: 'silence', match, count: 1 }),
    (match) => ({ fault: 'reset', match, count: 1 }),
    (match) => ({ fault: 'error', match, count: 2, status: 503, errorCode: 'SERVER_UNAVAILABLE' }),
  ];
  for (const match of calls) {
    for (const kind of kinds) {
      const rule = kind(match);
      it(`${rule.fault} of ${match.method} ${match.path} doubles nothing, loses nothing and keeps the order`, async () => {
        await using world = await open(sales(12, members), { faults: { rules: [rule] } });
        const report = await world.start(bulk);
        expect(report.counts.items.done, JSON.stringify(report.stopped)).to.equal(12);
        await world.expectExactlyOnce();
      });
    }
  }

  describe('in two portions', () => {
    /** Members with three rows each fill internal batches of three. */
    const divided: Partial<StartOptions> = { ...bulk, internalBatch: 3 };
    const fitting = ['A1', 'B2', 'C3', 'D4'];
    const jobs = (world: LocalWorld): number | undefined =>
      world.org.emulator.requests.toObject()['POST /services/data/:version/jobs/ingest'];

    it('inserts each by a job, and runs both by one batch job', async () => {
      await using world = await open(sales(12, fitting));
      expect((await world.start(divided)).counts.items.done).to.equal(12);
      await world.expectExactlyOnce();
      expect(jobs(world)).to.equal(2);
      expect(
        world.org.emulator.requests.toObject()[
          'POST /services/data/:version/actions/custom/batchJobAction/:definition'
        ],
      ).to.equal(1);
    });

    for (const match of calls.slice(0, -1)) {
      for (const kind of kinds) {
        const rule = { ...kind(match), skip: 1 };
        it(`${rule.fault} of the second ${match.method} ${match.path} doubles nothing, loses nothing and keeps the order`, async () => {
          await using world = await open(sales(12, fitting), { faults: { rules: [rule] } });
          const report = await world.start(divided);
          expect(report.counts.items.done, JSON.stringify(report.stopped)).to.equal(12);
          await world.expectExactlyOnce();
        });
      }
    }

    const marked = { TransactionLocation: '#N/A' };
    for (const place of [0, 5, 11]) {
      it(`a row that cannot be written takes no other with it (row ${place})`, async () => {
        const rows = sales(12, fitting);
        const bad = rows.map((row, index) => (index % 12 === place ? sale(index + 1, row.member, marked) : row));
        await using world = await open(bad);
        const { counts, records } = await world.start(divided);
        expect(counts.items).to.include({ done: 11, refused: 1 });
        expect(records[0]?.error?.code).to.equal('NULL_MARKER');
        await world.expectExactlyOnce(bad.filter((_, index) => index !== place));
      });
    }

    it('has no job for a portion of which nothing can be written', async () => {
      const bad = sales(6, ['A1', 'B2']).map((row) => ({ ...row, journal: { ...row.journal, Comment: '#N/A' } }));
      const good = Array.from({ length: 6 }, (_, index) => sale(20 + index, index < 3 ? 'C3' : 'D4'));
      await using world = await open([...bad, ...good]);
      const { counts } = await world.start(divided);
      expect(counts.items).to.include({ done: 6, refused: 6 });
      await world.expectExactlyOnce(good);
      expect(jobs(world)).to.equal(1);
    });

    it('what a run that ends meanwhile has not sent is ready again', async () => {
      const rule: FaultRuleInput = {
        ...{ fault: 'error', match: at('POST', '/jobs/ingest'), skip: 1, count: 1 },
        ...{ status: 400, errorCode: 'EXCEEDEDQUOTA', message: 'ExceededQuota : daily limit' },
      };
      await using world = await open(sales(12, fitting), { faults: { rules: [rule] } });
      const { stopped, counts } = await world.start(divided);
      expect(stopped?.code).to.equal('EXCEEDEDQUOTA');
      expect(counts.items).to.include({ ready: 6 });
      expect((await world.resume(divided)).counts.items.done).to.equal(12);
      await world.expectExactlyOnce();
    });

    it('what is in no job is ready again, even if the run ends while the first job is under way', async () => {
      const rules: FaultRuleInput[] = [
        {
          ...{ fault: 'error', match: at('POST', '/jobs/ingest'), skip: 1, count: 1 },
          ...{ status: 400, errorCode: 'EXCEEDEDQUOTA', message: 'ExceededQuota : daily limit' },
        },
        { fault: 'jobLatency', milliseconds: 500, match: at('PUT', '/jobs/ingest/*'), count: 1 },
      ];
      await using world = await open(sales(12, fitting), { faults: { rules } });
      const { counts } = await world.start(divided);
      expect(counts.items).to.include({ ready: 6, sent: 6 });
      expect((await world.resume(divided)).counts.items.done).to.equal(12);
      await world.expectExactlyOnce();
    });

    it('has the rows of a member in one internal batch, although a row before them was refused', async () => {
      const rows = sales(12, fitting);
      await using world = await open(rows.map((row, index) => (index === 0 ? sale(1, row.member, marked) : row)));
      expect((await world.start(divided)).counts.items).to.include({ done: 11, refused: 1 });
      const stored = world.org.emulator.store.find('TransactionJournal', {}).map((row) => String(row['MemberId']));
      const first = stored.slice(0, 3);
      expect(new Set(first).size, 'members in the first internal batch').to.equal(1);
    });

    it('can be killed at any of its steps', () => survivesKills(sales(12, fitting), divided));
  });

  const ofIngest = { method: 'PUT', path: '/jobs/ingest/*' } as const;
  const ofBatch = { method: 'PUT', path: '/actions/custom/batchJobAction/*' } as const;
  const jobFaults: FaultRuleInput[] = [
    { fault: 'jobRows', match: ofIngest, count: 2 },
    { fault: 'jobFailure', match: ofIngest, count: 1 },
    { fault: 'jobFailure', match: ofIngest, count: 1, skip: 1 },
    { fault: 'jobFailure', match: ofBatch, count: 1 },
    { fault: 'jobFailure', match: ofBatch, count: 1, skip: 1 },
  ];
  for (const rule of jobFaults) {
    it(`${JSON.stringify(rule)} doubles nothing, loses nothing and keeps the order`, async () => {
      const rows = sales(450, members).map((row, index) => ({
        ...row,
        journal: { ...row.journal, ActivityDate: new Date(Date.UTC(2026, 0, 1) + index * 60_000).toISOString() },
      }));
      await using world = await open(rows, { faults: { rules: [rule] } });
      const report = await world.start(bulk);
      expect(report.counts.items.done, JSON.stringify(report.stopped)).to.equal(450);
      await world.expectExactlyOnce();
    });
  }

  it('runs by their Ids what a part of the batch job could not run, after the others', async () => {
    const rule: FaultRuleInput = { fault: 'jobRows', match: ofBatch, count: 1 };
    await using world = await open(sales(450, members), { faults: { rules: [rule] } });
    expect((await world.start(bulk)).counts.items.done).to.equal(450);
    await world.expectExactlyOnce(world.rows, { inOrder: false });
  });

  it('looks up what a job does not say anything of', async () => {
    const rule: FaultRuleInput = {
      ...{ fault: 'error', match: at('GET', '/jobs/ingest/:id/successfulResults'), count: 1 },
      ...{ status: 400, errorCode: 'INVALIDJOBSTATE' },
    };
    await using world = await open(sales(12, members), { faults: { rules: [rule] } });
    const report = await world.start(bulk);
    expect(report.counts.items.done).to.equal(12);
    await world.expectExactlyOnce();
    expect(world.org.emulator.requests.toObject()['POST /services/data/:version/jobs/ingest']).to.equal(1);
  });

  for (const [job, begin] of [
    ['ingest job', /jobs\/ingest\/\w+$/],
    ['batch job', /batchJobAction/],
  ] as const) {
    it(`waits for an org that cannot be reached for five minutes during the ${job}`, async () => {
      await using world = await open(sales(5, members));
      let isBegun = false;
      let until: number | undefined;
      world.beforeCall = ({ method, url }) => {
        // The first question about the job, and everything after it.
        if (isBegun) until ??= world.clock.monotonic() + 5 * 60_000;
        isBegun ||= method !== 'GET' && begin.test(url);
        if (until === undefined || world.clock.monotonic() >= until) return;
        throw new LostAnswerError('notConnected', 'Nothing listens.', false);
      };
      const report = await world.start(bulk);
      expect([report.stopped, report.counts.items.done]).to.deep.equal([undefined, 5]);
      expect(world.clock.monotonic()).to.be.at.least(until ?? NaN);
      await world.expectExactlyOnce();
    });
  }

  it('stops at the daily limit of jobs, and goes on later', async () => {
    const rule: FaultRuleInput = {
      ...{ fault: 'error', match: at('POST', '/jobs/ingest'), count: 1 },
      ...{ status: 400, errorCode: 'EXCEEDEDQUOTA', message: 'ExceededQuota : daily limit' },
    };
    await using world = await open(sales(5, members), { faults: { rules: [rule] } });
    const { stopped, counts } = await world.start(bulk);
    expect(stopped?.code).to.equal('EXCEEDEDQUOTA');
    expect(counts.items).to.include({ ready: 5 });
    expect((await world.resume(bulk)).counts.items.done).to.equal(5);
    await world.expectExactlyOnce();
  });

  it('can be killed at any of its steps', () => survivesKills(sales(7, members), bulk));

  describe('with so many rows that their outcomes are prepared', () => {
    const count = 2300;
    const started = 'POST /services/data/:version/actions/custom/batchJobAction/:definition';

    /** The calls of the outbox by which outcomes are stored. */
    function storing(): { readonly life: Life; readonly calls: Set<string> } {
      const calls = new Set<string>();
      const life = new Life((moment) => {
        calls.add(moment);
        return false;
      });
      return { life, calls };
    }

    it('the end of the batch job makes them done', async () => {
      await using world = await open(sales(count, members));
      const { life, calls } = storing();
      expect((await world.start(bulk, life)).counts.items.done).to.equal(count);
      await world.expectExactlyOnce();
      expect([...calls].filter((call) => call.includes('settlePrepared'))).to.have.length.of.at.least(1);
    });

    it('somebody who hears of outcomes hears of all of them', async () => {
      await using world = await open(sales(count, members));
      const keys = new Set<string>();
      const onOutcome = (outcomes: readonly SyncOutcome[]): void => {
        for (const { key } of outcomes) keys.add(key);
      };
      expect((await world.start({ ...bulk, onOutcome })).counts.items.done).to.equal(count);
      expect(keys.size).to.equal(count);
    });

    it('what a part of the batch job could not run is not done before it has run', async () => {
      const rule: FaultRuleInput = { fault: 'jobRows', match: ofBatch, count: 1 };
      await using world = await open(sales(count, members), { faults: { rules: [rule] } });
      const { life, calls } = storing();
      expect((await world.start(bulk, life)).counts.items.done).to.equal(count);
      await world.expectExactlyOnce(world.rows, { inOrder: false });
      expect([...calls].filter((call) => call.includes('settlePrepared'))).to.deep.equal([]);
    });

    for (const later of [1, 4, 12]) {
      it(`can be killed ${later} steps after the batch job was started`, async () => {
        await using world = await open(sales(count, members));
        let steps = 0;
        const life = new Life(() => world.org.emulator.requests.toObject()[started] === 1 && ++steps === later);
        await Promise.race([world.start(bulk, life), life.death]);
        expect((await world.resume(bulk)).counts.items.done).to.equal(count);
        await world.expectExactlyOnce();
      });
    }
  });

  it('another route waits for the end of a job that a killed process has begun, for longer than the window', async () => {
    // While the job is working, far more time passes on the clock of the sync.
    const rule: FaultRuleInput = {
      fault: 'jobLatency',
      milliseconds: 300,
      match: at('PUT', '/jobs/ingest/*'),
      count: 1,
    };
    await using world = await open(sales(7, members), { faults: { rules: [rule] } });
    let isUploaded = false;
    const life = new Life((moment) => {
      isUploaded ||= (world.org.emulator.requests.toObject()['PATCH /services/data/:version/jobs/ingest/:id'] ?? 0) > 0;
      return isUploaded && moment === 'before a call';
    });
    await Promise.race([world.start(bulk, life), life.death]);
    expect((await world.resume({ route: 'realtime' })).counts.items.done).to.equal(7);
    await world.expectExactlyOnce();
  });

  it('another route waits for the end of a batch job during which the run was ended', async () => {
    const rule: FaultRuleInput = { fault: 'jobLatency', milliseconds: 300, match: ofBatch, count: 1 };
    await using world = await open(sales(7, members), { faults: { rules: [rule] } });
    const ending = new AbortController();
    const starts = 'POST /services/data/:version/actions/custom/batchJobAction/:definition';
    const life = new Life(() => {
      if (world.org.emulator.requests.toObject()[starts] === 1) ending.abort();
      return false;
    });
    const report = await world.start({ ...bulk, signal: ending.signal }, life);
    expect(report.counts.items).to.include({ done: 0, sent: 7 });
    expect(exitCode(report)).to.equal(130);
    expect((await world.resume({ route: 'realtime' })).counts.items.done).to.equal(7);
    await world.expectExactlyOnce();
    const byId = 'POST /services/data/:version/actions/standard/runProgramProcessForTransactionJournal';
    expect(world.org.emulator.requests.toObject()[byId]).to.equal(undefined);
  });

  it('enrolls members on the way', async () => {
    await using world = await open(sales(4, ['A1', 'B2']));
    await world.enrollsOnTheWay(bulk);
  });
});
