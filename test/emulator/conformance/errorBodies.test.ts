import { expect } from 'chai';
import { Emulator } from '../../../src/emulator/index.js';
import { RestClient, seedProgram, sourceKey } from '../restClient.js';
import type { Answer, ExampleProgram } from '../restClient.js';

/**
 * Every error body that the platform contract lists, whole: status, code, text, and whether there are `fields`. Only of
 * the local org, because they are of loyalty objects and some need the org to be set up for them.
 */
describe('Conformance: error bodies', () => {
  let org: Emulator;
  let client: RestClient;
  let program: ExampleProgram;

  before(async () => {
    org = await Emulator.start({ customFields: sourceKey });
    client = new RestClient(org);
    program = seedProgram(org);
  });

  after(() => org.stop());

  const create = (values: Record<string, unknown>): Promise<Answer> =>
    client.post('/sobjects/TransactionJournal', {
      ...{ MemberId: program.memberId, ActivityDate: '2026-04-03T08:00:00Z' },
      ...values,
    });
  const text = 'x'.repeat(256);

  /** What is sent → the body that comes. */
  const bodies: [code: string, values: () => Record<string, unknown>, error: () => Record<string, unknown>][] = [
    [
      'REQUIRED_FIELD_MISSING',
      () => ({ ActivityDate: null }),
      () => ({ message: 'Required fields are missing: [ActivityDate]', fields: ['ActivityDate'] }),
    ],
    [
      'STRING_TOO_LONG',
      () => ({ ExternalTransactionNumber: text }),
      () => ({
        message: `External Transaction Number: data value too large: ${text} (max length=255)`,
        fields: ['ExternalTransactionNumber'],
      }),
    ],
    [
      'DUPLICATE_VALUE',
      () => ({ Src_Key__c: 'till9-1' }),
      () => {
        const id = org.store.first('TransactionJournal', { Src_Key__c: 'till9-1' })?.Id ?? '';
        const message = `duplicate value found: Src_Key__c duplicates value on record with id: ${id.slice(0, 15)}`;
        return { message, fields: [] };
      },
    ],
    [
      'INVALID_FIELD',
      () => ({ Foo: 1 }),
      () => ({ message: "No such column 'Foo' on sobject of type TransactionJournal" }),
    ],
    [
      'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
      () => ({ Status: 'Pendin' }),
      () => ({ message: 'Status: bad value for restricted picklist field: Pendin', fields: ['Status'] }),
    ],
    [
      'FIELD_INTEGRITY_EXCEPTION',
      () => ({ MemberId: '0019z0000000001AAA' }),
      () => ({ message: 'Member ID: id value of incorrect type: 0019z0000000001AAA', fields: ['MemberId'] }),
    ],
    [
      'MALFORMED_ID',
      () => ({ MemberId: 'M-77' }),
      () => ({ message: 'Member ID: id value of incorrect type: M-77', fields: ['MemberId'] }),
    ],
    [
      'INVALID_CROSS_REFERENCE_KEY',
      () => ({ MemberId: '0lM9z0000zzzzzzAAA' }),
      () => ({ message: 'invalid cross reference id', fields: [] }),
    ],
  ];

  for (const [errorCode, values, error] of bodies) {
    it(errorCode, async () => {
      if (errorCode === 'DUPLICATE_VALUE') await create(values());
      const { status, body } = await create(values());
      expect(status).to.equal(400);
      expect(body).to.deep.equal([{ errorCode, ...error() }]);
    });
  }

  it('JSON_PARSER_ERROR', async () => {
    const { status, body } = await client.post('/sobjects/TransactionJournal', '{"Quantity":"abc"}');
    expect(status).to.equal(400);
    expect(body).to.deep.equal([
      {
        message:
          'Cannot deserialize instance of double from VALUE_STRING value abc or request may be missing a required field at [line:1, column:13]',
        errorCode: 'JSON_PARSER_ERROR',
      },
    ]);
  });

  it('DUPLICATES_DETECTED, with a fault, because there are no duplicate rules here', async () => {
    const error = { message: 'Use one of these records?', errorCode: 'DUPLICATES_DETECTED', fields: [] };
    org.faults.add({ fault: 'error', status: 400, body: [error], count: 1, match: { path: '/sobjects/Contact' } });
    const contacts = org.store.count('Contact');
    const { status, body } = await client.post('/sobjects/Contact', { LastName: 'Nimbus' });
    expect(status).to.equal(400);
    expect(body).to.deep.equal([error]);
    expect(org.store.count('Contact')).to.equal(contacts);
  });

  it('REQUEST_LIMIT_EXCEEDED', async () => {
    const { max } = org.usage;
    org.usage.max = 0;
    const { status, body } = await client.get('/limits');
    org.usage.max = max;
    expect(status).to.equal(403);
    expect(body).to.deep.equal([{ message: 'TotalRequests Limit exceeded.', errorCode: 'REQUEST_LIMIT_EXCEEDED' }]);
  });

  it('UNABLE_TO_LOCK_ROW', async () => {
    org.locks.wait = 20;
    const held = org.locks.hold([program.memberId]);
    const { status, body } = await client.patch(`/sobjects/LoyaltyProgramMember/${program.memberId}`, {
      GroupName: 'x',
    });
    held.release();
    expect(status).to.equal(400);
    expect(body[0].errorCode).to.equal('UNABLE_TO_LOCK_ROW');
    expect(body[0].message).to.match(/^unable to obtain exclusive access to this record/);
  });
});
