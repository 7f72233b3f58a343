import { expect } from 'chai';
import { IndividualEnrollmentResponse } from '../../../src/contract/endpoints/enrollmentEndpoints.js';
import { RestClient } from '../restClient.js';
import { enrollment, ExampleOrg, programName } from './exampleProgram.js';

describe('individual member enrollment', () => {
  let org: ExampleOrg;

  beforeEach(async () => {
    org = await ExampleOrg.start();
  });

  afterEach(() => org[Symbol.asyncDispose]());

  it('answers in the shape of the contract, with ids of 15 characters', async () => {
    const { status, body } = await org.enroll('WX-1');
    expect(status).to.equal(200);
    const answer = IndividualEnrollmentResponse.parse(body);
    expect(answer).to.include({ loyaltyProgramName: programName, membershipNumber: 'WX-1' });
    expect(answer.contactId).to.match(/^003\w{12}$/);
    expect(answer.loyaltyProgramMemberId).to.match(/^0lM\w{12}$/);
    expect(answer.transactionJournals).to.deep.equal([]);
  });

  it('creates a person account with the contact behind it', async () => {
    const additionalContactFieldValues = { attributes: { Phone: '+15550100', PersonMailingCity: 'Porto' } };
    const person = { firstName: 'Ines', lastName: 'Okafor', email: 'ines@example.com', additionalContactFieldValues };
    const { body } = await org.enroll('WX-1', { associatedContactDetails: person });
    const [account] = await org.rows(
      'SELECT Name, IsPersonAccount, PersonContactId, PersonEmail, PersonMailingCity FROM Account',
    );
    expect(account).to.deep.include({ Name: 'Ines Okafor', IsPersonAccount: true, PersonMailingCity: 'Porto' });
    expect(account?.['PersonContactId']).to.match(new RegExp(`^${body.contactId}`));
    const [contact] = await org.rows('SELECT Name, Email, MailingCity, Phone, IsPersonAccount FROM Contact');
    expect(contact).to.deep.include({ Name: 'Ines Okafor', Email: 'ines@example.com', MailingCity: 'Porto' });
    expect(contact).to.deep.include({ Phone: '+15550100', IsPersonAccount: true });
  });

  it('creates the member with the values of the request', async () => {
    await org.enroll('WX-1', {
      enrollmentChannel: 'Pos',
      canReceivePromotions: 'true',
      canReceivePartnerPromotions: false,
      transactionJournalStatementFrequency: 'Quarterly',
      transactionJournalStatementMethod: 'Email',
      membershipEndDate: '2027-02-14T00:00:00',
      additionalMemberFieldValues: { attributes: { GroupName: 'Harbour' } },
    });
    const row = org.emulator.store.first('LoyaltyProgramMember', { MembershipNumber: 'WX-1' });
    expect(row).to.deep.include({
      EnrollmentDate: '2026-02-14',
      MembershipEndDate: '2027-02-14',
      GroupName: 'Harbour',
    });
    expect(row).to.deep.include({
      EnrollmentChannel: 'POS',
      StatementFrequency: 'Quarterly',
      StatementMethod: 'Email',
    });
    expect(row).to.deep.include({ CanReceivePromotions: true, CanReceivePartnerPromotions: false });
    expect(row).to.deep.include({ MemberStatus: 'Active', MemberType: 'Individual', ProgramId: org.program.id });
    expect(row?.['ReferralCode']).to.match(/^[A-Z0-9]{8}$/);
  });

  it('loses no attribute whose field has an input that is not sent, and prefers the input that is', async () => {
    const contact = { LastName: 'Okafor', FirstName: 'Ines', PersonEmail: 'ines@example.com' };
    await org.enroll('WX-1', {
      associatedContactDetails: { lastName: 'Nimbus', additionalContactFieldValues: { attributes: contact } },
      canReceivePartnerPromotions: false,
      additionalMemberFieldValues: {
        attributes: {
          ...{ CanReceivePromotions: true, CanReceivePartnerPromotions: true, StatementFrequency: 'Quarterly' },
          ...{ StatementMethod: 'Email', EnrollmentChannel: 'Web', MembershipEndDate: '2027-02-14' },
        },
      },
    });
    expect(org.emulator.store.first('LoyaltyProgramMember', {})).to.include({
      ...{ CanReceivePromotions: true, CanReceivePartnerPromotions: false, StatementFrequency: 'Quarterly' },
      ...{ StatementMethod: 'Email', EnrollmentChannel: 'Web', MembershipEndDate: '2027-02-14' },
    });
    const person = { FirstName: 'Ines', LastName: 'Nimbus', PersonEmail: 'ines@example.com' };
    expect(org.emulator.store.first('Account', {})).to.include(person);
  });

  it('gives a row per active currency with nothing in it, and the lowest tier of each active group', async () => {
    const { store } = org.emulator;
    store.insert('LoyaltyProgramCurrency', { Name: 'Old', LoyaltyProgramId: org.program.id, IsActive: false });
    await org.withMembers('WX-1');
    expect(await org.balances('WX-1')).to.deep.equal({ Miles: 0, Stars: 0 });
    const tiers = await org.rows('SELECT LoyaltyTier.Name, EffectiveDate, Status FROM LoyaltyMemberTier');
    expect(tiers).to.have.length(1);
    expect(tiers[0]).to.deep.include({ EffectiveDate: '2026-02-14', Status: 'Active' });
    expect(tiers[0]?.['LoyaltyTier']).to.include({ Name: 'Bronze' });
  });

  it('assigns no tier if the setting says so', async () => {
    await using other = await ExampleOrg.start({ settings: { assignInitialTier: false } });
    await other.withMembers('WX-1');
    expect(await other.count('LoyaltyMemberTier')).to.equal(0);
  });

  it('writes journals of the enrollment and of the referral, Pending and without points', async () => {
    await org.withMembers('WX-1');
    const { body } = await org.enroll('WX-2', { referredBy: 'WX-1', createTransactionJournals: 'true' });
    const { transactionJournals } = IndividualEnrollmentResponse.parse(body);
    const common = { activityDate: '2026-02-14T09:30:00.000Z', journalType: 'Accrual', status: 'Pending' };
    const [enrolled, referred] = transactionJournals ?? [];
    expect(enrolled).to.include({ ...common, journalSubType: 'Member Enrollment', loyaltyProgramMember: 'WX-2' });
    expect(enrolled).to.include({ referredMember: null, loyaltyProgram: programName });
    expect(referred).to.include({ ...common, journalSubType: 'Member Referral', loyaltyProgramMember: 'WX-1' });
    expect(referred).to.include({ referredMember: 'WX-2' });
    expect(await org.count('TransactionJournal', "WHERE Status = 'Pending'")).to.equal(2);
    expect(await org.count('LoyaltyLedger')).to.equal(0);
  });

  it('also finds the referrer by referral code', async () => {
    await org.withMembers('WX-1');
    const referrer = org.emulator.store.first('LoyaltyProgramMember', { MembershipNumber: 'WX-1' });
    await org.enroll('WX-2', { referredByMemberReferralCode: referrer?.['ReferralCode'] });
    const row = org.emulator.store.first('LoyaltyProgramMember', { MembershipNumber: 'WX-2' });
    expect(row?.['ReferredById']).to.equal(referrer?.Id);
  });

  it('reads the enrollment date as local time of the org unless it has an offset', async () => {
    await using berlin = await ExampleOrg.start({ settings: { timeZone: 'Europe/Berlin' } });
    const journals = { createTransactionJournals: true };
    const local = await berlin.enroll('WX-1', { ...journals, enrollmentDate: '2026-07-01T00:00:00' });
    expect(local.body.transactionJournals[0].activityDate).to.equal('2026-06-30T22:00:00.000Z');
    const offset = await berlin.enroll('WX-2', { ...journals, enrollmentDate: '2026-07-01T00:00:00.000+0000' });
    expect(offset.body.transactionJournals[0].activityDate).to.equal('2026-07-01T00:00:00.000Z');
    const [row] = await berlin.rows("SELECT EnrollmentDate FROM LoyaltyProgramMember WHERE MembershipNumber = 'WX-1'");
    expect(row?.['EnrollmentDate']).to.equal('2026-07-01');
  });

  it('accepts enum values in any case, and stores them in the spelling of the object', async () => {
    const channels = { pos: 'POS', POS: 'POS', Pos: 'POS', WEB: 'Web', callcenter: 'CallCenter' };
    for (const [index, [enrollmentChannel, EnrollmentChannel]] of Object.entries(channels).entries()) {
      const words = { transactionJournalStatementFrequency: 'MONTHLY', transactionJournalStatementMethod: 'email' };
      expect((await org.enroll(`WX-${index}`, { enrollmentChannel, ...words })).status).to.equal(200);
      const row = org.emulator.store.first('LoyaltyProgramMember', { MembershipNumber: `WX-${index}` });
      expect(row).to.include({ EnrollmentChannel, StatementFrequency: 'Monthly', StatementMethod: 'Email' });
    }
  });

  it('accepts empty maps of additional values, and values that are not texts', async () => {
    await using own = await ExampleOrg.start({
      customFields: {
        LoyaltyProgramMember: {
          Vegan__c: { type: 'boolean', createable: true },
          Shoe__c: { type: 'double', precision: 4, scale: 1, createable: true },
          Note__c: { type: 'string', length: 20, createable: true },
        },
      },
    });
    for (const [number, map] of Object.entries({ 'WX-1': {}, 'WX-2': { attributes: {} }, 'WX-3': null })) {
      const contact = { lastName: 'Okafor', additionalContactFieldValues: map };
      const { status, body } = await own.enroll(number, {
        ...{ associatedContactDetails: contact, additionalMemberFieldValues: map },
      });
      expect(status, JSON.stringify(body)).to.equal(200);
    }
    const attributes = { Vegan__c: true, Shoe__c: 42.5, Note__c: 7, GroupName: null };
    expect((await own.enroll('WX-4', { additionalMemberFieldValues: { attributes } })).status).to.equal(200);
    const row = own.emulator.store.first('LoyaltyProgramMember', { MembershipNumber: 'WX-4' });
    expect(row).to.include({ Vegan__c: true, Shoe__c: 42.5, Note__c: '7', GroupName: null });
  });

  it('returns dates as they are stored: without milliseconds', async () => {
    const { body } = await org.enroll('WX-1', {
      ...{ createTransactionJournals: true, enrollmentDate: '2026-02-14T09:30:00.123Z' },
      membershipEndDate: '2027-02-14T09:30:00.123+0000',
    });
    const [journal] = IndividualEnrollmentResponse.parse(body).transactionJournals ?? [];
    const [stored] = org.emulator.store.find('TransactionJournal', {});
    expect(journal?.activityDate).to.equal('2026-02-14T09:30:00.000Z').and.to.equal(stored?.['ActivityDate']);
    const row = org.emulator.store.first('LoyaltyProgramMember', { MembershipNumber: 'WX-1' });
    expect(row).to.include({ EnrollmentDate: '2026-02-14', MembershipEndDate: '2027-02-14' });
  });

  it('allows a membership number once in a program, in any case', async () => {
    await org.withMembers('WX-1');
    const { status, body } = await org.enroll('wx-1');
    expect(status).to.equal(400);
    expect(body[0]).to.include({ errorCode: 'DUPLICATE_VALUE' });
    expect(await org.count('Account')).to.equal(1);
    const other = org.emulator.store.insert('LoyaltyProgram', { Name: 'Other', Status: 'Active' });
    expect((await org.api.post(enrollmentPath('Other'), enrollment('WX-1'))).status).to.equal(200);
    expect(await org.count('LoyaltyProgramMember', `WHERE ProgramId = '${other}'`)).to.equal(1);
  });

  const refusals: [string, Record<string, unknown>, string, RegExp][] = [
    ['no membership number', { membershipNumber: '' }, 'REQUIRED_FIELD_MISSING', /membershipNumber/],
    ['no enrollment date', { enrollmentDate: null }, 'REQUIRED_FIELD_MISSING', /enrollmentDate/],
    ['no status', { memberStatus: undefined }, 'REQUIRED_FIELD_MISSING', /memberStatus/],
    ['no contact', { associatedContactDetails: undefined }, 'REQUIRED_FIELD_MISSING', /associatedContactDetails/],
    ['no last name', { associatedContactDetails: {} }, 'REQUIRED_FIELD_MISSING', /associatedContactDetails.lastName/],
    ['an unknown key', { associatedPersonAccountDetails: {} }, 'JSON_PARSER_ERROR', /associatedPersonAccountDetails/],
    ['a number for text', { membershipNumber: 7 }, 'JSON_PARSER_ERROR', /7 .*\[line:1, column:\d+]/],
    ['a word outside the enum', { enrollmentChannel: 'Pigeon' }, 'JSON_PARSER_ERROR', /Pigeon/],
    ['an invalid date', { enrollmentDate: '2026-02-30T00:00:00' }, 'JSON_PARSER_ERROR', /2026-02-30/],
    ['an unknown referrer', { referredBy: 'nobody' }, 'INVALID_API_INPUT', /nobody/],
    ['an unknown referral code', { referredByMemberReferralCode: 'XX' }, 'INVALID_API_INPUT', /XX/],
    ['an unknown corporate member', { relatedCorporateMembershipNumber: 'C-1' }, 'INVALID_API_INPUT', /C-1/],
    [
      'a field that members do not have',
      { additionalMemberFieldValues: { attributes: { Nope__c: 'x' } } },
      'INVALID_FIELD',
      /Nope__c/,
    ],
    [
      'an invalid e-mail address',
      { associatedContactDetails: { lastName: 'Okafor', email: 'ines' } },
      'INVALID_EMAIL_ADDRESS',
      /ines/,
    ],
    ['text that is too long', { membershipNumber: 'x'.repeat(256) }, 'STRING_TOO_LONG', /255/],
  ];
  for (const [what, more, errorCode, message] of refusals) {
    it(`refuses ${what} and stores nothing`, async () => {
      const { status, body } = await org.enroll('WX-1', more);
      expect({ status, errorCode: body[0].errorCode }).to.deep.equal({ status: 400, errorCode });
      expect(body[0].message).to.match(message);
      for (const objectName of ['Account', 'Contact', 'LoyaltyProgramMember', 'LoyaltyMemberCurrency']) {
        expect(await org.count(objectName), objectName).to.equal(0);
      }
    });
  }

  it('refuses an unknown or inactive program', async () => {
    org.emulator.store.insert('LoyaltyProgram', { Name: 'Asleep', Status: 'Inactive' });
    for (const name of ['Nowhere', 'Asleep']) {
      const { status, body } = await org.api.post(enrollmentPath(name), enrollment('WX-1'));
      expect(status).to.equal(400);
      expect(body[0].errorCode).to.equal('INVALID_API_INPUT');
      expect(body[0].message).to.contain(name);
    }
  });

  it('exists since version 55, for POST only', async () => {
    const old = new RestClient(org.emulator, undefined, 'v54.0');
    expect((await old.post(enrollmentPath(programName), enrollment('WX-1'))).status).to.equal(404);
    expect((await org.api.get(enrollmentPath(programName))).status).to.equal(405);
  });
});

function enrollmentPath(program: string): string {
  return `/loyalty-programs/${encodeURIComponent(program)}/individual-member-enrollments`;
}
