import { expect } from 'chai';
import { Connection } from 'jsforce';
import { Emulator } from '../../../src/emulator/index.js';
import { RestClient } from '../restClient.js';

interface Rows {
  readonly totalSize: number;
  readonly done: boolean;
  readonly nextRecordsUrl?: string;
  readonly records: Record<string, unknown>[];
}

describe('Sub-queries over HTTP', () => {
  let org: Emulator;
  let client: RestClient;
  let parent: string;

  before(async () => {
    org = await Emulator.start();
    client = new RestClient(org);
    parent = org.store.insert('Account', { Name: 'Trunk' });
    org.store.insert('Account', { Name: 'Alone' });
    for (const branch of ['Branch 1', 'Branch 2']) {
      const account = org.store.insert('Account', { Name: branch, ParentId: parent });
      for (const leaf of ['a', 'b']) org.store.insert('Contact', { LastName: `${branch} ${leaf}`, AccountId: account });
    }
    for (let index = 0; index < 450; index++) {
      org.store.insert('Contact', { LastName: String(index).padStart(3, '0'), AccountId: parent });
    }
  });

  after(() => org.stop());

  const children = (row: Record<string, unknown> | undefined, name: string): Rows => row?.[name] as Rows;
  const nest = (depth: number): string => (depth === 0 ? '' : `, (SELECT Id${nest(depth - 1)} FROM ChildAccounts)`);

  it('may have sub-queries, whose rows are below each record', async () => {
    const contacts = '(SELECT LastName FROM Contacts ORDER BY LastName LIMIT 1)';
    const soql = `SELECT Name, (SELECT Name, ${contacts} FROM ChildAccounts ORDER BY Name) FROM Account WHERE Name = 'Trunk'`;
    const [trunk] = (await client.query(soql)).body.records as Record<string, unknown>[];
    const branches = children(trunk, 'ChildAccounts').records;
    expect(branches.map(({ Name }) => Name)).to.deep.equal(['Branch 1', 'Branch 2']);
    const leaves = branches.map((branch) => children(branch, 'Contacts').records.map(({ LastName }) => LastName));
    expect(leaves).to.deep.equal([['Branch 1 a'], ['Branch 2 a']]);
  });

  it('go to the fifth level, since API 58', async () => {
    expect((await client.query(`SELECT Id${nest(4)} FROM Account`)).status).to.equal(200);
    expect((await client.query(`SELECT Id${nest(5)} FROM Account`)).body[0].errorCode).to.equal('MALFORMED_QUERY');
    const old = new RestClient(org, org.accessToken, 'v57.0');
    expect((await old.query(`SELECT Id${nest(2)} FROM Account`)).body[0].errorCode).to.equal('MALFORMED_QUERY');
    expect((await old.query(`SELECT Id${nest(1)} FROM Account`)).status).to.equal(200);
  });

  it('have pages of their own', async () => {
    const soql = "SELECT Id, (SELECT LastName FROM Contacts ORDER BY LastName) FROM Account WHERE Name = 'Trunk'";
    const { body } = await client.query(soql, { 'sforce-query-options': 'batchSize=200' });
    expect(body).to.include({ totalSize: 1, done: true });
    let page = children(body.records[0], 'Contacts');
    expect([page.totalSize, page.done, page.records.length]).to.deep.equal([450, false, 200]);
    const names = page.records.map(({ LastName }) => LastName);
    while (page.nextRecordsUrl !== undefined) {
      page = (await client.get(page.nextRecordsUrl)).body as Rows;
      expect(page.totalSize).to.equal(450);
      names.push(...page.records.map(({ LastName }) => LastName));
    }
    expect(names).to.deep.equal(Array.from({ length: 450 }, (_, index) => String(index).padStart(3, '0')));
  });

  it('are read by jsforce to their end', async () => {
    const connection = new Connection({ instanceUrl: org.url, accessToken: org.accessToken, version: '66.0' });
    for (let index = 0; index < 1600; index++) org.store.insert('Contact', { LastName: 'More', AccountId: parent });
    const soql = "SELECT Id, (SELECT Id FROM Contacts) FROM Account WHERE Name = 'Trunk'";
    const { records } = await connection.query(soql, { autoFetch: true, maxFetch: 10_000 });
    expect((records[0] as unknown as { Contacts: Rows }).Contacts.records).to.have.length(2050);
  });
});
