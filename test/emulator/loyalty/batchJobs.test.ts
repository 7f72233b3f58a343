import { expect } from 'chai';
import { ExampleOrg } from './exampleProgram.js';

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
    for (;;) {
      const [job] = await org.rows(`SELECT Status FROM BatchJob WHERE Id = '${batchJobId}'`);
      if (['Completed', 'CompletedWithFailures', 'Failed'].includes(String(job?.['Status'])))
        return String(job?.['Status']);
    }
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
    expect(await run('Batch')).to.equal('CompletedWithFailures');
    const [failed] = await org.rows('SELECT Record, ErrorDescription FROM BatchJobPartFailedRecord');
    expect(failed).to.include({ Record: id });
    expect(await org.count('TransactionJournal', `WHERE Status = 'Pending'`)).to.equal(1);
  });

  it('knows no other definition', async () => {
    expect((await org.api.post('/actions/custom/batchJobAction/Nightly', { inputs: [{}] })).status).to.equal(404);
  });
});
