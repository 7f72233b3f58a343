import { expect } from 'chai';
import { Connection } from 'jsforce';
import { Emulator } from '../../../src/emulator/index.js';
import { RestClient } from '../restClient.js';

interface Cell {
  readonly fieldNameOrPath: string;
  readonly value: string | null;
}

describe('List views', () => {
  let org: Emulator;
  let client: RestClient;
  let connection: Connection;

  before(async () => {
    const clock = { now: () => Date.parse('2026-08-01T21:15:46Z'), sleep: () => Promise.resolve() };
    org = await Emulator.start({ clock });
    client = new RestClient(org);
    connection = new Connection({ instanceUrl: org.url, accessToken: org.accessToken, version: '66.0' });
    for (const [index, name] of ['Pier 2', 'pier 1', 'Quay'].entries()) {
      org.store.insert('Account', { Name: name, NumberOfEmployees: index });
    }
  });

  after(() => org.stop());

  const view = async (): Promise<{ id: string; url: string; developerName: string; label: string }> =>
    (await client.get('/sobjects/Account/listviews')).body.listviews[0];

  it('are one for each object, which is also the one that was opened last', async () => {
    const { body } = await client.get('/sobjects/Account/listviews');
    expect(body).to.include({ done: true, size: 1, nextRecordsUrl: null, sobjectType: 'Account' });
    const [all] = body.listviews;
    expect(all).to.include({ developerName: 'AllAccounts', label: 'All Accounts', soqlCompatible: true });
    expect(all.url).to.equal(`/services/data/v66.0/sobjects/Account/listviews/${all.id}`);
    expect((await client.get(all.url)).body).to.deep.equal(all);
    expect((await client.get('/sobjects/Account/listviews/recent')).body).to.deep.equal(body);
  });

  it('have columns and a query that the org runs', async () => {
    const described = (await connection
      .sobject('Account')
      .listview((await view()).id)
      .describe()) as {
      id: string;
      query: string;
      columns: { fieldNameOrPath: string; hidden: boolean; sortIndex: number | null }[];
    };
    expect(described.id).to.equal((await view()).id.slice(0, 15));
    expect(described.columns[0]).to.include({ fieldNameOrPath: 'Name', hidden: false, sortIndex: 0 });
    expect(described.columns.filter(({ hidden }) => hidden).map((each) => each.fieldNameOrPath)).to.deep.equal([
      ...['Id', 'CreatedDate', 'LastModifiedDate', 'SystemModstamp'],
    ]);
    expect((await client.query(described.query)).body.totalSize).to.equal(3);
  });

  it('have results as texts, in pages', async () => {
    const results = `${(await view()).url}/results`;
    const { body } = await client.get(`${results}?limit=2`);
    expect(body).to.include({ developerName: 'AllAccounts', label: 'All Accounts', done: false, size: 2 });
    const rows = body.records.map(({ columns }: { columns: Cell[] }) =>
      Object.fromEntries(columns.map(({ fieldNameOrPath, value }) => [fieldNameOrPath, value])),
    );
    expect(rows[0]).to.include({ Name: 'pier 1', CreatedDate: 'Sat Aug 01 21:15:46 GMT 2026' });
    const rest = await client.get(`${results}?limit=2&offset=2`);
    expect([rest.body.done, rest.body.size]).to.deep.equal([true, 1]);
    expect((await client.get(`${results}?limit=2001`)).status).to.equal(400);
  });

  it('can be queried and explained', async () => {
    const { body } = await client.query("SELECT Id, DeveloperName FROM ListView WHERE SobjectType = 'Account'");
    const { id } = await view();
    expect(body.records[0]).to.include({ Id: id, DeveloperName: 'AllAccounts' });
    const plans = (await client.get(`/query?explain=${id}`)).body.plans;
    expect(plans[0]).to.include({ cardinality: 3, sobjectType: 'Account' });
  });

  it('of other objects, and those that do not exist, are not found', async () => {
    const { id } = await view();
    for (const path of [`Contact/listviews/${id}`, 'Account/listviews/nonsense', 'Organization/listviews']) {
      expect((await client.get(`/sobjects/${path}`)).status, path).to.equal(404);
    }
  });
});
