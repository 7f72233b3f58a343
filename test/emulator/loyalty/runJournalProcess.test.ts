import { expect } from 'chai';
import { ActionResponse } from '../../../src/contract/endpoints/actionEndpoints.js';
import { BulkJobs } from '../bulk/bulkJobs.js';
import { ExampleOrg } from './exampleProgram.js';

const actionName = 'runProgramProcessForTransactionJournal';
const path = `/actions/standard/${actionName}`;
const unmoved = { Miles: 0, Stars: 0 };

describe(actionName, () => {
  let org: ExampleOrg;
  let MemberId: string;

  beforeEach(async () => {
    org = await ExampleOrg.start();
    await org.withMembers('WX-1');
    MemberId = await org.memberId('WX-1');
  });

  afterEach(() => org[Symbol.asyncDispose]());

  const journal = (TransactionAmount: number, more: Record<string, unknown> = {}) => {
    const fields = { ActivityDate: '2026-03-01T10:00:00Z', JournalTypeId: org.program.accrual, MemberId };
    return { ...fields, TransactionAmount, ...more };
  };
  const run = (...ids: unknown[]) =>
    org.api.post(path, { inputs: ids.map((transactionJournalId) => ({ transactionJournalId })) });
  const statusOf = async (id: string) =>
    (await org.rows(`SELECT Status FROM TransactionJournal WHERE Id = '${id}'`))[0]?.['Status'];

  it('runs a journal that was inserted as a record, and answers the text "true"', async () => {
    const id = await org.api.create('TransactionJournal', journal(20));
    expect(await org.balances('WX-1')).to.deep.equal(unmoved);
    const { status, body } = await run(id);
    expect(status).to.equal(200);
    expect(ActionResponse.parse(body)[0]).to.deep.include({ actionName, outputValues: { status: 'true' } });
    expect(await statusOf(id)).to.equal('Processed');
    expect(await org.balances('WX-1')).to.deep.equal({ Miles: 20, Stars: 20 });
    expect(await org.usage('WX-1')).to.equal(1);
    expect(await org.count('LoyaltyLedger', `WHERE TransactionJournalId = '${id}'`)).to.equal(2);
  });

  it('runs journals of a composite request and of a bulk job', async () => {
    const { body } = await org.api.post('/composite', {
      compositeRequest: [
        { method: 'POST', url: '/services/data/v66.0/sobjects/TransactionJournal', referenceId: 'j', body: journal(5) },
        {
          method: 'POST',
          url: `/services/data/v66.0${path}`,
          referenceId: 'r',
          body: { inputs: [inputOf('@{j.id}')] },
        },
      ],
    });
    const codes = body.compositeResponse.map((part: { httpStatusCode: number }) => part.httpStatusCode);
    expect(codes, JSON.stringify(body)).to.deep.equal([201, 200]);
    const jobs = new BulkJobs(org.emulator);
    const csv = `ActivityDate,JournalTypeId,MemberId,TransactionAmount\n2026-03-01T10:00:00Z,${org.program.accrual},${MemberId},7\n`;
    const { id } = await jobs.run(csv, { operation: 'insert', externalIdFieldName: undefined });
    const [row] = await jobs.rows(id, 'successfulResults');
    await run(row?.['sf__Id']);
    expect(await org.balances('WX-1')).to.deep.equal({ Miles: 12, Stars: 12 });
  });

  it('sets a journal without a matching process to Processed, without ledger or balance', async () => {
    const JournalTypeId = await org.api.create('JournalType', { Name: 'Points Expiration' });
    const id = await org.api.create('TransactionJournal', journal(20, { JournalTypeId }));
    const { status, body } = await run(id);
    expect({ status, output: body[0].outputValues }).to.deep.equal({ status: 200, output: { status: 'true' } });
    expect(await statusOf(id)).to.equal('Processed');
    expect(await org.count('LoyaltyLedger')).to.equal(0);
    expect(await org.balances('WX-1')).to.deep.equal(unmoved);
  });

  it('runs each of several journals by itself: one that fails stays as it was', async () => {
    const ids = [];
    for (const amount of [5, -100, 7]) ids.push(await org.api.create('TransactionJournal', journal(amount)));
    const { status, body } = await run(...ids);
    expect(status).to.equal(400);
    expect(ActionResponse.parse(body).map(({ isSuccess }) => isSuccess)).to.deep.equal([true, false, true]);
    expect(body[1].errors[0].message).to.match(/balance of member WX-1/);
    expect(await statusOf(ids[1] ?? '')).to.equal('Pending');
    expect(await org.balances('WX-1')).to.deep.equal({ Miles: 12, Stars: 12 });
  });

  it('runs a journal once, also when it is given twice', async () => {
    const id = await org.api.create('TransactionJournal', journal(20));
    const { body } = await run(id, id.slice(0, 15));
    expect(ActionResponse.parse(body).map(({ isSuccess }) => isSuccess)).to.deep.equal([true, false]);
    expect(body[1].errors[0].message).to.match(/is Processed, not Pending/);
    expect(await org.balances('WX-1')).to.deep.equal({ Miles: 20, Stars: 20 });
  });

  const failures: [string, () => Promise<unknown>, string, RegExp][] = [
    ['no journal', async () => '', 'REQUIRED_FIELD_MISSING', /transactionJournalId/],
    ['an id of another object', async () => MemberId, 'MALFORMED_ID', /transactionJournalId/],
    ['an unknown journal', async () => '0lV9z0000000099', 'INVALID_API_INPUT', /0lV9z/],
    ['a journal without a type', () => inserted({ JournalTypeId: null }), 'INVALID_API_INPUT', /journal type/],
    ['a cancelled journal', () => inserted({ Status: 'Cancelled' }), 'INVALID_API_INPUT', /Cancelled, not Pending/],
  ];
  const inserted = (more: Record<string, unknown>) => org.api.create('TransactionJournal', journal(20, more));
  for (const [what, given, statusCode, message] of failures) {
    it(`fails at ${what}`, async () => {
      const { status, body } = await run(await given());
      expect({ status, isSuccess: body[0].isSuccess }).to.deep.equal({ status: 400, isSuccess: false });
      expect(body[0].errors[0]).to.include({ statusCode });
      expect(body[0].errors[0].message).to.match(message);
      expect(await org.balances('WX-1')).to.deep.equal(unmoved);
    });
  }
});

function inputOf(transactionJournalId: string) {
  return { transactionJournalId };
}
