import { expect } from 'chai';
import { ManualClock } from '../faults/manualClock.js';
import { ExampleOrg } from './exampleProgram.js';
import { endOfJob } from './endOfJob.js';

const path = '/actions/custom/batchJobAction/Process_Transaction_Journals';

describe('batchJobAction', () => {
  let org: ExampleOrg;

  beforeEach(async () => {
    org = await ExampleOrg.start();
    await org.withMembers('WX-1');
  });

  afterEach(() => org[Symbol.asyncDispose]());

  async function run(execution: string): Promise<string> {
    const { store } = org.emulator;
    for (const { Id } of store.find('LoyaltyProgramProcess', {})) {
      store.update('LoyaltyProgramProcess', Id, { ExecutionType: execution }, { as: 'org' });
    }
    const { body } = await org.api.post(path, { inputs: [{}] });
    const { batchJobId } = body[0].outputValues;
    return endOfJob(org, batchJobId);
  }

  async function insert(more: Record<string, unknown> = {}): Promise<string> {
    const MemberId = await org.memberId('WX-1');
    const fields = { ActivityDate: '2026-03-01T10:00:00Z', JournalTypeId: org.program.accrual, MemberId };
    return org.api.create('TransactionJournal', { ...fields, TransactionAmount: 20, ...more });
  }

  it('runs Pending journals in the background, once', async () => {
    await insert();
    expect(await run('BatchAndRealTime')).to.equal('Completed');
    expect(await org.balances('WX-1')).to.deep.equal({ Miles: 20, Stars: 20 });
    expect(await run('BatchAndRealTime')).to.equal('Completed');
    expect(await org.balances('WX-1')).to.deep.equal({ Miles: 20, Stars: 20 });
  });

  it('does not run processes that run in real time only: the journal is Processed and moves nothing', async () => {
    await insert();
    expect(await run('RealTime')).to.equal('Completed');
    expect(await org.balances('WX-1')).to.deep.equal({ Miles: 0, Stars: 0 });
    expect(await org.count('TransactionJournal', `WHERE Status = 'Processed'`)).to.equal(1);
  });

  it('names the journals that failed, which stay Pending', async () => {
    const id = await insert({ JournalTypeId: null });
    await insert();
    expect(await run('Batch')).to.equal('CompletedWithFailures');
    const [failed] = await org.rows('SELECT Record, ErrorDescription FROM BatchJobPartFailedRecord');
    expect(failed).to.include({ Record: id });
    expect(await org.count('TransactionJournal', `WHERE Status = 'Pending'`)).to.equal(1);
    const [part] = await org.rows(
      'SELECT Status, InputRecordCount, OutputRecordCount, FailedRecordCount FROM BatchJobPart',
    );
    expect(part).to.include({ Status: 'Completed', InputRecordCount: 2, OutputRecordCount: 1, FailedRecordCount: 1 });
    const [job] = await org.rows('SELECT TotalInputRecordCount, TotalProcessedRecordCount FROM BatchJob');
    expect(job).to.include({ TotalInputRecordCount: 2, TotalProcessedRecordCount: 1 });
  });

  it('runs failed records again, once, in a job of their own', async () => {
    const id = await insert({ JournalTypeId: null });
    await run('Batch');
    const [job] = await org.rows('SELECT Id FROM BatchJob');
    await insert();
    org.emulator.store.update('TransactionJournal', id, { JournalTypeId: org.program.accrual });
    const submit = () =>
      org.api.post('/actions/standard/submitFailedRecordsBatchJob', { inputs: [{ parentBatchJobId: job?.['Id'] }] });
    const { body } = await submit();
    const { batchJobId, status } = body[0].outputValues;
    expect(status).to.equal('Submitted');
    expect(await endOfJob(org, batchJobId)).to.equal('Completed');
    // Only the one that had failed.
    expect(await org.balances('WX-1')).to.deep.equal({ Miles: 20, Stars: 20 });
    const [failed] = await org.rows('SELECT Status, ResubmittedBatchJobId FROM BatchJobPartFailedRecord');
    expect(failed).to.include({ Status: 'Resubmitted', ResubmittedBatchJobId: batchJobId });
    const again = await submit();
    expect([again.status, again.body[0].errors[0].message]).to.deep.equal([
      400,
      `The batch job ${String(job?.['Id'])} has no failed records to submit.`,
    ]);
  });

  it('lists and describes its definitions, and knows no other one', async () => {
    const root = '/actions/custom/batchJobAction';
    const { actions } = (await org.api.get(root)).body;
    expect(actions.map((each: { name: string }) => each.name)).to.deep.equal([
      'Process_Transaction_Journals',
      'Assess_Member_Tiers',
    ]);
    const described = (await org.api.get(path)).body;
    expect(described).to.deep.include({ name: 'Process_Transaction_Journals', inputs: [] });
    expect((await org.api.post(`${root}/Nightly`, { inputs: [{}] })).status).to.equal(404);
  });
});

describe('cancel-job', () => {
  let clock: ManualClock;
  let org: ExampleOrg;

  beforeEach(async () => {
    clock = new ManualClock();
    org = await ExampleOrg.start({
      clock,
      faults: { rules: [{ fault: 'jobLatency', milliseconds: 1000, match: { path: '/actions/custom/*' } }] },
    });
    await org.withMembers('WX-1');
  });

  afterEach(() => org[Symbol.asyncDispose]());

  const cancel = (id: string) => org.api.post(`/connect/batch-job/${id}/cancel-job`, undefined);

  async function start(definition: string): Promise<string> {
    const { body } = await org.api.post(`/actions/custom/${definition}`, { inputs: [{}] });
    await clock.sleepers(1);
    return body[0].outputValues.batchJobId as string;
  }

  it('ends a job after what it has done, and says so in its parts', async () => {
    const member = await org.memberId('WX-1');
    const values = { ActivityDate: '2026-03-01T10:00:00Z', JournalTypeId: org.program.accrual, MemberId: member };
    for (let count = 0; count < 250; count++)
      org.emulator.store.insert('TransactionJournal', { ...values, TransactionAmount: 1, Status: 'Pending' });
    const id = await start('batchJobAction/Process_Transaction_Journals');
    await clock.advance(1000);
    await clock.sleepers(1);
    const answer = await cancel(id);
    expect([answer.status, answer.body]).to.deep.equal([201, { message: `The batch job ${id} is canceled.` }]);
    await clock.advance(5000);
    const parts = await org.rows('SELECT Status, OutputRecordCount FROM BatchJobPart ORDER BY Name');
    expect(parts.map(({ Status, OutputRecordCount }) => [Status, OutputRecordCount])).to.deep.equal([
      ['Completed', 200],
      ['Canceled', null],
    ]);
    expect(await org.count('TransactionJournal', `WHERE Status = 'Pending'`)).to.equal(50);
    const [job] = await org.rows(`SELECT Status, EndTime FROM BatchJob WHERE Id = '${id}'`);
    expect(job).to.include({ Status: 'Canceled', EndTime: '2026-04-03T08:00:01.000+0000' });
    const again = await cancel(id);
    expect([again.status, again.body[0].errorCode]).to.deep.equal([400, 'INVALID_STATUS']);
  });

  it('refuses what is written back, what does not exist, and who is no administrator', async () => {
    const id = await start('dataProcessingEngineAction/Reset_Qualifying_Points');
    await clock.advance(1000);
    await clock.sleepers(1);
    const codes = [await cancel(id), await cancel('0md000000000099AAA'), await cancel('x')];
    expect(codes.map(({ status, body }) => [status, body[0].errorCode])).to.deep.equal([
      [400, 'DELETE_FAILED'],
      [404, 'RESOURCE_NOT_FOUND'],
      [404, 'RESOURCE_NOT_FOUND'],
    ]);
    const { store } = org.emulator;
    for (const { Id } of store.find('Profile', {})) store.update('Profile', Id, { Name: 'Cashier' }, { as: 'org' });
    const refused = await cancel(id);
    expect([refused.status, refused.body[0].errorCode]).to.deep.equal([403, 'FORBIDDEN']);
  });
});
