import { expect } from 'chai';
import { BulkJobs } from '../bulk/bulkJobs.js';
import { ExampleOrg } from './exampleProgram.js';

describe('Active processes for one journal type and subtype', () => {
  let org: ExampleOrg;

  beforeEach(async () => {
    org = await ExampleOrg.start();
  });

  afterEach(() => org[Symbol.asyncDispose]());

  /** A process like the one that the program has already. */
  const second = (more: Record<string, unknown> = {}): Record<string, unknown> => ({
    ...{ Name: 'Second', ProcessType: 'TransactionJournal', Status: 'Active' },
    ...{ LoyaltyProgramId: org.program.id, JournalTypeId: org.program.accrual },
    ...more,
  });
  const add = (more?: Record<string, unknown>) => org.api.post('/sobjects/LoyaltyProgramProcess', second(more));
  const refusal = {
    errorCode: 'FIELD_INTEGRITY_EXCEPTION',
    message: 'The active process Purchases already has this journal type and subtype: deactivate that process first',
    fields: ['JournalTypeId', 'JournalSubTypeId'],
  };

  it('cannot be two: a second one is refused on insert, with the name of the first', async () => {
    const { status, body } = await add();
    expect(status).to.equal(400);
    expect(body).to.deep.equal([refusal]);
    expect(await org.count('LoyaltyProgramProcess')).to.equal(1);
  });

  it('cannot be two: a second one is refused when it is activated', async () => {
    const { body } = await add({ Status: 'Draft' });
    const path = `/sobjects/LoyaltyProgramProcess/${body.id}`;
    expect((await org.api.patch(path, { Status: 'Active' })).body).to.deep.equal([refusal]);
    expect((await org.api.get(path)).body).to.include({ Status: 'Draft' });
    const [first] = await org.rows("SELECT Id FROM LoyaltyProgramProcess WHERE Name = 'Purchases'");
    await org.api.patch(`/sobjects/LoyaltyProgramProcess/${String(first?.['Id'])}`, { Status: 'Inactive' });
    expect((await org.api.patch(path, { Status: 'Active' })).status).to.equal(204);
    expect((await org.api.patch(path, { Description: 'the only one' })).status).to.equal(204);
  });

  it('cannot be two: also in a collection, a composite request and a bulk job', async () => {
    const records = [{ attributes: { type: 'LoyaltyProgramProcess' }, ...second() }];
    const collection = await org.api.post('/composite/sobjects', { records });
    expect(collection.body[0].errors[0]).to.include({ statusCode: 'FIELD_INTEGRITY_EXCEPTION' });
    const url = '/services/data/v66.0/sobjects/LoyaltyProgramProcess';
    const compositeRequest = [{ method: 'POST', url, referenceId: 'one', body: second() }];
    const composite = await org.api.post('/composite', { compositeRequest });
    expect(composite.body.compositeResponse[0].body).to.deep.equal([refusal]);
    const values = second();
    const csv = `${Object.keys(values).join(',')}\n${Object.values(values).join(',')}\n`;
    const job = { object: 'LoyaltyProgramProcess', operation: 'insert', externalIdFieldName: undefined };
    const { info } = await new BulkJobs(org.emulator).run(csv, job);
    expect(info).to.include({ numberRecordsProcessed: 1, numberRecordsFailed: 1 });
    expect(await org.count('LoyaltyProgramProcess')).to.equal(1);
  });

  it('can be several if they differ in subtype, type, program or kind', async () => {
    const { store } = org.emulator;
    const JournalSubTypeId = store.insert('JournalSubType', { Name: 'Stay', JournalTypeId: org.program.accrual });
    const JournalTypeId = store.first('JournalType', { Name: 'Redemption' })?.Id;
    const LoyaltyProgramId = store.insert('LoyaltyProgram', { Name: 'Other', Status: 'Active' });
    const others = [{ JournalSubTypeId }, { JournalTypeId }, { LoyaltyProgramId }, { ProcessType: 'IssueVoucher' }];
    for (const more of others) expect((await add(more)).status, JSON.stringify(more)).to.equal(201);
    expect((await add({ JournalSubTypeId })).status).to.equal(400);
  });
});
