import { expect } from 'chai';
import { RealtimeResponse } from '../../../src/contract/endpoints/realtimeEndpoints.js';
import { ExampleOrg, programName, purchase } from './exampleProgram.js';

describe('real-time journals that are refused', () => {
  let org: ExampleOrg;

  beforeEach(async () => {
    org = await ExampleOrg.start();
    await org.withMembers('WX-1', 'WX-2');
  });

  afterEach(() => org[Symbol.asyncDispose]());

  const nothingStored = async (): Promise<void> => {
    expect(await org.count('TransactionJournal')).to.equal(0);
    expect(await org.count('LoyaltyLedger')).to.equal(0);
    expect(await org.balances('WX-1')).to.deep.equal({ Miles: 0, Stars: 0 });
    expect(await org.usage('WX-1')).to.equal(undefined);
  };

  const failures: [string, Record<string, unknown>, RegExp][] = [
    ['an unknown membership number', { MembershipNumber: 'nobody' }, /nobody/],
    ['an unknown member id', { MembershipNumber: undefined, MemberId: '0lM9z0000000099' }, /0lM9z0000000099/],
    ['an unknown journal type', { JournalTypeName: 'Wish' }, /Wish/],
    ['an unknown journal type id', { JournalTypeName: undefined, JournalTypeId: '0lE9z0000000099' }, /0lE9z0000000099/],
    ['an unknown subtype', { JournalSubTypeName: 'Wish' }, /Wish/],
    ['an unknown promotion', { PromotionName: 'Wish' }, /Wish/],
    ['an unknown product', { ProductCode: 'Wish' }, /Wish/],
    ['another program', { LoyaltyProgramName: 'Wish' }, /Wish/],
  ];
  for (const [what, more, message] of failures) {
    it(`answers status false for ${what} and stores nothing of the request`, async () => {
      const { status, body } = await org.execute([purchase('WX-1', 5), purchase('WX-2', 5, more)]);
      expect(status).to.equal(200);
      expect(RealtimeResponse.parse(body)).to.include({ status: false, programName, processResult: null });
      expect(body.message).to.match(message);
      await nothingStored();
    });
  }

  const errors: [string, Record<string, unknown>, string, RegExp][] = [
    ['no activity date', { ActivityDate: '' }, 'REQUIRED_FIELD_MISSING', /ActivityDate/],
    ['no member', { MembershipNumber: null }, 'REQUIRED_FIELD_MISSING', /MemberId/],
    ['no journal type', { JournalTypeName: undefined }, 'REQUIRED_FIELD_MISSING', /JournalTypeId/],
    ['an unknown field', { Nope__c: 'x' }, 'INVALID_FIELD', /Nope__c/],
    ['text that is too long', { ExternalTransactionNumber: 'x'.repeat(256) }, 'STRING_TOO_LONG', /255/],
    ['an invalid amount', { TransactionAmount: '12,50' }, 'JSON_PARSER_ERROR', /12,50/],
    ['an invalid date', { ActivityDate: '01.03.2026' }, 'JSON_PARSER_ERROR', /01\.03\.2026/],
    ['an object for a field', { Brand: { x: 1 } }, 'JSON_PARSER_ERROR', /Brand|\{/],
    ['an unknown status', { Status: 'Done' }, 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST', /Done/],
    ['an id of another object', { ProductId: '0019z0000000001' }, 'FIELD_INTEGRITY_EXCEPTION', /0019z/],
    ['a read-only field', { IsAccrualJournalEntry: true }, 'INVALID_FIELD_FOR_INSERT_UPDATE', /IsAccrual/],
  ];
  for (const [what, more, errorCode, message] of errors) {
    it(`answers 400 ${errorCode} for ${what} and stores nothing of the request`, async () => {
      const { status, body } = await org.execute([purchase('WX-1', 5), purchase('WX-2', 5, more)]);
      expect({ status, errorCode: body[0].errorCode }).to.deep.equal({ status: 400, errorCode });
      expect(body[0].message).to.match(message);
      await nothingStored();
    });
  }

  it('requires at least one journal and at most a thousand', async () => {
    for (const list of [[], undefined, Array.from({ length: 1001 }, () => purchase('WX-1', 1))]) {
      const { status, body } = await org.execute(list);
      expect({ status, errorCode: body[0].errorCode }).to.deep.equal({ status: 400, errorCode: 'INVALID_API_INPUT' });
    }
    await nothingStored();
    const { body } = await org.execute(Array.from({ length: 1000 }, () => purchase('WX-1', 1)));
    expect(body.processResult.transactionJournalResult).to.have.length(1000);
    expect(await org.balances('WX-1')).to.deep.equal({ Miles: 1000, Stars: 1000 });
  });

  it('accepts either new journals or ids, not both', async () => {
    const MemberId = await org.memberId('WX-1');
    const values = { ActivityDate: '2026-03-01', JournalTypeId: org.program.accrual, MemberId, TransactionAmount: 5 };
    const Id = org.emulator.store.insert('TransactionJournal', values);
    for (const list of [[{ Id }, purchase('WX-1', 1)], [{ Id, Brand: 'Quay' }]]) {
      const { status, body } = await org.execute(list);
      expect({ status, errorCode: body[0].errorCode }).to.deep.equal({ status: 400, errorCode: 'INVALID_API_INPUT' });
    }
    expect((await org.execute([{ Id: 'seven' }])).body[0].errorCode).to.equal('MALFORMED_ID');
    const twice = await org.execute([{ Id }, { Id: Id.slice(0, 15) }]);
    expect(twice.body).to.include({ status: false });
    expect((await org.execute([{ Id: '0lV9z0000000999' }])).body.message).to.contain('0lV9z0000000999');
    expect(await org.count('TransactionJournal', "WHERE Status = 'Pending'")).to.equal(1);
    expect(await org.count('LoyaltyLedger')).to.equal(0);
  });

  it('refuses members and journals of another program', async () => {
    const { store } = org.emulator;
    const ProgramId = store.insert('LoyaltyProgram', { Name: 'Other', Status: 'Active' });
    const member = { MembershipNumber: 'O-1', MemberStatus: 'Active', EnrollmentDate: '2026-01-01', ProgramId };
    const MemberId = store.insert('LoyaltyProgramMember', member);
    expect((await org.execute([purchase('O-1', 1)])).body).to.include({ status: false });
    expect((await org.execute([purchase('', 1, { MemberId })])).body).to.include({ status: false });
    const two = await org.execute([purchase('WX-1', 1, { MemberId: await org.memberId('WX-2') })]);
    expect(two.body.message).to.contain('two members');
    await nothingStored();
  });

  it('answers 404 for an unknown program', async () => {
    const { status, body } = await org.execute([purchase('WX-1', 1)], 'Nowhere');
    expect({ status, errorCode: body[0].errorCode }).to.deep.equal({ status: 404, errorCode: 'NOT_FOUND' });
    expect(body[0].message).to.contain('Nowhere');
  });

  it('refuses unknown keys, and features that are not implemented', async () => {
    const path = `/connect/realtime/loyalty/programs/${encodeURIComponent(programName)}`;
    const journals = [purchase('WX-1', 1)];
    const unknown = await org.api.post(path, { processInput: journals });
    expect(unknown.body[0]).to.include({ errorCode: 'JSON_PARSER_ERROR' });
    const applied = await org.execute([purchase('WX-2', 5, { appliedPromotions: 'all' })]);
    expect(applied.body[0]).to.include({ errorCode: 'JSON_PARSER_ERROR' });
    await nothingStored();
    const odd = { transactionJournals: journals, runSetting: { isSimulation: 'perhaps' } };
    expect((await org.api.post(path, odd)).body[0]).to.include({ errorCode: 'JSON_PARSER_ERROR' });
    const execution = { ...odd, runSetting: { isSimulation: false }, shouldCheckCouponUsageLimit: false };
    expect((await org.api.post(path, execution)).body).to.include({ status: true });
  });
});
