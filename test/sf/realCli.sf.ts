import { expect } from 'chai';
import { generateKeyPairSync } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Emulator } from '../../src/emulator/index.js';
import { SalesforceCli } from './salesforceCli.js';
import type { SfAnswer } from './salesforceCli.js';

const local = ['--target-org', 'local'];

/** Not the requests of the CLI, but the CLI. It is no dependency: install it, or name one by SF_BIN. */
describe('The real sf CLI', () => {
  let org: Emulator;
  let sf: SalesforceCli;

  before(async () => {
    org = await Emulator.start({ strictAuth: true });
    sf = await SalesforceCli.create();
    const token = { SF_ACCESS_TOKEN: org.accessToken };
    const login = ['--instance-url', org.url, '--no-prompt', '--alias', 'local'];
    done(await sf.run('org login access-token', login, token));
  });

  after(async () => {
    await sf[Symbol.asyncDispose]();
    await org.stop();
  });

  /** The result of a command that did what it was asked to. */
  function done({ status, result, message }: SfAnswer): SfAnswer['result'] {
    expect(status, message).to.equal(0);
    return result;
  }

  async function run(words: string, args: readonly string[] = []): Promise<SfAnswer['result']> {
    return done(await sf.run(words, [...args, ...local]));
  }

  const accounts = (): unknown[] => org.store.find('Account', {}).map((row) => row['Name']);

  it('is logged in by a token, and knows the org', async () => {
    // The CLI keeps the address as it was typed, with a slash more.
    expect(await run('org display')).to.include({ connectedStatus: 'Connected', instanceUrl: `${org.url}/` });
    expect((await run('org display user')).username).to.match(/@/);
    const { nonScratchOrgs } = done(await sf.run('org list'));
    expect(nonScratchOrgs[0]).to.include({ alias: 'local', connectedStatus: 'Connected' });
  });

  it('logs in by JWT, and out', async () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    // In a home of its own: the CLI knows one login for a user name.
    await using other = await SalesforceCli.create();
    const key = await other.file('server.key', privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
    const { username } = await run('org display user');
    const app = ['--client-id', 'an-app', '--jwt-key-file', key, '--username', username];
    const login = await other.run('org login jwt', [...app, '--instance-url', org.url, '--alias', 'ci']);
    expect(done(login)).to.include({ username, instanceUrl: org.url });
    done(await other.run('org logout', ['--target-org', 'ci', '--no-prompt']));
  });

  it('reads limits, counts, objects and fields', async () => {
    const limits = (await run('org list limits')) as { name: string; remaining: number }[];
    expect(limits.find(({ name }) => name === 'DailyApiRequests')?.remaining).to.be.greaterThan(0);
    const [counted] = await run('org list sobject record-counts', ['--sobject', 'User']);
    expect(counted).to.include({ name: 'User' });
    expect(await run('sobject list')).to.include('LoyaltyProgramMember');
    const { keyPrefix, fields } = await run('sobject describe', ['--sobject', 'LoyaltyProgramMember']);
    expect(keyPrefix).to.equal('0lM');
    expect(fields).to.be.an('array').with.length.greaterThan(20);
  });

  it('creates, reads, changes and deletes a record', async () => {
    const one = ['--sobject', 'Account'];
    const { id } = await run('data create record', [...one, '--values', 'Name="Pier 4" NumberOfEmployees=5']);
    await run('data update record', [...one, '--record-id', id, '--values', "Name='Pier 5'"]);
    const found = await run('data get record', [...one, '--where', "Name='Pier 5'"]);
    expect(found).to.include({ Id: id, NumberOfEmployees: 5 });
    await run('data delete record', [...one, '--record-id', id]);
    expect(accounts()).to.deep.equal([]);
    const refused = await sf.run('data create record', [...one, '--values', 'Phone=5', ...local]);
    expect(refused.status).to.equal(1);
    expect(refused.message).to.include('Required fields are missing: [Name]');
  });

  it('queries, over several pages', async () => {
    for (let index = 0; index < 2500; index++) org.store.insert('Contact', { LastName: `Contact ${index}` });
    const { totalSize, records } = await run('data query', ['--query', 'SELECT Id, LastName FROM Contact']);
    expect([totalSize, records.length]).to.deep.equal([2500, 2500]);
    const [row] = (await run('data query', ['--query', 'SELECT COUNT(Id) many FROM Contact'])).records;
    expect(row.many).to.equal(2500);
  });

  it('imports, upserts, exports and deletes in bulk', async () => {
    const wait = ['--sobject', 'Account', '--wait', '5'];
    const file = await sf.file('accounts.csv', 'Name,Phone\nBulk 1,Pier\nBulk 2,"Quay, north"\n');
    const imported = await run('data import bulk', [...wait, '--file', file, '--line-ending', 'LF']);
    expect(imported).to.include({ processedRecords: 2, successfulRecords: 2 });

    const out = await sf.file('out.csv', '');
    const query = ['--query', 'SELECT Id, Name, Phone FROM Account ORDER BY Name', '--output-file', out];
    await run('data export bulk', [...query, '--wait', '5', '--result-format', 'csv']);
    const csv = await readFile(out, 'utf8');
    expect(csv)
      .to.match(/^"?Id"?,"?Name"?,"?Phone"?\n/)
      .and.to.include('"Quay, north"');

    const renamed = await sf.file('renamed.csv', csv.replaceAll('Bulk ', 'Bulk No. '));
    const upsert = [...wait, '--file', renamed, '--external-id', 'Id', '--line-ending', 'LF'];
    expect((await run('data upsert bulk', upsert)).records.successfulResults).to.have.length(2);
    expect(accounts().toSorted()).to.deep.equal(['Bulk No. 1', 'Bulk No. 2']);

    const ids = org.store.find('Account', {}).map(({ Id }) => Id);
    const gone = await sf.file('gone.csv', `Id\n${ids.join('\n')}\n`);
    await run('data delete bulk', [...wait, '--file', gone, '--line-ending', 'LF']);
    expect(accounts()).to.deep.equal([]);
  });

  it('moves a tree of records', async () => {
    const account = org.store.insert('Account', { Name: 'Trunk' });
    org.store.insert('Contact', { LastName: 'Branch', AccountId: account });
    const query = "SELECT Name, (SELECT LastName FROM Contacts) FROM Account WHERE Name = 'Trunk'";
    const folder = dirname(await sf.file('tree.txt', ''));
    await run('data export tree', ['--query', query, '--output-dir', folder]);
    const imported = await run('data import tree', ['--files', join(folder, 'Account-Contact.json')]);
    expect(imported).to.have.length(2);
    expect(accounts()).to.deep.equal(['Trunk', 'Trunk']);
  });

  it('assigns a permission set and its license, and says what an org says the second time', async () => {
    org.store.insert('PermissionSet', { Name: 'Loyalty_Clerk', Label: 'Loyalty Clerk' });
    const assign = ['--name', 'Loyalty_Clerk'];
    expect((await run('org assign permset', assign)).successes).to.have.length(1);
    const again = await sf.run('org assign permset', [...assign, ...local]);
    expect(again.result.failures[0].message).to.match(/^Duplicate PermissionSetAssignment/);
    const license = ['--name', 'LoyaltyManagementPsl'];
    expect((await run('org assign permsetlicense', license)).successes).to.have.length(1);
    expect((await run('org assign permsetlicense', license)).successes).to.have.length(1);
  });

  it('searches, uploads a file, and asks for objects as records', async () => {
    const id = org.store.insert('Account', { Name: 'Lighthouse' });
    const found = await run('data search', ['--query', 'FIND {lighthouse} IN NAME FIELDS RETURNING Account(Id, Name)']);
    expect(found.searchRecords[0]).to.include({ Id: id, Name: 'Lighthouse' });
    const file = await sf.file('receipt.txt', 'a receipt');
    await run('data create file', ['--file', file, '--parent-id', id]);
    const [version] = org.store.find('ContentVersion', {});
    expect(version).to.include({ Title: 'receipt', ContentSize: 9, IsLatest: true });
    expect(org.store.count('ContentDocumentLink', { LinkedEntityId: id })).to.equal(1);
    const soql = "SELECT QualifiedApiName FROM EntityDefinition WHERE QualifiedApiName = 'Voucher'";
    expect((await run('data query', ['--use-tooling-api', '--query', soql])).totalSize).to.equal(1);
  });

  it('sends a request of its own', async () => {
    const answer = await sf.text(['api', 'request', 'rest', '/services/data/v66.0/limits', ...local]);
    expect(JSON.parse(answer)).to.include.keys('DailyApiRequests');
  });
});
