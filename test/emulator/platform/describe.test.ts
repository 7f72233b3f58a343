import { expect } from 'chai';
import { Emulator } from '../../../src/emulator/index.js';
import { RestClient, sourceKey } from '../restClient.js';

describe('Describe', () => {
  let org: Emulator;
  let client: RestClient;

  before(async () => {
    org = await Emulator.start({ customFields: sourceKey });
    client = new RestClient(org);
  });

  after(() => org.stop());

  interface Named {
    name: string;
  }
  const named = (list: Named[], name: string): Named | undefined => list.find((each) => each.name === name);

  it('lists the objects that the API version has', async () => {
    const { body } = await client.get('/sobjects');
    expect(body).to.include({ encoding: 'UTF-8', maxBatchSize: 200 });
    expect(named(body.sobjects as Named[], 'TransactionJournal')).to.deep.include({
      label: 'Transaction Journal',
      keyPrefix: '0lV',
      createable: true,
      queryable: true,
      custom: false,
      urls: {
        sobject: '/services/data/v66.0/sobjects/TransactionJournal',
        describe: '/services/data/v66.0/sobjects/TransactionJournal/describe',
        rowTemplate: '/services/data/v66.0/sobjects/TransactionJournal/{ID}',
      },
    });
    const old = await new RestClient(org, org.accessToken, 'v50.0').get('/sobjects');
    expect(named(old.body.sobjects as Named[], 'TransactionJournal')).to.equal(undefined);
    expect(named(old.body.sobjects as Named[], 'Account')).not.to.equal(undefined);
  });

  it('lists the fields, so that a client can check its key', async () => {
    const { body } = await client.get('/sobjects/transactionjournal/describe');
    const fields = body.fields as Named[];
    expect(named(fields, 'Src_Key__c')).to.include({
      ...{ type: 'string', label: 'Source Key', length: 40, byteLength: 120, soapType: 'xsd:string' },
      ...{ externalId: true, unique: true, idLookup: true, custom: true, createable: true, nillable: true },
    });
    expect(named(fields, 'ExternalTransactionNumber')).to.include({ externalId: false, unique: false, idLookup: true });
    expect(named(fields, 'MemberId')).to.deep.include({
      ...{ type: 'reference', length: 18, referenceTo: ['LoyaltyProgramMember'], relationshipName: 'Member' },
      ...{ nillable: false, polymorphicForeignKey: false },
    });
    expect(named(fields, 'ReferredPartyId')).to.deep.include({
      referenceTo: ['Account', 'Contact'],
      polymorphicForeignKey: true,
    });
    expect(named(fields, 'Name')).to.include({ autoNumber: true, nameField: true, createable: false });
    const member = (await client.get('/sobjects/LoyaltyProgramMember/describe')).body.fields as Named[];
    expect(named(member, 'MembershipNumber')).to.include({ nameField: true, idLookup: true });
    expect(named(fields, 'TransactionAmount')).to.include({
      type: 'currency',
      precision: 18,
      scale: 2,
      groupable: false,
    });
    const status = named(fields, 'Status') as unknown as { picklistValues: unknown[] };
    expect(status).to.include({ restrictedPicklist: true, defaultValue: 'Pending', defaultedOnCreate: true });
    expect(status.picklistValues[0]).to.deep.equal({
      ...{ value: 'Pending', label: 'Pending', active: true, defaultValue: true, validFor: null },
    });
    expect(body.childRelationships[0]).to.have.keys(
      ...['childSObject', 'field', 'relationshipName', 'cascadeDelete', 'restrictedDelete', 'deprecatedAndHidden'],
      ...['junctionIdListNames', 'junctionReferenceTo'],
    );
  });

  it('leaves out fields that are newer than the API version', async () => {
    const describe = async (version: string): Promise<Named[]> => {
      const { body } = await new RestClient(org, org.accessToken, version).get('/sobjects/TransactionJournal/describe');
      return body.fields as Named[];
    };
    expect(named(await describe('v65.0'), 'CouponId')).to.equal(undefined);
    expect(named(await describe('v66.0'), 'CouponId')).not.to.equal(undefined);
  });

  it('gives a summary of one object', async () => {
    const { body } = await client.get('/sobjects/LoyaltyProgram');
    expect(body).to.have.keys('objectDescribe', 'recentItems');
    expect(body.objectDescribe).to.include({ name: 'LoyaltyProgram' });
  });

  it('answers 304 to a client that already knows the description', async () => {
    const { headers } = await client.get('/sobjects/Account/describe');
    const since = headers.get('last-modified') ?? '';
    const again = await client.get('/sobjects/Account/describe', { 'If-Modified-Since': since });
    expect({ status: again.status, body: again.body }).to.deep.equal({ status: 304, body: '' });
    const older = { 'If-Modified-Since': new Date(0).toUTCString() };
    expect((await client.get('/sobjects/Account/describe', older)).status).to.equal(200);
  });

  it('answers 404 for unknown objects', async () => {
    expect((await client.get('/sobjects/Nothing/describe')).status).to.equal(404);
  });
});
