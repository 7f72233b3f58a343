import { createHash } from 'node:crypto';
import { expect } from 'chai';
import { isRemote, openTarget, removeAccounts, uniqueName } from './target.js';
import type { Target } from './target.js';
import { Wire } from './wire.js';
import type { WireAnswer } from './wire.js';

const v = '/services/data/v66.0';

/** Command by command, what the Salesforce CLI sends and what it depends on in the answers. */
describe('Conformance: the requests of the sf CLI', () => {
  let target: Target;
  let wire: Wire;
  const batch = uniqueName('CLI');

  before(async () => {
    target = await openTarget();
    wire = new Wire(target);
  });

  after(async () => {
    await removeAccounts(target, batch);
    await target.close();
  });

  /** An answer of 2xx. */
  const good = async (answer: Promise<WireAnswer>): Promise<WireAnswer['body']> => {
    const { status, body } = await answer;
    expect(status, JSON.stringify(body)).to.be.within(200, 299);
    return body;
  };
  const create = async (name: string): Promise<string> =>
    (await good(wire.json('POST', `${v}/sobjects/Account`, { Name: `${batch} ${name}` }))).id as string;

  it('org login access-token', async () => {
    const { user_id: userId, organization_id: organizationId } = await good(wire.get('/services/oauth2/userinfo'));
    expect([userId.slice(0, 3), organizationId.slice(0, 3)]).to.deep.equal(['005', '00D']);
    const user = await good(wire.get(`/services/data/v51.0/sobjects/User/${userId}`));
    expect(user.Username).to.match(/@/);
    const hub = await wire.get(
      `/services/data/v51.0/query?q=${encodeURIComponent('SELECT Id FROM ScratchOrgInfo limit 1')}`,
    );
    // Of a real org: it may be a Dev Hub.
    if (!isRemote) expect([hub.status, hub.body[0].errorCode]).to.deep.equal([400, 'INVALID_TYPE']);
    const versions = (await good(wire.get('/services/data'))) as { version: string }[];
    expect(versions.map(({ version }) => version)).to.include('66.0');
    // The CLI takes the greatest by comparing texts.
    expect(versions.every(({ version }) => /^\d\d\.0$/.test(version))).to.equal(true);
    const soql =
      'SELECT Name, InstanceName, IsSandbox, TrialExpirationDate, NamespacePrefix, OrganizationType FROM Organization';
    const { records, totalSize } = await good(wire.query(soql));
    expect(totalSize).to.equal(1);
    expect(records[0]).to.include.keys('Name', 'InstanceName', 'IsSandbox', 'NamespacePrefix', 'OrganizationType');
    const sandboxes = await wire.get(
      `${v}/tooling/query?q=${encodeURIComponent('SELECT Id,Status FROM SandboxProcess')}`,
    );
    if (!isRemote) expect([sandboxes.status, sandboxes.body[0].errorCode]).to.deep.equal([501, 'NOT_IMPLEMENTED']);
  });

  it('org login jwt', async function () {
    if (isRemote) this.skip();
    const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    // The CLI signs an expiry in milliseconds.
    const claims = { iss: 'app', sub: 'ada@example.com', aud: `${target.instanceUrl}/`, exp: Date.now() + 300 };
    const assertion = `${part({ alg: 'RS256', typ: 'JWT' })}.${part(claims)}.c2ln`;
    const form = new URLSearchParams({ grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion });
    const contentType = 'application/x-www-form-urlencoded';
    const token = await good(
      wire.send('POST', '/services/oauth2/token', { body: String(form), contentType, isChunked: true, isOpen: true }),
    );
    expect(
      token.id
        .split('/')
        .slice(-2)
        .map((id: string) => id.slice(0, 3)),
    ).to.deep.equal(['00D', '005']);
    const session = new Wire({ ...target, accessToken: token.access_token as string });
    // Never 401 to a token that was just given out: the client would ask for another one, for ever.
    expect((await session.get(v)).status).to.equal(200);
    // Commands look their user up by the name that the CLI logged in with.
    expect((await good(session.query("SELECT Id FROM User WHERE Username='ada@example.com'"))).totalSize).to.equal(1);
  });

  it('org login web', async function () {
    if (isRemote) this.skip();
    const verifier = 'conformance.verifier.of.forty.three.characters';
    const app = { client_id: 'PlatformCLI', redirect_uri: 'http://localhost:1717/OauthRedirect' };
    const asked = new URLSearchParams({
      ...{ state: '48d48ab9b9e4', prompt: 'login', scope: 'refresh_token api web', response_type: 'code', ...app },
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    });
    const { status, headers } = await wire.send('GET', `/services/oauth2/authorize?${String(asked)}`, { isOpen: true });
    expect(status).to.equal(302);
    const { pathname, searchParams } = new URL(headers.location ?? '');
    expect([pathname, searchParams.get('state')]).to.deep.equal(['/OauthRedirect', '48d48ab9b9e4']);
    const code = searchParams.get('code') ?? '';
    const form = new URLSearchParams({ grant_type: 'authorization_code', ...app, code, code_verifier: verifier });
    const contentType = 'application/x-www-form-urlencoded';
    const token = await good(
      wire.send('POST', '/services/oauth2/token', { body: String(form), contentType, isChunked: true, isOpen: true }),
    );
    expect(token).to.include.keys('access_token', 'refresh_token', 'instance_url', 'id');
    const session = new Wire({ ...target, accessToken: token.access_token as string });
    expect((await good(session.get('/services/oauth2/userinfo'))).user_id).to.equal(token.id.split('/').at(-1));
  });

  it('org display, api request rest', async () => {
    const { identity } = await good(wire.get(v));
    expect(identity).to.match(/\/id\/00D\w{15}\/005\w{15}$/);
    expect((await good(wire.get(`${v}/limits`))).DailyApiRequests).to.include.keys('Max', 'Remaining');
  });

  it('org display user', async () => {
    const { preferred_username: username } = await good(wire.get('/services/oauth2/userinfo'));
    const profile = `SELECT name FROM Profile WHERE Id IN (SELECT ProfileId FROM User WHERE username='${username}')`;
    expect((await good(wire.query(profile))).totalSize).to.equal(1);
    expect((await good(wire.query(`SELECT id FROM User WHERE username='${username}'`))).totalSize).to.equal(1);
  });

  it('api request graphql', async function () {
    if (isRemote) this.skip();
    const { status, body } = await wire.json('POST', `${v}/graphql`, { query: '{ uiapi { query { Account } } }' });
    expect([status, body[0].errorCode]).to.deep.equal([501, 'NOT_IMPLEMENTED']);
    expect(body[0].message).to.match(/does not implement GraphQL/);
  });

  it('org open --url-only', async function () {
    if (isRemote) this.skip();
    expect((await good(wire.get('/services/oauth2/singleaccess'))).frontdoor_uri).to.match(
      /\/secur\/frontdoor\.jsp\?otp=/,
    );
  });

  it('org list limits, org list sobject record-counts', async () => {
    const limits = await good(wire.get(`${v}/limits`));
    expect(limits).to.include.keys('DailyBulkApiBatches', 'DailyBulkV2QueryJobs', 'DataStorageMB');
    const { sObjects } = await good(wire.get(`${v}/limits/recordCount?sObjects=Account`));
    if (!isRemote) expect(sObjects).to.deep.equal([{ count: 0, name: 'Account' }]);
    // Without --sobject the CLI names none, and wants all.
    const { sObjects: all } = await good(wire.get(`${v}/limits/recordCount?sObjects`));
    expect(all.map(({ name }: { name: string }) => name)).to.include('User');
  });

  it('sobject list, sobject describe', async () => {
    const { sobjects } = await good(wire.get(`${v}/sobjects`));
    expect(sobjects.find(({ name }: { name: string }) => name === 'Account')).to.include({
      keyPrefix: '001',
      custom: false,
    });
    const { fields, childRelationships } = await good(wire.get(`${v}/sobjects/Account/describe`));
    expect(fields.find(({ name }: { name: string }) => name === 'OwnerId').referenceTo).to.include('User');
    expect(childRelationships[0]).to.include.keys('childSObject', 'field', 'relationshipName');
  });

  it('data create, get, update and delete record', async () => {
    const name = `${batch} one`;
    // Values typed on a command line come as text.
    const { id } = await good(wire.json('POST', `${v}/sobjects/Account`, { Name: name, NumberOfEmployees: '5' }));
    expect(await good(wire.get(`${v}/sobjects/Account/${id}`))).to.include({ Name: name, NumberOfEmployees: 5 });
    const { records } = await good(wire.query(`SELECT id FROM Account WHERE Name = '${name}'`));
    expect(records.map(({ Id }: { Id: string }) => Id)).to.deep.equal([id]);
    expect((await wire.json('PATCH', `${v}/sobjects/Account/${id}`, { NumberOfEmployees: '6' })).status).to.equal(204);
    expect((await wire.send('DELETE', `${v}/sobjects/Account/${id}`)).status).to.equal(204);
    expect((await wire.get(`${v}/sobjects/Account/${id}`)).status).to.equal(404);
  });

  it('data query', async () => {
    await create('query');
    const soql = `SELECT Id, Name, Owner.Name, (SELECT LastName FROM Contacts) FROM Account WHERE Name LIKE '${batch}%'`;
    const { totalSize, done } = await good(wire.query(soql));
    expect(totalSize).to.be.above(0);
    expect(done).to.equal(true);
    const columns = await good(wire.query(soql, '&columns=true'));
    expect(columns.columnMetadata.map(shapeOf)).to.deep.equal([
      { columnName: 'Id', aggregate: false, joinColumns: [] },
      { columnName: 'Name', aggregate: false, joinColumns: [] },
      { columnName: 'Owner', aggregate: false, joinColumns: ['Name'] },
      { columnName: 'Contacts', aggregate: true, joinColumns: ['LastName'] },
    ]);
    const counted = await good(wire.query('SELECT COUNT(Id), MAX(Name) newest FROM Account', '&columns=true'));
    expect(counted.columnMetadata.map(shapeOf)).to.deep.equal([
      { columnName: 'expr0', aggregate: true, joinColumns: [] },
      { columnName: 'newest', aggregate: true, joinColumns: [] },
    ]);
  });

  it('data query --all-rows', async () => {
    const id = await create('gone');
    await wire.send('DELETE', `${v}/sobjects/Account/${id}`);
    const soql = encodeURIComponent(`SELECT Id, IsDeleted FROM Account WHERE Id = '${id}'`);
    expect((await good(wire.get(`${v}/query?q=${soql}`))).totalSize).to.equal(0);
    expect((await good(wire.get(`${v}/queryAll?q=${soql}`))).records[0]).to.include({ IsDeleted: true });
    // Of a query for all rows too, the CLI asks for the columns at `query`.
    expect((await good(wire.get(`${v}/query?q=${soql}&columns=true`))).columnMetadata).to.have.length(2);
  });

  it('data query of more than a page', async () => {
    const records = (from: number): object[] =>
      Array.from({ length: 200 }, (_, index) => ({
        attributes: { type: 'Account' },
        Name: `${batch} page ${from + index}`,
      }));
    for (let from = 0; from < 2_001; from += 200) {
      await good(wire.json('POST', `${v}/composite/sobjects`, { allOrNone: true, records: records(from) }));
    }
    const first = await good(wire.query(`SELECT Name FROM Account WHERE Name LIKE '${batch} page %'`));
    expect([first.totalSize, first.done, first.records.length]).to.deep.equal([2_200, false, 2_000]);
    const second = await good(wire.get(first.nextRecordsUrl));
    expect([second.totalSize, second.done, second.records.length]).to.deep.equal([2_200, true, 200]);
  });

  it('data import tree, data export tree', async () => {
    const records = [
      {
        attributes: { type: 'Account', referenceId: 'AccountRef1' },
        Name: `${batch} tree`,
        Contacts: { records: [{ attributes: { type: 'Contact', referenceId: 'ContactRef1' }, LastName: 'Leaf' }] },
      },
    ];
    const { status, body } = await wire.json('POST', `${v}/composite/tree/Account`, { records });
    expect(status, JSON.stringify(body)).to.equal(201);
    expect(body.hasErrors).to.equal(false);
    expect(body.results.map(({ referenceId }: { referenceId: string }) => referenceId)).to.deep.equal([
      'AccountRef1',
      'ContactRef1',
    ]);
    const exported = await good(
      wire.query(`SELECT Name, (SELECT LastName FROM Contacts) FROM Account WHERE Name = '${batch} tree'`),
    );
    expect(exported.records[0].Contacts.records[0]).to.include({ LastName: 'Leaf' });
    const { fields } = await good(wire.get(`${v}/sobjects/Contact/describe`));
    expect(fields.find(({ name }: { name: string }) => name === 'AccountId')).to.deep.include({
      ...{ type: 'reference', referenceTo: ['Account'] },
    });
  });
});

interface Column {
  readonly columnName: string;
  readonly aggregate: boolean;
  readonly joinColumns: readonly Column[];
}

function shapeOf({ columnName, aggregate, joinColumns }: Column): object {
  return { columnName, aggregate, joinColumns: joinColumns.map((each) => each.columnName) };
}
