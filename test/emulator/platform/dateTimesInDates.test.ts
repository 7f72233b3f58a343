import { expect } from 'chai';
import { BulkJobs } from '../bulk/bulkJobs.js';
import { ExampleOrg, purchase } from '../loyalty/exampleProgram.js';

/** A text with a time of day is no date: an org drops no time, it refuses the text. */
const InvoiceDate = '2026-04-03T23:00:00Z';

describe('A date-time in a date field', () => {
  let org: ExampleOrg;
  let journal: Record<string, unknown>;

  before(async () => {
    org = await ExampleOrg.start();
    await org.withMembers('WX-1');
    const MemberId = await org.memberId('WX-1');
    journal = { MemberId, ActivityDate: '2026-04-03T23:00:00Z', InvoiceDate };
  });

  after(() => org[Symbol.asyncDispose]());

  afterEach(async () => {
    expect(await org.count('TransactionJournal')).to.equal(0);
  });

  const expectUnreadable = ({ errorCode, statusCode, message }: Record<string, string>): void => {
    expect(errorCode ?? statusCode).to.equal('JSON_PARSER_ERROR');
    expect(message).to.include(`Cannot deserialize instance of date from VALUE_STRING value ${InvoiceDate}`);
  };

  it('causes the record to be refused', async () => {
    const { status, body } = await org.api.post('/sobjects/TransactionJournal', journal);
    expect(status).to.equal(400);
    expectUnreadable(body[0]);
  });

  it('causes its row of a collection to be refused', async () => {
    const records = [{ attributes: { type: 'TransactionJournal' }, ...journal }];
    const { body } = await org.api.post('/composite/sobjects', { records });
    expectUnreadable(body[0].errors[0]);
  });

  it('causes real-time journals to be refused', async () => {
    const { status, body } = await org.execute([purchase('WX-1', 5, { InvoiceDate })]);
    expect(status).to.equal(400);
    expectUnreadable(body[0]);
  });

  it('causes its row of a bulk job to be refused, by the rules for CSV', async () => {
    const csv = `${Object.keys(journal).join(',')}\n${Object.values(journal).join(',')}\n`;
    const jobs = new BulkJobs(org.emulator);
    const { id, info } = await jobs.run(csv, { operation: 'insert', externalIdFieldName: undefined });
    expect(info).to.include({ numberRecordsProcessed: 1, numberRecordsFailed: 1 });
    expect(Object.values(await jobs.errors(id, 'InvoiceDate'))[0]).to.include(`'${InvoiceDate}'`);
  });

  it('is accepted by inputs that are date-times', async () => {
    expect((await org.enroll('WX-2', { membershipEndDate: '2027-02-14T23:00:00Z' })).status).to.equal(200);
    const row = org.emulator.store.first('LoyaltyProgramMember', { MembershipNumber: 'WX-2' });
    expect(row).to.include({ EnrollmentDate: '2026-02-14', MembershipEndDate: '2027-02-14' });
  });
});
