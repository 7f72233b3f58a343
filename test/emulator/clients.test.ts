import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Org } from '@salesforce/core';
import type { Connection as CoreConnection } from '@salesforce/core';
import { Connection } from 'jsforce';
import { expect } from 'chai';
import { Emulator } from '../../src/emulator/index.js';
import { seedProgram, sourceKey } from './restClient.js';

/** What a client sends and reads is its own affair: these tests only use the client. */
describe('@salesforce/core', () => {
  const names = ['HOME', 'USERPROFILE', 'SF_ORG_INSTANCE_URL', 'SF_USE_GENERIC_UNIX_KEYCHAIN', 'SF_DISABLE_LOG_FILE'];
  const before_ = Object.fromEntries(names.map((name) => [name, process.env[name]]));
  let home: string;
  let org: Emulator;
  let connection: CoreConnection;

  before(async () => {
    home = await mkdtemp(join(tmpdir(), 'loyalty-home-'));
    org = await Emulator.start();
    Object.assign(process.env, {
      ...{ HOME: home, USERPROFILE: home, SF_ORG_INSTANCE_URL: org.url },
      ...{ SF_USE_GENERIC_UNIX_KEYCHAIN: 'true', SF_DISABLE_LOG_FILE: 'true' },
    });
    connection = (await Org.create({ aliasOrUsername: org.accessToken })).getConnection();
  });

  after(async () => {
    for (const name of names) {
      // eslint-disable-next-line @typescript-eslint/no-dynamic-delete
      if (before_[name] === undefined) delete process.env[name];
      else process.env[name] = before_[name];
    }
    await org.stop();
    await rm(home, { recursive: true });
  });

  it('connects with a token and uses the newest version', () => {
    expect(connection.getApiVersion()).to.equal('68.0');
    expect(connection.instanceUrl).to.equal(org.url);
  });

  it('writes and queries', async () => {
    const { id } = await connection.sobject('Account').create({ Name: 'Acme' });
    const { records } = await connection.query('SELECT Name, Owner.Name FROM Account');
    expect(records[0]).to.deep.include({ Name: 'Acme' });
    expect(await connection.sobject('Account').retrieve(id ?? '')).to.include({ Name: 'Acme' });
  });

  it('reads the information that it needs about the org', async () => {
    const soql =
      'SELECT Name, InstanceName, IsSandbox, TrialExpirationDate, NamespacePrefix, OrganizationType FROM Organization';
    const row = await connection.singleRecordQuery<{ IsSandbox: boolean }>(soql);
    expect(row.IsSandbox).to.equal(true);
    const scratch = await refusal(connection.query('SELECT Id FROM ScratchOrgInfo limit 1'));
    expect(scratch).to.include({ errorCode: 'INVALID_TYPE' });
  });

  it('learns that its session has ended', async () => {
    org.expireSessions();
    const error = await refusal(connection.query('SELECT Id FROM Account'));
    expect(error).to.include({ errorCode: 'INVALID_SESSION_ID' });
  });

  it('leaves nothing about this org in the home folder', async () => {
    const files = await readdir(home, { recursive: true });
    expect(files.filter((name) => name.includes('00D'))).to.deep.equal([]);
  });
});

describe('jsforce', () => {
  let org: Emulator;
  let connection: Connection;

  before(async () => {
    org = await Emulator.start({ customFields: sourceKey });
    connection = new Connection({ instanceUrl: org.url, accessToken: org.accessToken, version: '66.0' });
  });

  after(() => org.stop());

  it('logs in with client credentials', async () => {
    const fresh = new Connection({
      instanceUrl: org.url,
      oauth2: { clientId: 'app', clientSecret: 'secret', loginUrl: org.url },
    });
    const { id, organizationId } = await fresh.authorize({ grant_type: 'client_credentials' });
    expect(id).to.match(/^005/);
    expect(organizationId).to.match(/^00D/);
    expect((await fresh.identity()).user_id).to.equal(id);
  });

  it('upserts by an external id', async () => {
    const { memberId: MemberId } = seedProgram(org);
    const journals = connection.sobject('TransactionJournal');
    const journal = { Src_Key__c: 'till9-1', MemberId, ActivityDate: '2026-04-03T08:00:00Z' };
    expect(await journals.upsert(journal, 'Src_Key__c')).to.include({ success: true, created: true });
    expect(await journals.upsert(journal, 'Src_Key__c')).to.include({ success: true, created: false });
    expect(org.store.count('TransactionJournal')).to.equal(1);
  });

  it('fetches all pages, and knows the limit', async () => {
    org.store.transaction(() => {
      for (let number = 0; number < 4_500; number++) org.store.insert('Contact', { LastName: `C-${number}` });
    });
    const records = await connection.query('SELECT LastName FROM Contact', { autoFetch: true });
    expect(records.records).to.have.lengthOf(org.store.count('Contact'));
    expect(connection.limitInfo.apiUsage).to.deep.equal({ used: org.usage.used, limit: org.usage.max });
  });

  it('describes', async () => {
    const { fields } = await connection.sobject('TransactionJournal').describe();
    expect(fields.find(({ name }) => name === 'Src_Key__c')).to.include({ externalId: true, unique: true });
    const { sobjects } = await connection.describeGlobal();
    expect(sobjects.map(({ name }) => name)).to.include('LoyaltyProgramMember');
  });

  it('reads codes and fields of a refusal', async () => {
    const error = await refusal(connection.sobject('TransactionJournal').create({ Status: 'Pending' }));
    expect(error).to.deep.include({ errorCode: 'REQUIRED_FIELD_MISSING' });
  });
});

/** jsforce's promises have a `catch` of their own kind. */
async function refusal(request: PromiseLike<unknown>): Promise<unknown> {
  try {
    return await request;
  } catch (error) {
    return error;
  }
}
