import { expect } from 'chai';
import { Emulator } from '../../../src/emulator/index.js';
import { RestClient, seedProgram, sourceKey } from '../restClient.js';
import type { Answer } from '../restClient.js';

const base = '/services/data/v66.0';
const rolledBack = [
  {
    message: 'The transaction was rolled back since another operation in the same transaction failed.',
    errorCode: 'PROCESSING_HALTED',
  },
];

const post = (objectName: string, referenceId: string, body: unknown): Record<string, unknown> => ({
  ...{ method: 'POST', url: `${base}/sobjects/${objectName}`, referenceId, body },
});
const get = (path: string, referenceId: string): Record<string, unknown> => ({
  ...{ method: 'GET', url: base + path, referenceId },
});

describe('Composite', () => {
  let org: Emulator;
  let client: RestClient;

  beforeEach(async () => {
    org = await Emulator.start({ customFields: sourceKey });
    client = new RestClient(org);
  });

  afterEach(() => org.stop());

  const send = (compositeRequest: unknown[], more: Record<string, unknown> = {}): Promise<Answer> =>
    client.post('/composite', { ...more, compositeRequest });
  const run = async (compositeRequest: unknown[], more: Record<string, unknown> = {}): Promise<Answer['body']> => {
    const { status, body } = await send(compositeRequest, more);
    expect(status).to.equal(200);
    return body.compositeResponse;
  };
  const halted = (path: string): unknown => [
    {
      message: `Invalid reference specified. No value for ${path} found in ${path.split(/[.[]/)[0]}`,
      errorCode: 'PROCESSING_HALTED',
    },
  ];

  it('answers each subrequest like a separate request, for one API call', async () => {
    const used = org.usage.used;
    const [created, changed, read, missing] = await run([
      post('Account', 'new', { Name: 'Acme' }),
      {
        method: 'PATCH',
        url: `${base}/sobjects/Account/@{new.id}`,
        referenceId: 'change',
        body: { Phone: '+49 30 1' },
      },
      get('/sobjects/Account/@{new.id}?fields=Name,Phone', 'read'),
      get('/sobjects/Account/0019z0000zzzzzzAAA', 'missing'),
    ]);
    const id = org.store.first('Account', {})?.Id;
    const url = `${base}/sobjects/Account/${id}`;
    expect(created).to.deep.equal({
      body: { id, success: true, errors: [] },
      httpHeaders: { Location: url },
      httpStatusCode: 201,
      referenceId: 'new',
    });
    expect(changed).to.deep.equal({ body: null, httpHeaders: {}, httpStatusCode: 204, referenceId: 'change' });
    expect(read.body).to.deep.equal({ attributes: { type: 'Account', url }, Name: 'Acme', Phone: '+49 30 1', Id: id });
    expect(missing).to.deep.equal({
      body: [{ message: 'The requested resource does not exist', errorCode: 'NOT_FOUND' }],
      httpHeaders: {},
      httpStatusCode: 404,
      referenceId: 'missing',
    });
    expect(org.usage.used).to.equal(used + 1);
  });

  describe('references', () => {
    it('work in addresses and bodies, for values of records, queries and collections', async () => {
      await client.create('Account', { Name: 'Acme', NumberOfEmployees: 7 });
      const results = await run([
        get(`/query?q=${encodeURIComponent('SELECT Id, Name, NumberOfEmployees FROM Account')}`, 'found'),
        post('Account', 'copy', {
          Name: 'Copy of @{found.records[0].Name}',
          NumberOfEmployees: '@{found.records[0].NumberOfEmployees}',
        }),
        get(`/query?q=SELECT+Name+FROM+Account+WHERE+Id='%40%7Bcopy.id%7D'`, 'again'),
        {
          ...{ method: 'POST', url: `${base}/composite/sobjects`, referenceId: 'people' },
          body: { records: [{ attributes: { type: 'Contact' }, LastName: '@{again.records[0].Name}' }] },
        },
        post('Contact', 'sibling', {
          LastName: 'Sibling',
          AccountId: '@{copy.id}',
          Email: '@{people[0].id}@x.example',
        }),
      ]);
      expect(results.map((each: Answer['body']) => each.httpStatusCode)).to.deep.equal([200, 201, 200, 200, 201]);
      const copy = org.store.first('Account', { Name: 'Copy of Acme' });
      expect(copy).to.include({ NumberOfEmployees: 7 });
      expect(results[2].body.records[0]).to.include({ Name: 'Copy of Acme' });
      const person = org.store.first('Contact', { LastName: 'Copy of Acme' });
      expect(org.store.first('Contact', { LastName: 'Sibling' })).to.include({
        AccountId: copy?.Id,
        Email: `${person?.Id}@x.example`,
      });
    });

    it('fail if the subrequest failed, is unknown or comes later, and nothing else fails', async () => {
      const results = await run([
        post('Account', 'bad', {}),
        post('Contact', 'child', { LastName: 'a', AccountId: '@{bad.id}' }),
        get('/sobjects/Contact/@{child.id}', 'grandchild'),
        post('Contact', 'early', { LastName: 'b', AccountId: '@{good.id}' }),
        post('Account', 'good', { Name: 'Good' }),
        post('Contact', 'wrongCase', { LastName: 'c', AccountId: '@{good.Id}' }),
        post('Contact', 'noScalar', { LastName: 'd', Description: '@{good.errors}' }),
        post('Contact', 'noPath', { LastName: 'e', Description: '@{good}' }),
      ]);
      expect(results[0].body[0]).to.include({ errorCode: 'REQUIRED_FIELD_MISSING' });
      expect(results[1].body).to.deep.equal(halted('bad.id'));
      expect(results[1]).to.include({ httpStatusCode: 400, referenceId: 'child' });
      expect(results[2].body).to.deep.equal(halted('child.id'));
      expect(results[3].body).to.deep.equal(halted('good.id'));
      expect(results[4]).to.include({ httpStatusCode: 201 });
      expect(results[5].body).to.deep.equal(halted('good.Id'));
      expect(results[6].body).to.deep.equal(halted('good.errors'));
      expect(results[7].body).to.deep.equal(halted('good'));
      expect(org.store.count('Contact')).to.equal(0);
    });

    it('to a field without a value are allowed since API 52', async () => {
      const id = await client.create('Contact', { LastName: 'Wong' });
      const copy = [
        get(`/sobjects/Contact/${id}`, 'person'),
        post('Contact', 'copy', { FirstName: '@{person.FirstName}', LastName: '@{person.LastName}' }),
      ];
      expect((await run(copy))[1]).to.include({ httpStatusCode: 201 });
      const old = await new RestClient(org, org.accessToken, 'v51.0').post('/composite', { compositeRequest: copy });
      expect(old.body.compositeResponse[1].body).to.deep.equal(halted('person.FirstName'));
    });

    it('need a name of letters, digits and underscores', async () => {
      const parts = [
        post('Account', 'ref[1]', { Name: 'a' }),
        post('Contact', 'child', { LastName: 'b', AccountId: '@{ref[1].id}' }),
      ];
      const { status, body } = await send(parts);
      expect(status).to.equal(400);
      expect(body).to.deep.equal([
        {
          message: `Provided referenceId ('ref[1]') must start with a letter or a number, and it can contain only letters, numbers and underscores ('_').`,
          errorCode: 'JSON_PARSER_ERROR',
        },
      ]);
      expect(org.store.count('Account')).to.equal(0);
      const old = await new RestClient(org, org.accessToken, 'v51.0').post('/composite', { compositeRequest: parts });
      expect(old.body.compositeResponse[0]).to.include({ httpStatusCode: 201, referenceId: 'ref[1]' });
      expect(old.body.compositeResponse[1].body).to.deep.equal(halted('ref[1].id'));
    });

    it('need a unique name', async () => {
      const results = await run([post('Account', 'a', { Name: 'a' }), post('Account', 'a', { Name: 'b' })]);
      expect(results[1].body[0]).to.include({ message: 'Duplicate ReferenceId found: a' });
      expect(org.store.count('Account')).to.equal(1);
    });
  });

  describe('all or none', () => {
    it('undoes everything, and stops', async () => {
      const { memberId } = seedProgram(org);
      const member = `${base}/sobjects/LoyaltyProgramMember/${memberId}`;
      const results = await run(
        [
          { method: 'PATCH', url: member, referenceId: 'member', body: { MemberStatus: 'Inactive' } },
          post('Account', 'bad', {}),
          post('Account', 'never', { Name: 'Never' }),
        ],
        { allOrNone: true },
      );
      expect(results[0]).to.deep.equal({
        ...{ body: rolledBack, httpHeaders: {}, httpStatusCode: 400, referenceId: 'member' },
      });
      expect(results[1].body[0]).to.include({ errorCode: 'REQUIRED_FIELD_MISSING' });
      expect(results[2].body).to.deep.equal(rolledBack);
      expect(org.store.get('LoyaltyProgramMember', memberId)).to.include({ MemberStatus: 'Active' });
      expect(org.store.count('Account')).to.equal(0);
    });

    it('keeps everything if all subrequests succeed', async () => {
      const { memberId } = seedProgram(org);
      const key = `${base}/sobjects/TransactionJournal/Src_Key__c/k-1`;
      const [upserted] = await run(
        [
          {
            ...{ method: 'PATCH', url: key, referenceId: 'journal' },
            body: { MemberId: memberId, ActivityDate: '2026-04-03' },
          },
          post('TransactionJournal', 'reversal', {
            ...{ MemberId: memberId, ActivityDate: '2026-04-04', RelatedJournalId: '@{journal.id}' },
          }),
        ],
        { allOrNone: true },
      );
      expect(upserted).to.include({ httpStatusCode: 201 });
      expect(upserted.httpHeaders.Location).to.match(/TransactionJournal\/0lV/);
      expect(org.store.count('TransactionJournal')).to.equal(2);
    });

    it('overrides the flag of a collection, whose rows may still look successful', async () => {
      const collection = (referenceId: string, ...names: string[]): Record<string, unknown> => ({
        ...{ method: 'POST', url: `${base}/composite/sobjects`, referenceId },
        body: { allOrNone: false, records: names.map((Name) => ({ attributes: { type: 'Account' }, Name })) },
      });
      const parts = [collection('fine', 'a'), collection('mixed', 'b', ''), post('Account', 'never', { Name: 'c' })];
      const [fine, mixed, never] = await run(parts, { allOrNone: true });
      expect(fine.httpStatusCode).to.equal(400);
      expect(fine.body[0]).to.include({ success: true });
      expect(mixed.httpStatusCode).to.equal(400);
      expect(mixed.body[0].errors[0]).to.include({ statusCode: 'ALL_OR_NONE_OPERATION_ROLLED_BACK' });
      expect(never.body).to.deep.equal(rolledBack);
      expect(org.store.count('Account')).to.equal(0);
      await run(parts);
      expect(org.store.find('Account', {}).map((row) => row['Name'])).to.deep.equal(['a', 'b', 'c']);
    });

    it('overrides the flag of a collection of ids', async () => {
      const id = await client.create('Account', { Name: 'a' });
      const url = `${base}/composite/sobjects?ids=${id},abc&allOrNone=false`;
      const [deleted] = await run([{ method: 'DELETE', url, referenceId: 'delete' }], { allOrNone: true });
      expect(deleted.body[0].errors[0]).to.include({ statusCode: 'ALL_OR_NONE_OPERATION_ROLLED_BACK' });
      expect(org.store.count('Account')).to.equal(1);
    });

    it('treats an ambiguous key as a failure', async () => {
      for (const name of ['a', 'b']) await client.create('Contact', { LastName: name, Email: 'x@example.com' });
      const url = `${base}/sobjects/Contact/Email/x@example.com`;
      const parts = [
        post('Account', 'a', { Name: 'a' }),
        { method: 'PATCH', url, referenceId: 'b', body: { LastName: 'c' } },
      ];
      const [, ambiguous] = await run(parts, { allOrNone: true });
      expect(ambiguous.body).to.have.lengthOf(2);
      expect(org.store.count('Account')).to.equal(0);
    });
  });

  it('passes on headers, except those about the caller and the format', async () => {
    const describe = {
      ...get('/sobjects/Account/describe', 'about'),
      httpHeaders: { 'If-Modified-Since': new Date(Date.now() + 60_000).toUTCString() },
    };
    expect((await run([describe]))[0]).to.include({ httpStatusCode: 304 });
    for (const name of ['Authorization', 'accept', 'Content-Type']) {
      const answer = await send([{ ...describe, httpHeaders: { [name]: 'x' } }]);
      expect(answer.status).to.equal(400);
    }
  });

  it('accepts 25 subrequests, with up to five queries or collections', async () => {
    const read = (index: number): unknown => get('/limits', `r${index}`);
    expect(await run(Array.from({ length: 25 }, (_, index) => read(index)))).to.have.lengthOf(25);
    const refused = await run(Array.from({ length: 26 }, (_, index) => read(index)));
    expect(refused).to.deep.equal([
      {
        body: [{ message: 'The request can’t contain more than 25 operations.', errorCode: 'LIMIT_EXCEEDED' }],
        httpHeaders: {},
        httpStatusCode: 400,
        referenceId: null,
      },
    ]);
    const queries = [
      ...[0, 1, 2].map((index) => get('/query?q=SELECT+Id+FROM+Account', `q${index}`)),
      get('/queryAll/?q=SELECT+Id+FROM+Account', 'all'),
      get('/composite/sobjects/Account?ids=x&fields=Id', 'collection'),
    ];
    expect(await run(queries)).to.have.lengthOf(5);
    const sixth = await run([...queries, get('//query?q=SELECT+Id+FROM+Account', 'sixth')]);
    expect(sixth[0].body[0]).to.include({ errorCode: 'LIMIT_EXCEEDED' });
  });

  it('refuses composite requests, jobs, and addresses outside of the API', async () => {
    const paths = ['/composite', '//composite/batch', '/composite/graph', '/composite/tree/Account', '/jobs/ingest'];
    const urls = [...paths.map((path) => base + path), '/emulator/stop', '/services/oauth2/token', 'nonsense'];
    const results = await run(urls.map((url, index) => ({ method: 'POST', url, referenceId: `r${index}`, body: {} })));
    for (const { body } of results) expect(body[0]).to.include({ errorCode: 'INVALID_INPUT' });
    expect(await run([get('/nowhere', 'a')])).to.have.nested.property('[0].httpStatusCode', 404);
  });

  it('lists its resources', async () => {
    const { body } = await client.get('/composite');
    expect(body).to.deep.equal({
      tree: `${base}/composite/tree`,
      batch: `${base}/composite/batch`,
      sobjects: `${base}/composite/sobjects`,
      graph: `${base}/composite/graph`,
    });
  });

  const malformed: Record<string, unknown> = {
    'no list': {},
    'an invalid subrequest': { compositeRequest: [1] },
    'no method': { compositeRequest: [{ url: base, referenceId: 'a' }] },
    'a method in lower case': { compositeRequest: [{ method: 'get', url: base, referenceId: 'a' }] },
    'no address': { compositeRequest: [{ method: 'GET', referenceId: 'a' }] },
    'no referenceId': { compositeRequest: [{ method: 'GET', url: base }] },
    'allOrNone of another type': { allOrNone: 1, compositeRequest: [] },
  };
  for (const [name, body] of Object.entries(malformed)) {
    it(`refuses ${name}`, async () => {
      const answer = await client.post('/composite', body);
      expect(answer.status).to.equal(400);
      expect(answer.body[0]).to.include({ errorCode: 'JSON_PARSER_ERROR' });
    });
  }

  it('is not slowed down by many incomplete references', async () => {
    const started = performance.now();
    const [{ httpStatusCode }] = await run([
      { ...get('/sobjects/Account/' + '@{'.repeat(100_000), 'a'), body: { text: '@{'.repeat(1_000_000) } },
    ]);
    expect(httpStatusCode).to.be.greaterThanOrEqual(400);
    expect(performance.now() - started).to.be.lessThan(2_000);
  });
});
