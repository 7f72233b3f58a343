import { expect } from 'chai';
import { Connection } from 'jsforce';
import { Emulator } from '../../../src/emulator/index.js';
import { RestClient, seedProgram } from '../restClient.js';

describe('Searches', () => {
  let org: Emulator;
  let client: RestClient;

  before(async () => {
    org = await Emulator.start();
    client = new RestClient(org);
    for (const [Name, Phone, City] of [
      ['Harbour Café', '+49 30 1', 'Berlin'],
      ['Harbour Bakery', '+49 30 2', 'Hamburg'],
      ['Pier 4', '+49 40 harbour', 'Kiel'],
    ]) {
      org.store.insert('Account', { Name, Phone, BillingCity: City });
    }
    org.store.insert('Contact', { FirstName: 'Ada', LastName: 'Harbour', Email: 'ada.harbour@example.com' });
    seedProgram(org);
  });

  after(() => org.stop());

  const search = async (sosl: string): Promise<Record<string, unknown>[]> => {
    const { status, body } = await client.get(`/search?q=${encodeURIComponent(sosl)}`);
    expect(status, JSON.stringify(body)).to.equal(200);
    return body.searchRecords as Record<string, unknown>[];
  };
  const names = async (words: string, scope = 'ALL'): Promise<unknown[]> =>
    (await search(`FIND {${words}} IN ${scope} FIELDS RETURNING Account(Name ORDER BY Name)`)).map(({ Name }) => Name);

  it('find whole words in all fields, or in names, without case', async () => {
    expect(await names('HARBOUR')).to.deep.equal(['Harbour Bakery', 'Harbour Café', 'Pier 4']);
    expect(await names('harbour', 'NAME')).to.deep.equal(['Harbour Bakery', 'Harbour Café']);
    expect(await names('harbour', 'PHONE')).to.deep.equal(['Pier 4']);
    expect(await names('harb')).to.deep.equal([]);
    expect(await names('café')).to.deep.equal(['Harbour Café']);
  });

  it('know operators, phrases and wildcards', async () => {
    expect(await names('harb*')).to.have.length(3);
    expect(await names('harbour bakery')).to.deep.equal(['Harbour Bakery']);
    expect(await names('harbour AND NOT bakery')).to.deep.equal(['Harbour Café', 'Pier 4']);
    expect(await names('(bakery OR pier) AND harbour')).to.deep.equal(['Harbour Bakery', 'Pier 4']);
    expect(await names('"harbour bakery"')).to.deep.equal(['Harbour Bakery']);
    expect(await names('"bakery harbour"')).to.deep.equal([]);
    expect(await names('ki?l')).to.deep.equal(['Pier 4']);
  });

  it('know many words at once', async () => {
    const words = Array.from({ length: 400 }, (_, index) => `word${index}`);
    expect(await names([...words, 'bakery'].join(' OR '))).to.deep.equal(['Harbour Bakery']);
  });

  it('return each record once, also of an object that is named twice', async () => {
    const twice = await search('FIND {harbour} RETURNING Account(Name ORDER BY Name), Contact, Account');
    expect(twice.map(({ Name, attributes }) => Name ?? (attributes as { type: string }).type)).to.deep.equal([
      ...['Harbour Bakery', 'Harbour Café', 'Pier 4', 'Contact'],
    ]);
  });

  it('know the list view of an object, and no other', async () => {
    const inView = (view: string): string => `FIND {kiel} RETURNING Account(Name USING ListView = ${view} LIMIT 5)`;
    expect(await search(inView('AllAccounts'))).to.have.length(1);
    const { status, body } = await client.get(`/search?q=${encodeURIComponent(inView('MyAccounts'))}`);
    expect([status, body[0].errorCode]).to.deep.equal([400, 'MALFORMED_SEARCH']);
    expect(body[0].message).to.contain('The object Account has no list view named MyAccounts');
  });

  it('return records of several objects, each with its own clauses', async () => {
    const returning =
      "Account(Name, BillingCity WHERE BillingCity != 'Kiel' AND Name LIKE 'H%' ORDER BY Name DESC LIMIT 1), Contact(Id, Email)";
    const [account, contact] = await search(`FIND {harbour} RETURNING ${returning} LIMIT 10`);
    expect(account).to.include({ Name: 'Harbour Café', BillingCity: 'Berlin' });
    expect(account?.['attributes']).to.include({ type: 'Account' });
    expect(contact).to.include({ Email: 'ada.harbour@example.com' });
    expect(await search('FIND {harbour} LIMIT 2')).to.have.length(2);
    const all = await search('FIND {nimbus}');
    expect(all.map(({ attributes }) => (attributes as { type: string }).type)).to.deep.equal(['Contact']);
  });

  it('are what jsforce and the CLI read', async () => {
    const connection = new Connection({ instanceUrl: org.url, accessToken: org.accessToken, version: '66.0' });
    const { searchRecords } = await connection.search('FIND {ada harbour} IN NAME FIELDS RETURNING Contact(Id, Name)');
    expect(searchRecords.map((record) => record['Name'] as string)).to.deep.equal(['Ada Harbour']);
    const old = new RestClient(org, org.accessToken, 'v36.0');
    expect((await old.get(`/search?q=${encodeURIComponent('FIND {ada harbour}')}`)).body)
      .to.be.an('array')
      .with.length(1);
  });

  it('can be parameters in the address or in a body', async () => {
    const inAddress = await client.get('/parameterizedSearch?q=harbour&sobject=Account&Account.fields=id,name&in=NAME');
    expect(inAddress.body.searchRecords.map(({ Name }: { Name: string }) => Name)).to.have.members([
      ...['Harbour Café', 'Harbour Bakery'],
    ]);
    const body = {
      ...{ q: 'harbour', fields: ['Id'], in: 'ALL', overallLimit: 100, defaultLimit: 1, metadata: 'LABELS' },
      sobjects: [{ name: 'Account', fields: ['Name'], limit: 2, orderBy: 'Name DESC' }, { name: 'Contact' }],
    };
    const answer = await client.post('/parameterizedSearch', body);
    const found = answer.body.searchRecords.map(({ Name }: { Name?: string }) => Name);
    expect(found).to.deep.equal(['Pier 4', 'Harbour Café', undefined]);
    expect(answer.body.metadata.entityetadata[0].fieldMetadata).to.deep.equal([
      { name: 'Name', label: 'Account Name' },
    ]);
  });

  it('say how results are ordered and shown', async () => {
    const { body } = await client.get('/search/scopeOrder');
    expect(body).to.deep.include({ type: 'Contact', url: '/services/data/v66.0/sobjects/Contact/describe' });
    const [layout] = (await client.get('/search/layout?q=Account,Contact')).body;
    expect(layout).to.include({ label: 'Search Results', limitRows: 25 });
    expect(layout.searchColumns[0]).to.include({ field: 'Account.Name', name: 'Name', format: null });
    expect((await client.get('/services/data/v40.0/search/layout?q=LoyaltyProgramMember')).status).to.equal(404);
  });

  for (const [what, sosl, errorCode] of [
    ['no words', 'FIND RETURNING Account', 'MALFORMED_SEARCH'],
    ['one letter', 'FIND {a}', 'MALFORMED_SEARCH'],
    ['an operator without words', 'FIND {pier AND}', 'MALFORMED_SEARCH'],
    ['an open parenthesis', 'FIND {(pier}', 'MALFORMED_SEARCH'],
    [
      'parentheses within parentheses without end',
      `FIND {${'('.repeat(5000)}pier${')'.repeat(5000)}}`,
      'MALFORMED_SEARCH',
    ],
    ['nonsense after the words', 'FIND {pier} WHERE x', 'MALFORMED_SEARCH'],
    ['an unknown object', 'FIND {pier} RETURNING Nonsense(Name)', 'INVALID_TYPE'],
    ['an unknown field', 'FIND {pier} RETURNING Account(Nonsense)', 'INVALID_FIELD'],
    ['a malformed condition', 'FIND {pier} RETURNING Account(Id WHERE Name =)', 'MALFORMED_QUERY'],
    ['an object that cannot be searched', 'FIND {pier} RETURNING PermissionSetAssignment', 'INVALID_SEARCH_SCOPE'],
  ] as const) {
    it(`with ${what} are refused`, async () => {
      const { status, body } = await client.get(`/search?q=${encodeURIComponent(sosl)}`);
      expect([status, body[0].errorCode]).to.deep.equal([400, errorCode]);
      expect(body[0].message, 'a query that nobody wrote').to.not.match(/Id IN|ERROR at Row/);
    });
  }
});
