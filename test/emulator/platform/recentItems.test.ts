import { expect } from 'chai';
import { Connection } from 'jsforce';
import { Emulator } from '../../../src/emulator/index.js';
import { RestClient } from '../restClient.js';

describe('Recent items', () => {
  let now = Date.parse('2026-04-03T08:00:00Z');
  let org: Emulator;
  let client: RestClient;
  let connection: Connection;

  before(async () => {
    org = await Emulator.start({ clock: { now: () => now, sleep: () => Promise.resolve() } });
    client = new RestClient(org);
    connection = new Connection({ instanceUrl: org.url, accessToken: org.accessToken, version: '66.0' });
    for (const Name of ['Acme', 'Pier', 'Quay']) org.store.insert('Account', { Name });
    org.store.insert('Contact', { FirstName: 'Ada', LastName: 'Nimbus' });
  });

  after(() => org.stop());

  const view = async (condition: string, use = 'VIEW'): Promise<void> => {
    now += 1000;
    expect((await client.query(`SELECT Id FROM ${condition} FOR ${use}`)).status).to.equal(200);
  };

  it('are empty in a new org: records are not viewed by writing them', async () => {
    expect(await connection.recent()).to.deep.equal([]);
    expect(await connection.sobject('Account').recent()).to.deep.equal([]);
  });

  it('are what queries say that the user viewed, the latest first', async () => {
    await view("Account WHERE Name = 'Acme'");
    await view('Contact');
    await view("Account WHERE Name = 'Quay'", 'REFERENCE');
    const all = await connection.recent();
    expect(all.map((record) => record['Name'] as string)).to.deep.equal(['Quay', 'Ada Nimbus', 'Acme']);
    expect(all[0]?.attributes).to.include({ type: 'Account' });
    expect((await connection.recent(2)).length).to.equal(2);
    const accounts = await connection.sobject('Account').recent();
    expect(accounts.map((record) => record['Name'] as string)).to.deep.equal(['Quay', 'Acme']);
  });

  it('can be queried, with the time', async () => {
    const soql = 'SELECT Id, Name, Type, LastViewedDate, LastReferencedDate FROM RecentlyViewed';
    const { body } = await client.query(`${soql} ORDER BY LastViewedDate DESC NULLS LAST`);
    const rows = body.records.map((row: Record<string, unknown>) => [row['Name'], row['Type'], row['LastViewedDate']]);
    expect(rows).to.deep.equal([
      ['Ada Nimbus', 'Contact', '2026-04-03T08:00:02.000+0000'],
      ['Acme', 'Account', '2026-04-03T08:00:01.000+0000'],
      ['Quay', 'Account', null],
    ]);
  });

  it('leave out what is deleted, and are those of the calling user', async () => {
    const [contact] = org.store.find('Contact', {});
    org.store.delete('Contact', contact?.Id ?? '');
    expect((await connection.recent()).map((record) => record['Name'] as string)).to.deep.equal(['Quay', 'Acme']);
    const form = 'grant_type=password&client_id=a&client_secret=b&username=other@example.com&password=x';
    const login = await fetch(`${org.url}/services/oauth2/token`, {
      ...{ method: 'POST', body: new URLSearchParams(form) },
    });
    const { access_token: token } = (await login.json()) as { access_token: string };
    expect((await new RestClient(org, token).get('/recent')).body).to.deep.equal([]);
  });
});
