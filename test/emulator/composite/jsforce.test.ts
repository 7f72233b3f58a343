import { Connection } from 'jsforce';
import { expect } from 'chai';
import { Emulator } from '../../../src/emulator/index.js';
import { seedProgram, sourceKey } from '../restClient.js';

/** What the client sends is its own affair: these tests only use it. */
describe('jsforce with many records', () => {
  let org: Emulator;
  let connection: Connection;

  beforeEach(async () => {
    org = await Emulator.start({ customFields: sourceKey });
    connection = new Connection({ instanceUrl: org.url, accessToken: org.accessToken, version: '66.0' });
  });

  afterEach(() => org.stop());

  const collections = (method: 'DELETE' | 'PATCH' | 'POST', rest = ''): number =>
    org.requests.count(method, `/services/data/:version/composite/sobjects${rest}`);

  it('creates, updates, retrieves and destroys', async () => {
    const accounts = connection.sobject('Account');
    const created = await accounts.create([{ Name: 'a' }, { Name: 'b' }, {}]);
    expect(created.map(({ success }) => success)).to.deep.equal([true, true, false]);
    expect(created[2]?.errors[0]).to.deep.include({ statusCode: 'REQUIRED_FIELD_MISSING', fields: ['Name'] });
    const ids = created.slice(0, 2).map(({ id }) => id ?? '');
    const updated = await accounts.update(ids.map((Id, index) => ({ Id, Name: `new ${index}` })));
    expect(updated).to.deep.equal(ids.map((id) => ({ id, success: true, errors: [] })));
    const read = await accounts.retrieve([...ids, '0019z0000zzzzzzAAA']);
    expect(read.map((record) => (record as { Name?: string } | null)?.Name)).to.deep.equal([
      'new 0',
      'new 1',
      undefined,
    ]);
    expect(read[2]).to.equal(null);
    const destroyed = await accounts.destroy(ids);
    expect(destroyed).to.deep.equal(ids.map((id) => ({ id, success: true, errors: [] })));
    expect(org.store.count('Account')).to.equal(0);
    expect([collections('POST'), collections('PATCH'), collections('DELETE')]).to.deep.equal([1, 1, 1]);
  });

  it('upserts by a key', async () => {
    const { memberId: MemberId } = seedProgram(org);
    const journals = ['k-1', 'k-2'].map((Src_Key__c) => ({
      Src_Key__c,
      MemberId,
      ActivityDate: '2026-04-03T08:00:00Z',
    }));
    const upsert = async (records: typeof journals): Promise<unknown[]> => {
      const results = await connection.sobject('TransactionJournal').upsert(records, 'Src_Key__c');
      return results.map((result) => 'created' in result && result.created);
    };
    expect(await upsert(journals.slice(0, 1).concat(journals.slice(1)))).to.deep.equal([true, true]);
    expect(await upsert(journals)).to.deep.equal([false, false]);
    expect(org.store.count('TransactionJournal')).to.equal(2);
    expect(collections('PATCH', '/:object/:key')).to.equal(2);
  });

  it('rolls back all rows with allOrNone', async () => {
    const created = await connection.sobject('Account').create([{ Name: 'a' }, {}], { allOrNone: true });
    expect(created[0]?.errors[0]).to.include({ statusCode: 'ALL_OR_NONE_OPERATION_ROLLED_BACK' });
    expect(org.store.count('Account')).to.equal(0);
  });

  it('sends more than 200 records in parts', async () => {
    const many = Array.from({ length: 450 }, (_, index) => ({ LastName: `c-${index}` }));
    const created = await connection.sobject('Contact').create(many, { allowRecursive: true });
    expect(created.every(({ success }) => success)).to.equal(true);
    expect(org.store.count('Contact')).to.equal(450);
    expect(collections('POST')).to.equal(3);
  });

  it('reads codes of a refused request', async () => {
    const path = '/services/data/v66.0/composite/sobjects/Account/Phone';
    const error = await connection.request({ method: 'PATCH', url: path, body: '{"records":[]}' }).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).to.include({ errorCode: 'NOT_FOUND' });
  });

  it('sends a composite request', async () => {
    const base = '/services/data/v66.0/sobjects';
    const { compositeResponse } = await connection.requestPost<{ compositeResponse: { httpStatusCode: number }[] }>(
      '/composite',
      {
        allOrNone: true,
        compositeRequest: [
          { method: 'POST', url: `${base}/Account`, referenceId: 'account', body: { Name: 'Acme' } },
          {
            ...{ method: 'POST', url: `${base}/Contact`, referenceId: 'contact' },
            body: { LastName: 'Nimbus', AccountId: '@{account.id}' },
          },
        ],
      },
    );
    expect(compositeResponse.map(({ httpStatusCode }) => httpStatusCode)).to.deep.equal([201, 201]);
    expect(org.store.first('Contact', {})).to.include({ AccountId: org.store.first('Account', {})?.Id });
  });
});
