import { expect } from 'chai';
import { Emulator } from '../../../src/emulator/index.js';
import { RestClient, seedProgram, sourceKey } from '../restClient.js';
import type { ExampleProgram } from '../restClient.js';

/** One test per error body of a row: code, text and fields are what clients branch on. */
describe('A row that is refused', () => {
  let org: Emulator;
  let client: RestClient;
  let program: ExampleProgram;

  before(async () => {
    org = await Emulator.start({
      settings: { allowJournalDeletion: true },
      customFields: {
        ...sourceKey,
        LoyaltyProgramMbrPromotion: { Share__c: { type: 'percent', precision: 5, scale: 2, createable: true } },
        Contact: { Tags__c: { type: 'multipicklist', values: ['A', 'B'], restricted: true, createable: true } },
      },
    });
    client = new RestClient(org);
    program = seedProgram(org);
  });

  after(() => org.stop());

  const journal = (values: Record<string, unknown>): Record<string, unknown> => ({
    MemberId: program.memberId,
    ActivityDate: '2026-04-03T08:00:00Z',
    ...values,
  });

  const refusal = async (objectName: string, values: Record<string, unknown>): Promise<unknown> => {
    const rows = org.store.count(objectName);
    const { status, body } = await client.post(`/sobjects/${objectName}`, values);
    expect(status).to.equal(400);
    expect(org.store.count(objectName)).to.equal(rows);
    expect(body).to.have.lengthOf(1);
    return body[0];
  };

  it('lacks required fields', async () => {
    expect(await refusal('TransactionJournal', { Status: 'Pending' })).to.deep.equal({
      message: 'Required fields are missing: [ActivityDate, MemberId]',
      errorCode: 'REQUIRED_FIELD_MISSING',
      fields: ['ActivityDate', 'MemberId'],
    });
  });

  it('empties a required field', async () => {
    const id = await client.create('LoyaltyProgram', { Name: 'Stratus' });
    const { status, body } = await client.patch(`/sobjects/LoyaltyProgram/${id}`, { Name: '' });
    expect(status).to.equal(400);
    expect(body[0]).to.include({ errorCode: 'REQUIRED_FIELD_MISSING' });
  });

  it('needs a Name, unless it is a person account', async () => {
    expect(await refusal('Account', { Site: undefined })).to.include({
      message: 'Required fields are missing: [Name]',
    });
    await client.create('Account', { LastName: 'Nimbus' });
  });

  it('has a text that is too long', async () => {
    const text = 'x'.repeat(256);
    expect(await refusal('TransactionJournal', journal({ ExternalTransactionNumber: text }))).to.deep.equal({
      message: `External Transaction Number: data value too large: ${text} (max length=255)`,
      errorCode: 'STRING_TOO_LONG',
      fields: ['ExternalTransactionNumber'],
    });
  });

  it('repeats a unique value, in any case', async () => {
    const id = await client.create('TransactionJournal', journal({ Src_Key__c: 'till9-1' }));
    expect(await refusal('TransactionJournal', journal({ Src_Key__c: 'TILL9-1' }))).to.deep.equal({
      message: `duplicate value found: Src_Key__c duplicates value on record with id: ${id.slice(0, 15)}`,
      errorCode: 'DUPLICATE_VALUE',
      fields: [],
    });
  });

  it('can have the unique value of a deleted row, and keep its own', async () => {
    const id = await client.create('TransactionJournal', journal({ Src_Key__c: 'till9-2' }));
    expect((await client.patch(`/sobjects/TransactionJournal/${id}`, { Src_Key__c: 'till9-2' })).status).to.equal(204);
    await client.delete(`/sobjects/TransactionJournal/${id}`);
    await client.create('TransactionJournal', journal({ Src_Key__c: 'till9-2' }));
  });

  it('has an unknown field', async () => {
    expect(await refusal('TransactionJournal', journal({ Foo: 1 }))).to.deep.equal({
      message: "No such column 'Foo' on sobject of type TransactionJournal",
      errorCode: 'INVALID_FIELD',
    });
  });

  it('has a value outside a restricted picklist', async () => {
    expect(await refusal('TransactionJournal', journal({ Status: 'Pendin' }))).to.deep.equal({
      message: 'Status: bad value for restricted picklist field: Pendin',
      errorCode: 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
      fields: ['Status'],
    });
    expect(await refusal('Contact', { LastName: 'x', Tags__c: 'A;C' })).to.include({
      message: 'Tags: bad value for restricted picklist field: C',
    });
  });

  it('refers to a row of another object', async () => {
    expect(await refusal('TransactionJournal', journal({ MemberId: program.programId }))).to.deep.equal({
      message: `Member ID: id value of incorrect type: ${program.programId}`,
      errorCode: 'FIELD_INTEGRITY_EXCEPTION',
      fields: ['MemberId'],
    });
  });

  it('refers to an invalid id', async () => {
    expect(await refusal('TransactionJournal', journal({ MemberId: 'M-77' }))).to.deep.equal({
      message: 'Member ID: id value of incorrect type: M-77',
      errorCode: 'MALFORMED_ID',
      fields: ['MemberId'],
    });
  });

  it('refers to a row that does not exist or is deleted', async () => {
    const expected = { message: 'invalid cross reference id', errorCode: 'INVALID_CROSS_REFERENCE_KEY', fields: [] };
    expect(await refusal('TransactionJournal', journal({ MemberId: '0lM9z0000zzzzzzAAA' }))).to.deep.equal(expected);
    const id = await client.create('JournalType', { Name: 'Gone' });
    await client.delete(`/sobjects/JournalType/${id}`);
    expect(await refusal('TransactionJournal', journal({ JournalTypeId: id }))).to.deep.equal(expected);
  });

  it('refers to a parent by a key of no row or of several rows, or by a field that is not a key', async () => {
    const { MemberId: _, ...rest } = journal({});
    const named = (Member: unknown): Promise<unknown> => refusal('TransactionJournal', { ...rest, Member });
    expect(await named({ MembershipNumber: 'M-0' })).to.deep.equal({
      message: 'Foreign key external ID: M-0 not found for field MembershipNumber in entity LoyaltyProgramMember',
      errorCode: 'INVALID_FIELD',
    });
    expect(await named({ GroupName: 'x' })).to.include({ errorCode: 'INVALID_FIELD' });
    expect(await named('M-77')).to.include({ errorCode: 'INVALID_FIELD' });
    for (const MembershipNumber of [null, ' ']) {
      expect(await named({ MembershipNumber })).to.include({ errorCode: 'INVALID_FIELD' });
    }
    const twice = { ProgramId: program.programId, EnrollmentDate: '2026-01-01', MemberStatus: 'Active' };
    const ids = [1, 2].map(() => org.store.insert('LoyaltyProgramMember', { ...twice, MembershipNumber: 'M-twice' }));
    expect(await named({ MembershipNumber: 'M-twice' })).to.deep.equal({
      message: `Membership Number: more than one record found for external id field: [${ids.join(', ')}]`,
      errorCode: 'DUPLICATE_EXTERNAL_ID',
      fields: [],
    });
  });

  it('writes what only the org writes', async () => {
    const advice =
      'Please check the security settings of this field and verify that it is read/write for your profile or permission set.';
    expect(await refusal('LoyaltyMemberCurrency', { PointsBalance: 5, CreatedDate: '2026-04-03' })).to.deep.equal({
      message: `Unable to create/update fields: PointsBalance, CreatedDate. ${advice}`,
      errorCode: 'INVALID_FIELD_FOR_INSERT_UPDATE',
      fields: ['PointsBalance', 'CreatedDate'],
    });
    expect(await refusal('Contact', { LastName: 'x', Id: '0039z0000000009AAA' })).to.deep.equal({
      message: 'cannot specify Id in an insert call',
      errorCode: 'INVALID_FIELD_FOR_INSERT_UPDATE',
      fields: ['Id'],
    });
  });

  it('changes a field that is fixed after insert', async () => {
    const id = await client.create('TransactionJournal', journal({ UsageType: 'Loyalty' }));
    const { status, body } = await client.patch(`/sobjects/TransactionJournal/${id}`, { UsageType: 'Rebates' });
    expect(status).to.equal(400);
    expect(body[0]).to.deep.include({ errorCode: 'INVALID_FIELD_FOR_INSERT_UPDATE', fields: ['UsageType'] });
  });

  it('belongs to an object that callers cannot write', async () => {
    expect(await refusal('Profile', { Name: 'x' })).to.deep.equal({
      message: 'entity type cannot be inserted: Profile',
      errorCode: 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY',
      fields: [],
    });
  });

  it('has an invalid e-mail address', async () => {
    expect(await refusal('Contact', { LastName: 'x', Email: 'ada at example' })).to.deep.equal({
      message: 'Email: invalid email address: ada at example',
      errorCode: 'INVALID_EMAIL_ADDRESS',
      fields: ['Email'],
    });
  });

  it('has a number that is too large', async () => {
    expect(await refusal('TransactionJournal', journal({ TransactionAmount: 1e17 }))).to.deep.equal({
      message: 'Transaction Amount: value outside of valid range on numeric field: 100000000000000000',
      errorCode: 'NUMBER_OUTSIDE_VALID_RANGE',
      fields: ['TransactionAmount'],
    });
  });

  it('has a number that is too large after rounding', async () => {
    expect(await refusal('LoyaltyProgramMbrPromotion', { Share__c: 999.995 })).to.include({
      errorCode: 'NUMBER_OUTSIDE_VALID_RANGE',
    });
  });

  it('has a day that the platform does not support', async () => {
    expect(await refusal('TransactionJournal', journal({ BookingDate: '9999-12-31' }))).to.deep.equal({
      message: 'Booking Date: invalid date: Fri Dec 31 00:00:00 GMT 9999',
      errorCode: 'FIELD_INTEGRITY_EXCEPTION',
      fields: ['BookingDate'],
    });
    for (const ActivityDate of ['0001-01-01T00:00:00Z', '1699-12-31T23:59:59Z', '4000-12-31T00:00:01Z']) {
      expect(await refusal('TransactionJournal', journal({ ActivityDate }))).to.include({
        errorCode: 'FIELD_INTEGRITY_EXCEPTION',
      });
    }
  });

  const unreadable: [string, unknown, string][] = [
    ['TransactionAmount', 'abc', 'currency from VALUE_STRING value abc'],
    ['TransactionAmount', true, 'currency from VALUE_TRUE value true'],
    ['Quantity', {}, 'double from START_OBJECT value {'],
    ['ActivityDate', '2026-02-30T00:00:00Z', 'datetime from VALUE_STRING value 2026-02-30T00:00:00Z'],
    ['ActivityDate', '2026-04-03 08:00:00', 'datetime from VALUE_STRING value 2026-04-03 08:00:00'],
    ['ActivityDate', 1775203200000, 'datetime from VALUE_NUMBER_INT value 1775203200000'],
    ['InvoiceDate', '03.04.2026', 'date from VALUE_STRING value 03.04.2026'],
    ['InvoiceDate', '2026-04-03T00:00:00Z', 'date from VALUE_STRING value 2026-04-03T00:00:00Z'],
    ['InvoiceDate', '2026-04-03T23:00:00.000+0200', 'date from VALUE_STRING value 2026-04-03T23:00:00.000+0200'],
    ['IsParentTransaction', 'maybe', 'boolean from VALUE_STRING value maybe'],
    ['ExternalTransactionNumber', 12.5, 'string from VALUE_NUMBER_FLOAT value 12.5'],
    ['MemberId', [], 'string from START_ARRAY value ['],
  ];

  for (const [field, value, what] of unreadable) {
    it(`has ${JSON.stringify(value)} in ${field}`, async () => {
      const error = (await refusal('TransactionJournal', journal({ [field]: value }))) as Record<string, string>;
      expect(error['errorCode']).to.equal('JSON_PARSER_ERROR');
      expect(error).not.to.have.property('fields');
      const column = JSON.stringify(journal({ [field]: value })).indexOf(`"${field}"`) + `"${field}":`.length + 1;
      expect(error['message']).to.equal(
        `Cannot deserialize instance of ${what} or request may be missing a required field at [line:1, column:${column}]`,
      );
    });
  }
});

describe('A value', () => {
  let org: Emulator;
  let client: RestClient;

  before(async () => {
    org = await Emulator.start();
    client = new RestClient(org);
  });

  after(() => org.stop());

  const readBack = async (objectName: string, field: string, value: unknown): Promise<unknown> => {
    const required = { TransactionJournal: {}, Contact: { LastName: 'x' }, LoyaltyProgram: { Name: 'x' } }[objectName];
    const id = org.store.insert(objectName, { ...required, ...journalOf(org, objectName), [field]: value });
    return (await client.get(`/sobjects/${objectName}/${id}`)).body[field];
  };

  const cases: [string, string, unknown, unknown][] = [
    ['TransactionJournal', 'TransactionAmount', '12.345', 12.35],
    ['TransactionJournal', 'TransactionAmount', '-1e2', -100],
    ['TransactionJournal', 'TransactionAmount', 1.005, 1.01],
    ['TransactionJournal', 'ActivityDate', '2026-04-03T10:00:00+02:00', '2026-04-03T08:00:00.000+0000'],
    ['TransactionJournal', 'ActivityDate', '2026-04-03T10:00:00.999-0130', '2026-04-03T11:30:00.000+0000'],
    ['TransactionJournal', 'ActivityDate', '2026-04-03T10:00', '2026-04-03T10:00:00.000+0000'],
    ['TransactionJournal', 'ActivityDate', '2026-04-03', '2026-04-03T00:00:00.000+0000'],
    ['TransactionJournal', 'InvoiceDate', '2026-04-03Z', '2026-04-03'],
    ['TransactionJournal', 'IsParentTransaction', 'TRUE', true],
    ['TransactionJournal', 'IsParentTransaction', null, false],
    ['TransactionJournal', 'Status', 'processed', 'Processed'],
    ['TransactionJournal', 'Channel', 'Anything', 'Anything'],
    ['TransactionJournal', 'Brand', '', null],
    ['TransactionJournal', 'Brand', ' \t\n', null],
    ['TransactionJournal', 'Brand', '  Har bour\r\n', 'Har bour'],
    ['TransactionJournal', 'Brand', '\u00a0Harbour', '\u00a0Harbour'],
    ['TransactionJournal', 'Status', ' Processed ', 'Processed'],
    ['TransactionJournal', 'InvoiceDate', '1700-01-01', '1700-01-01'],
    ['TransactionJournal', 'InvoiceDate', '4000-12-31', '4000-12-31'],
    ['LoyaltyProgram', 'EscrowPeriod', '14', 14],
    ['Contact', 'FirstName', 'Zoë 🎉', 'Zoë 🎉'],
  ];

  for (const [objectName, field, given, read] of cases) {
    it(`${JSON.stringify(given)} of ${field} is read as ${JSON.stringify(read)}`, async () => {
      expect(await readBack(objectName, field, given)).to.equal(read);
    });
  }

  it('gets its default', async () => {
    const id = org.store.insert('TransactionJournal', journalOf(org, 'TransactionJournal'));
    expect(org.store.get('TransactionJournal', id)).to.include({ Status: 'Pending', IsParentTransaction: false });
  });
});

function journalOf(org: Emulator, objectName: string): Record<string, unknown> {
  if (objectName !== 'TransactionJournal') return {};
  const member = org.store.first('LoyaltyProgramMember', {})?.Id ?? seedProgram(org).memberId;
  return { MemberId: member, ActivityDate: '2026-04-03' };
}
