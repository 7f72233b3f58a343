import { expect } from 'chai';
import { sObjectByName } from '../../../src/contract/objects/index.js';
import { personContact } from '../../../src/contract/objects/personAccount.js';
import { Emulator } from '../../../src/emulator/index.js';
import { BulkJobs } from '../bulk/bulkJobs.js';
import { RestClient } from '../restClient.js';

type Values = Record<string, unknown>;
type Way = (org: Emulator, object: string, values: Values) => Promise<unknown>;

const part = (method: string, path: string, body?: unknown): Values => ({
  compositeRequest: [{ method, url: `/services/data/v66.0${path}`, referenceId: 'one', body }],
});

const ada = { FirstName: 'Ada', LastName: 'Nimbus', PersonEmail: 'ada@nimbus.example', Phone: '+15550100' };

/** Each takes another way to insert one record. */
const inserts: Record<string, Way> = {
  'a create': (org, object, values) => new RestClient(org).create(object, values),
  'a collection': (org, type, values) =>
    new RestClient(org).post('/composite/sobjects', { records: [{ attributes: { type }, ...values }] }),
  'a composite request': (org, object, values) =>
    new RestClient(org).post('/composite', part('POST', `/sobjects/${object}`, values)),
  'a tree': (org, type, values) =>
    new RestClient(org).post(`/composite/tree/${type}`, {
      records: [{ attributes: { type, referenceId: 'one' }, ...values }],
    }),
  'a bulk job': (org, object, values) => {
    const csv = `${Object.keys(values).join(',')}\n${Object.values(values).join(',')}\n`;
    return new BulkJobs(org).run(csv, { object, operation: 'insert', externalIdFieldName: undefined });
  },
};

const bulkJob = (org: Emulator, operation: string, object: string, id: string): Promise<unknown> =>
  new BulkJobs(org).run(`Id\n${id}\n`, { object, operation, externalIdFieldName: undefined });

/** Each takes another way to delete one record. */
const deletions: Record<string, (org: Emulator, object: string, id: string) => Promise<unknown>> = {
  'a delete': (org, object, id) => new RestClient(org).delete(`/sobjects/${object}/${id}`),
  'a collection': (org, _object, id) => new RestClient(org).delete(`/composite/sobjects?ids=${id}`),
  'a composite request': (org, object, id) =>
    new RestClient(org).post('/composite', part('DELETE', `/sobjects/${object}/${id}`)),
  'a graph': (org, object, id) =>
    new RestClient(org).post('/composite/graph', {
      graphs: [{ graphId: 'one', ...part('DELETE', `/sobjects/${object}/${id}`) }],
    }),
  'a bulk delete': (org, object, id) => bulkJob(org, 'delete', object, id),
  'a bulk hardDelete': (org, object, id) => bulkJob(org, 'hardDelete', object, id),
};

/** The person of a new org, with the contact behind it. */
async function withPerson(): Promise<{ org: Emulator; api: RestClient; accountId: string; contactId: string }> {
  const org = await Emulator.start();
  const api = new RestClient(org);
  const accountId = await api.create('Account', ada);
  return { org, api, accountId, contactId: String(org.store.get('Account', accountId)?.['PersonContactId']) };
}

describe('A person account and the contact behind it', () => {
  for (const [way, insert] of Object.entries(inserts)) {
    it(`come together by way of ${way}`, async () => {
      await using org = await Emulator.start();
      await insert(org, 'Account', ada);
      const [account] = org.store.find('Account', {});
      const [contact] = org.store.find('Contact', {});
      expect(account).to.include({ Name: 'Ada Nimbus', IsPersonAccount: true, PersonContactId: contact?.Id });
      expect(contact).to.include({ AccountId: account?.Id, IsPersonAccount: true, Name: 'Ada Nimbus' });
      expect(contact).to.include({ Email: 'ada@nimbus.example', Phone: '+15550100', OwnerId: account?.['OwnerId'] });
    });
  }

  for (const [way, remove] of Object.entries(deletions)) {
    it(`go together by way of ${way} of the account`, async () => {
      const { org, accountId, contactId } = await withPerson();
      await using _org = org;
      const stranger = org.store.insert('Contact', { LastName: 'Cirrus' });
      await remove(org, 'Account', accountId);
      expect(org.store.get('Account', accountId)).to.equal(undefined);
      expect(org.store.get('Contact', contactId)).to.equal(undefined);
      expect(org.store.get('Contact', stranger)).not.to.equal(undefined);
    });

    it(`stay when ${way} asks for the contact alone`, async () => {
      const { org, accountId, contactId } = await withPerson();
      await using _org = org;
      await remove(org, 'Contact', contactId);
      expect(org.store.get('Contact', contactId)).to.include({ AccountId: accountId });
      expect(org.store.get('Account', accountId)).to.include({ PersonContactId: contactId });
    });
  }

  it('say why a contact is not deleted alone', async () => {
    const { org, api, contactId } = await withPerson();
    await using _org = org;
    const { status, body } = await api.delete(`/sobjects/Contact/${contactId}`);
    expect([status, body[0].errorCode]).to.deep.equal([400, 'INSUFFICIENT_ACCESS_OR_READONLY']);
  });

  it('show the same values, whichever of the two is written, and the same times', async () => {
    const { org, api, accountId, contactId } = await withPerson();
    await using _org = org;
    await api.patch(`/sobjects/Account/${accountId}`, { PersonEmail: 'a@b.example', LastName: 'Lovelace' });
    expect(org.store.get('Contact', contactId)).to.include({ Email: 'a@b.example', Name: 'Ada Lovelace' });
    await api.patch(`/sobjects/Contact/${contactId}`, { Email: 'c@d.example', FirstName: 'Augusta' });
    const account = org.store.get('Account', accountId);
    expect(account).to.include({ PersonEmail: 'c@d.example', Name: 'Augusta Lovelace' });
    await api.patch(`/sobjects/Account/${accountId}`, { Site: 'Pier 4' });
    const stamps = [org.store.get('Account', accountId), org.store.get('Contact', contactId)];
    expect(new Set(stamps.map((row) => row?.['SystemModstamp'])).size).to.equal(1);
  });

  it('have every field of a person that the account has', () => {
    const { fields = {} } = sObjectByName('Account') ?? {};
    const own = Object.keys(fields).filter((name) => name.startsWith('Person') && fields[name]?.updateable);
    expect(own.filter((name) => !(name in personContact.fields))).to.deep.equal([]);
    const contact = sObjectByName('Contact')?.fields ?? {};
    expect(Object.values(personContact.fields).filter((name) => !(name in contact))).to.deep.equal([]);
  });

  it("have a team's own fields of contacts under two names, and a company has none of them", async () => {
    const text = { type: 'string', length: 20, createable: true, updateable: true } as const;
    const customFields = { Contact: { Shoe__c: text, Size__c: { ...text, required: true } } };
    await using org = await Emulator.start({ customFields });
    const api = new RestClient(org);
    const accountId = await api.create('Account', { ...ada, Shoe__pc: 'Boot', Size__pc: '38' });
    expect(org.store.first('Contact', {})).to.include({ Shoe__c: 'Boot', Size__c: '38' });
    await api.patch(`/sobjects/Contact/${org.store.first('Contact', {})?.Id}`, { Shoe__c: 'Clog' });
    expect(org.store.get('Account', accountId)).to.include({ Shoe__pc: 'Clog' });
    expect((await api.post('/sobjects/Account', ada)).body[0].errorCode).to.equal('REQUIRED_FIELD_MISSING');
    expect((await api.post('/sobjects/Account', { Name: 'Acme' })).status).to.equal(201);
    const wrong = await api.post('/sobjects/Account', { Name: 'Acme', Shoe__pc: 'Boot' });
    expect(wrong.body[0]).to.include({ errorCode: 'INVALID_FIELD_FOR_INSERT_UPDATE' });
  });

  it('refuse the fields of the other kind, and change nothing', async () => {
    const { org, api, accountId, contactId } = await withPerson();
    await using _org = org;
    const company = await api.create('Account', { Name: 'Acme' });
    const before = JSON.stringify([org.store.find('Account', {}), org.store.find('Contact', {})]);
    const refused = async (path: string, values: Values): Promise<string> => {
      const { status, body } = await api.send(path.split('/').length > 3 ? 'PATCH' : 'POST', path, values);
      return `${status} ${body[0]?.errorCode} ${body[0]?.fields}`;
    };
    const wrongField = '400 INVALID_FIELD_FOR_INSERT_UPDATE';
    expect(await refused(`/sobjects/Account/${company}`, { LastName: 'x' })).to.equal(`${wrongField} LastName`);
    expect(await refused('/sobjects/Account', { Name: 'x', PersonEmail: 'a@b.example' })).to.equal(
      `${wrongField} PersonEmail`,
    );
    expect(await refused('/sobjects/Account', { Name: 'x', LastName: 'y' })).to.equal(`${wrongField} Name`);
    expect(await refused(`/sobjects/Account/${accountId}`, { Name: 'x' })).to.equal(`${wrongField} Name`);
    expect(await refused(`/sobjects/Account/${accountId}`, { LastName: null })).to.equal(
      '400 REQUIRED_FIELD_MISSING LastName',
    );
    expect(await refused(`/sobjects/Contact/${contactId}`, { AccountId: company })).to.equal(`${wrongField} AccountId`);
    expect(await refused('/sobjects/Contact', { LastName: 'x', AccountId: accountId })).to.equal(
      '400 FIELD_INTEGRITY_EXCEPTION AccountId',
    );
    expect(JSON.stringify([org.store.find('Account', {}), org.store.find('Contact', {})])).to.equal(before);
  });

  it('leave a member who keeps the Id of the contact that is gone', async () => {
    const { org, accountId, contactId } = await withPerson();
    await using _org = org;
    const values = { MembershipNumber: 'WX-1', MemberStatus: 'Active', EnrollmentDate: '2026-02-14' };
    const member = org.store.insert('LoyaltyProgramMember', { ...values, ContactId: contactId });
    org.store.delete('Account', accountId);
    expect(org.store.get('LoyaltyProgramMember', member)).to.include({ ContactId: contactId });
  });
});

/** As a recorded describe of an org has them: what deleting the parent does to the child. */
const relations: Record<string, 'goes' | 'holds' | 'stays'> = {
  'Account Asset.AccountId': 'goes',
  'Account Contact.AccountId': 'goes',
  'Account Opportunity.AccountId': 'goes',
  'Account Case.AccountId': 'holds',
  'Account Account.ParentId': 'stays',
  'Contact Asset.ContactId': 'goes',
  'Contact Case.ContactId': 'holds',
  'Contact Contact.ReportsToId': 'stays',
  'Contact User.ContactId': 'holds',
};

describe('Records of a company and of its contacts', () => {
  for (const [relation, fate] of Object.entries(relations)) {
    it(`${relation}: the child ${fate}, and describe says so`, async () => {
      await using org = await Emulator.start();
      const api = new RestClient(org);
      const [parent = '', child = '', field = ''] = relation.split(/[ .]/);
      const { body } = await api.get(`/sobjects/${parent}/describe`);
      const described = body.childRelationships.find(
        (each: Values) => each['childSObject'] === child && each['field'] === field,
      );
      if (described || fate !== 'stays') {
        expect(described).to.include({ cascadeDelete: fate === 'goes', restrictedDelete: fate === 'holds' });
      }
      const needs: Record<string, Values> = {
        ...{ Account: { Name: 'Acme' }, Contact: { LastName: 'Nimbus' }, Asset: { Name: 'x' }, Case: {} },
        Opportunity: { Name: 'x', StageName: 'Prospecting', CloseDate: '2026-01-01' },
        User: org.store.first('User', {}) ?? {},
      };
      const parentId = org.store.insert(parent, needs[parent] ?? {});
      const userFields = ['Alias', 'Email', 'EmailEncodingKey', 'LanguageLocaleKey', 'LastName', 'LocaleSidKey'];
      const values =
        child === 'User'
          ? Object.fromEntries(
              [...userFields, 'ProfileId', 'TimeZoneSidKey'].map((name) => [name, needs['User']?.[name]]),
            )
          : needs[child];
      const name = child === 'User' ? { Username: 'other@loyalty.example' } : {};
      const childId = org.store.insert(child, { ...values, ...name, [field]: parentId });
      const { status } = await api.delete(`/sobjects/${parent}/${parentId}`);
      expect(status).to.equal(fate === 'holds' ? 400 : 204);
      expect(org.store.get(child, childId) === undefined).to.equal(fate === 'goes');
      expect(org.store.get(parent, parentId) === undefined).to.equal(fate !== 'holds');
    });
  }
});
