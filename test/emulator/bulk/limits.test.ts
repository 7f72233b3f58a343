import { expect } from 'chai';
import { DailyCalls } from '../../../src/emulator/http/dailyCalls.js';
import { Emulator } from '../../../src/emulator/index.js';
import { csvFormatOf } from '../../../src/emulator/platform/bulk/csv/csvFormat.js';
import { IngestJob } from '../../../src/emulator/platform/bulk/ingest/ingestJob.js';
import { runIngest } from '../../../src/emulator/platform/bulk/ingest/ingestRun.js';
import { systemClock } from '../../../src/base/clock.js';
import { seedProgram, sourceKey } from '../restClient.js';
import { BulkJobs } from './bulkJobs.js';

describe('Limits and locks of bulk jobs', () => {
  let org: Emulator;

  beforeEach(async () => {
    org = await Emulator.start({ customFields: sourceKey });
  });

  afterEach(() => org.stop());

  const csv = (count: number, number = 'M-77'): string => {
    const rows = Array.from({ length: count }, (_, index) => `${number}-${index},${number},2026-04-03T08:00:00Z\n`);
    return `Src_Key__c,Member.MembershipNumber,ActivityDate\n${rows.join('')}`;
  };

  it('wait for rows that others hold', async () => {
    const { memberId } = seedProgram(org);
    const jobs = new BulkJobs(org);
    const hold = org.locks.hold([memberId]);
    const id = await jobs.create();
    await jobs.upload(id, csv(3));
    await jobs.enter(id, 'UploadComplete');
    const other = await jobs.run('Name\nQuay\n', { object: 'Account', operation: 'insert' });
    expect(other.info).to.include({ state: 'JobComplete', numberRecordsFailed: 0 });
    expect((await jobs.api.get(`/jobs/ingest/${id}`)).body).to.include({
      state: 'InProgress',
      numberRecordsProcessed: 0,
    });
    hold.release();
    expect(await jobs.ended(id)).to.include({ state: 'JobComplete', numberRecordsFailed: 0 });
  });

  it('refuse only the rows whose parents stay held', async () => {
    const { memberId, programId } = seedProgram(org);
    const values = {
      ProgramId: programId,
      MembershipNumber: 'M-78',
      EnrollmentDate: '2026-01-01',
      MemberStatus: 'Active',
    };
    const [contact] = org.store.find('Contact', {});
    org.store.insert('LoyaltyProgramMember', { ...values, ContactId: contact?.Id });
    org.locks.wait = 30;
    const hold = org.locks.hold([memberId]);
    const jobs = new BulkJobs(org);
    const { id, info } = await jobs.run(csv(1) + csv(1, 'M-78').split('\n').slice(1).join('\n'));
    hold.release();
    expect(info).to.include({ state: 'JobComplete', numberRecordsProcessed: 2, numberRecordsFailed: 1 });
    const errors = await jobs.errors(id);
    expect(Object.keys(errors)).to.deep.equal(['M-77-0']);
    expect(errors['M-77-0']).to.match(/^UNABLE_TO_LOCK_ROW:unable to obtain exclusive access/);
  });

  it('are shown in /limits, and can be used up', async () => {
    seedProgram(org);
    const jobs = new BulkJobs(org);
    const put = (limits: object): Promise<Response> =>
      fetch(`${org.url}/emulator/limits`, {
        method: 'PUT',
        headers: { 'x-emulator-control': '1' },
        body: JSON.stringify(limits),
      });
    await put({ dailyBulkBatches: 3, dailyBulkQueryJobs: 1 });
    await jobs.run(csv(10_001));
    const query = { operation: 'query', query: 'SELECT Src_Key__c FROM TransactionJournal' };
    await jobs.ended((await jobs.api.post('/jobs/query', query)).body.id as string, 'query');
    const { body } = await jobs.api.get('/limits');
    expect(body).to.deep.include({
      DailyBulkApiBatches: { Max: 3, Remaining: 1 },
      DailyBulkV2QueryJobs: { Max: 1, Remaining: 0 },
      DailyBulkV2QueryFileStorageMB: { Max: 976_562, Remaining: 976_561 },
    });
    const { status, body: refusal } = await jobs.api.post('/jobs/query', query);
    expect([status, refusal[0].errorCode]).to.deep.equal([400, 'EXCEEDEDQUOTA']);
    const { info } = await jobs.run(csv(10_001).replaceAll('M-77-', 'again-'));
    expect(info).to.include({ state: 'Failed', numberRecordsProcessed: 10_000 });
    expect(info.errorMessage).to.match(/^ExceededQuota : /);
  });

  it('leave rows unprocessed that exceed the batches of a day', () => {
    const { store } = org;
    seedProgram(org);
    const batches = new DailyCalls(systemClock, 1);
    const request = { externalId: undefined, assignmentRuleId: undefined, format: csvFormatOf({}), apiVersion: 66 };
    const user = String(store.first('User', {})?.Id);
    const job = new IngestJob(
      '7509z0000000001AAA',
      { ...request, type: store.type('TransactionJournal'), operation: 'insert', userId: user },
      systemClock,
    );
    job.receive(Buffer.from(csv(10_150)));
    job.close();
    const tools = { store, batches, clock: systemClock, locks: org.locks, faults: org.faults };
    expect([...runIngest(job, tools)].length).to.be.greaterThan(50);
    expect(job).to.include({ state: 'Failed', processed: 10_000, failed: 0 });
    expect(job.errorMessage).to.match(/^ExceededQuota : /);
    expect(Buffer.concat(job.unprocessed()).toString().split('\n')).to.have.length(152);
    expect(store.count('TransactionJournal')).to.equal(10_000);
  });
});
