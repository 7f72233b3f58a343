import { expect } from 'chai';
import { OrgRefusal } from '../../../src/emulator/orgRefusal.js';
import { Emulator } from '../../../src/emulator/index.js';
import { RestClient, seedProgram, sourceKey } from '../restClient.js';
import type { Answer, ExampleProgram } from '../restClient.js';

const rolledBack = {
  statusCode: 'ALL_OR_NONE_OPERATION_ROLLED_BACK',
  message: 'Record rolled back because not all records were valid and the request was using AllOrNone header',
  fields: [],
};

const account = (Name: string): Record<string, unknown> => ({ attributes: { type: 'Account' }, Name });
const contact = (LastName: string): Record<string, unknown> => ({ attributes: { type: 'Contact' }, LastName });

describe('Collections', () => {
  let org: Emulator;
  let client: RestClient;

  beforeEach(async () => {
    org = await Emulator.start({ customFields: sourceKey });
    client = new RestClient(org);
  });

  afterEach(() => org.stop());

  const names = (): unknown[] => org.store.find('Account', {}).map((row) => row['Name']);

  describe('create', () => {
    it('writes the valid rows, in order, and tells what is wrong with the others', async () => {
      const used = org.usage.used;
      const { status, body } = await client.post('/composite/sobjects', {
        records: [account('a'), account(''), contact('c'), { ...account('d'), Nonsense: 1 }],
      });
      expect(status).to.equal(200);
      expect(org.usage.used).to.equal(used + 1);
      expect(body).to.deep.equal([
        { id: org.store.first('Account', { Name: 'a' })?.Id, success: true, errors: [] },
        {
          success: false,
          errors: [
            {
              statusCode: 'REQUIRED_FIELD_MISSING',
              message: 'Required fields are missing: [Name]',
              fields: ['Name'],
            },
          ],
        },
        { id: org.store.first('Contact', { LastName: 'c' })?.Id, success: true, errors: [] },
        {
          success: false,
          errors: [
            {
              statusCode: 'INVALID_FIELD',
              message: "No such column 'Nonsense' on sobject of type Account",
              fields: [],
            },
          ],
        },
      ]);
      expect(names()).to.deep.equal(['a']);
    });

    it('writes all or none', async () => {
      const { status, body } = await client.post('/composite/sobjects', {
        allOrNone: true,
        records: [account('a'), account(''), account('c')],
      });
      expect(status).to.equal(200);
      expect(body[0].errors).to.deep.equal([rolledBack]);
      expect(body[1].errors[0]).to.include({ statusCode: 'REQUIRED_FIELD_MISSING' });
      expect(body[2].errors).to.deep.equal([rolledBack]);
      expect(body.map((row: { success: boolean }) => row.success)).to.deep.equal([false, false, false]);
      expect(names()).to.deep.equal([]);
    });

    it('leaves nothing of a row that fails halfway, not even in the log', async () => {
      await using logged = await Emulator.start({ effects: true });
      const nothing = (): void => undefined;
      const stop = ({ values }: { values: ReadonlyMap<unknown, unknown> }): void => {
        if ([...values.values()].includes('locked')) throw new OrgRefusal(400, 'UNABLE_TO_LOCK_ROW', 'locked', []);
      };
      logged.store.addWatch({ writing: stop, began: nothing, kept: nothing, undone: nothing });
      const before = logged.effects.total;
      const records = [account('a'), account('locked'), account('c')];
      const { body } = await new RestClient(logged).post('/composite/sobjects', { records });
      expect(body[1].errors[0]).to.include({ statusCode: 'UNABLE_TO_LOCK_ROW' });
      const written = logged.effects.after(before).map(({ id }) => id);
      expect(written).to.deep.equal([body[0].id, body[2].id]);
    });

    it('does not accept an id', async () => {
      const { body } = await client.post('/composite/sobjects', { records: [{ ...account('a'), id: 'x' }] });
      expect(body[0].errors[0]).to.deep.include({
        statusCode: 'INVALID_FIELD_FOR_INSERT_UPDATE',
        message: 'cannot specify Id in an insert call',
      });
    });

    it('reports an invalid value in its row', async () => {
      const wrong = { ...account('b'), NumberOfEmployees: 'many' };
      const { body } = await client.post('/composite/sobjects', { records: [account('a'), wrong] });
      expect(body[0]).to.include({ success: true });
      expect(body[1].errors[0]).to.include({ statusCode: 'JSON_PARSER_ERROR' });
    });

    it('accepts 200 records', async () => {
      const many = Array.from({ length: 201 }, (_, index) => account(`a${index}`));
      const { status, body } = await client.post('/composite/sobjects', { records: many });
      expect(status).to.equal(400);
      expect(body).to.deep.equal([
        {
          message: 'record limit reached. cannot submit more than 200 records into this call',
          errorCode: 'EXCEEDED_ID_LIMIT',
        },
      ]);
      expect(names()).to.deep.equal([]);
      const accepted = await client.post('/composite/sobjects', { records: many.slice(1) });
      expect(accepted.body).to.have.lengthOf(200);
      expect(names()).to.have.lengthOf(200);
    });

    it('accepts ten runs of the same object', async () => {
      const mixed = (runs: number): unknown[] =>
        Array.from({ length: runs }, (_, run) => (run % 2 === 0 ? [account('a'), account('b')] : contact('c'))).flat();
      expect((await client.post('/composite/sobjects', { records: mixed(10) })).status).to.equal(200);
      const { status, body } = await client.post('/composite/sobjects', { records: mixed(11) });
      expect(status).to.equal(400);
      expect(body[0].message).to.contain('more than 10 chunks');
    });

    const malformed: Record<string, [body: unknown, errorCode: string]> = {
      'no records': [{}, 'JSON_PARSER_ERROR'],
      'an invalid record': [{ records: [1] }, 'JSON_PARSER_ERROR'],
      'allOrNone of another type': [{ allOrNone: 'true', records: [] }, 'JSON_PARSER_ERROR'],
      'no type': [{ records: [{ Name: 'a' }] }, 'INVALID_TYPE'],
      'an unknown type': [{ records: [{ attributes: { type: 'Nothing' } }] }, 'INVALID_TYPE'],
    };
    for (const [name, [body, errorCode]] of Object.entries(malformed)) {
      it(`refuses ${name}`, async () => {
        const answer = await client.post('/composite/sobjects', body);
        expect(answer.status).to.equal(400);
        expect(answer.body[0]).to.include({ errorCode });
      });
    }

    it('exists since API 42', async () => {
      const old = new RestClient(org, org.accessToken, 'v41.0');
      expect((await old.post('/composite/sobjects', { records: [account('a')] })).status).to.equal(404);
    });
  });

  describe('update', () => {
    it('finds the id in any case, and reports each row separately', async () => {
      const [a, b] = [await client.create('Account', { Name: 'a' }), await client.create('Account', { Name: 'b' })];
      const gone = await client.create('Account', { Name: 'gone' });
      await client.delete(`/sobjects/Account/${gone}`);
      const person = await client.create('Contact', { LastName: 'c' });
      const { status, body } = await client.patch('/composite/sobjects', {
        records: [
          { ...account('a2'), id: a },
          { ...account('b2'), Id: b.slice(0, 15) },
          account('x'),
          { ...account('x'), id: gone },
          { ...account('x'), id: person },
          { ...account('x'), id: '0019z0000zzzzzzAAA' },
          { ...account('x'), id: 'abc' },
        ],
      });
      expect(status).to.equal(200);
      expect(body.slice(0, 2)).to.deep.equal([
        { id: a, success: true, errors: [] },
        { id: b, success: true, errors: [] },
      ]);
      expect(body.slice(2).map((row: { errors: unknown[] }) => row.errors[0])).to.deep.equal([
        { statusCode: 'MISSING_ARGUMENT', message: 'Id not specified in an update call', fields: [] },
        { statusCode: 'ENTITY_IS_DELETED', message: 'entity is deleted', fields: [] },
        { statusCode: 'MALFORMED_ID', message: `Account ID: id value of incorrect type: ${person}`, fields: ['Id'] },
        { statusCode: 'INVALID_CROSS_REFERENCE_KEY', message: 'invalid cross reference id', fields: [] },
        { statusCode: 'MALFORMED_ID', message: 'malformed id abc', fields: [] },
      ]);
      expect(names()).to.deep.equal(['a2', 'b2']);
    });

    it('refuses all rows with an id that occurs twice', async () => {
      const id = await client.create('Account', { Name: 'a' });
      const { body } = await client.patch('/composite/sobjects', {
        records: [
          { ...account('b'), id },
          { ...account('c'), id: id.slice(0, 15) },
        ],
      });
      for (const row of body) expect(row.errors[0]).to.include({ statusCode: 'DUPLICATE_VALUE' });
      expect(names()).to.deep.equal(['a']);
    });

    it('changes all or none', async () => {
      const id = await client.create('Account', { Name: 'a' });
      const { body } = await client.patch('/composite/sobjects', {
        allOrNone: true,
        records: [{ ...account('b'), id }, account('c')],
      });
      expect(body[0].errors).to.deep.equal([rolledBack]);
      expect(names()).to.deep.equal(['a']);
    });
  });

  describe('delete', () => {
    const remove = (ids: readonly string[], more = ''): ReturnType<RestClient['delete']> =>
      client.delete(`/composite/sobjects?ids=${ids.join(',')}${more}`);

    it('accepts ids of any object', async () => {
      const a = await client.create('Account', { Name: 'a' });
      const c = await client.create('Contact', { LastName: 'c' });
      const { status, body } = await remove([a, 'abc', c.slice(0, 15), '0019z0000zzzzzzAAA', '~~~9z0000zzzzzzAAA']);
      expect(status).to.equal(200);
      expect(body[0]).to.deep.equal({ id: a, success: true, errors: [] });
      expect(body[1].errors).to.deep.equal([{ statusCode: 'MALFORMED_ID', message: 'malformed id abc', fields: [] }]);
      expect(body[2]).to.deep.equal({ id: c, success: true, errors: [] });
      expect(body[3].errors[0]).to.include({ statusCode: 'INVALID_CROSS_REFERENCE_KEY' });
      expect(body[4].errors[0]).to.include({ statusCode: 'MALFORMED_ID' });
      expect([org.store.count('Account'), org.store.count('Contact')]).to.deep.equal([0, 0]);
      expect((await remove([a])).body[0].errors[0]).to.include({ statusCode: 'ENTITY_IS_DELETED' });
    });

    it('deletes all or none, and up to 200', async () => {
      const id = await client.create('Account', { Name: 'a' });
      const { body } = await remove([id, 'abc'], '&allOrNone=true');
      expect(body[0].errors).to.deep.equal([rolledBack]);
      expect(names()).to.deep.equal(['a']);
      expect((await remove(Array.from({ length: 201 }, () => id))).status).to.equal(400);
      expect((await remove([])).body[0]).to.include({ errorCode: 'MISSING_ARGUMENT' });
    });
  });

  describe('retrieve', () => {
    let ids: string[];

    beforeEach(async () => {
      ids = [await client.create('Account', { Name: 'a' }), await client.create('Account', { Name: 'b' })];
    });

    it('returns a record per id, and null for an unknown id', async () => {
      const wanted = [ids[1], '0019z0000zzzzzzAAA', 'abc', ids[0]?.slice(0, 15)];
      const byPost = await client.post('/composite/sobjects/account', { ids: wanted, fields: ['name', 'id'] });
      const record = (Id: string | undefined, Name: string): unknown => {
        return { attributes: { type: 'Account', url: `/services/data/v66.0/sobjects/Account/${Id}` }, Id, Name };
      };
      expect(byPost.status).to.equal(200);
      expect(byPost.body).to.deep.equal([record(ids[1], 'b'), null, null, record(ids[0], 'a')]);
      const byGet = await client.get(`/composite/sobjects/Account?ids=${wanted.join(',')}&fields=id,Name`);
      expect(byGet.body).to.deep.equal(byPost.body);
    });

    it('accepts 2,000 ids of a known object and known fields', async () => {
      const retrieve = (count: number): ReturnType<RestClient['post']> =>
        client.post('/composite/sobjects/Account', {
          ids: Array.from({ length: count }, () => ids[0]),
          fields: ['Id'],
        });
      expect((await retrieve(2_000)).body).to.have.lengthOf(2_000);
      expect((await retrieve(2_001)).body[0]).to.include({ errorCode: 'EXCEEDED_ID_LIMIT' });
      const unknown = await client.post('/composite/sobjects/Account', { ids, fields: ['Foo'] });
      expect(unknown.status).to.equal(400);
      expect(unknown.body[0]).to.include({ errorCode: 'INVALID_FIELD' });
      expect((await client.post('/composite/sobjects/Nothing', { ids, fields: ['Id'] })).status).to.equal(404);
      expect((await client.get(`/composite/sobjects/Account?ids=${ids[0]}`)).status).to.equal(400);
      expect((await client.post('/composite/sobjects/Account', { ids })).status).to.equal(400);
    });
  });

  describe('upsert', () => {
    let program: ExampleProgram;

    beforeEach(() => {
      program = seedProgram(org);
    });

    const journal = (Src_Key__c: unknown, more: Record<string, unknown> = {}): Record<string, unknown> => ({
      attributes: { type: 'TransactionJournal' },
      ...{ Src_Key__c, MemberId: program.memberId, ActivityDate: '2026-04-03T08:00:00Z' },
      ...more,
    });
    const upsert = async (records: unknown[], allOrNone = false): Promise<Answer['body']> => {
      const path = '/composite/sobjects/TransactionJournal/src_key__c';
      const { status, body } = await client.patch(path, { allOrNone, records });
      expect(status).to.equal(200);
      return body;
    };

    it('creates, updates and refuses', async () => {
      const [first] = await upsert([journal('k-1')]);
      expect(first).to.deep.equal({ id: first.id, success: true, errors: [], created: true });
      const results = await upsert([
        journal('K-1', { Status: 'Processed' }),
        journal('k-2', { ActivityDate: undefined }),
        journal('k-3'),
        journal(undefined),
        journal('k-4', { id: first.id }),
      ]);
      expect(results[0]).to.deep.equal({ id: first.id, success: true, errors: [], created: false });
      expect(results[1]).to.deep.equal({
        success: false,
        errors: [
          {
            statusCode: 'REQUIRED_FIELD_MISSING',
            message: 'Required fields are missing: [ActivityDate]',
            fields: ['ActivityDate'],
          },
        ],
        created: false,
      });
      expect(results[2]).to.include({ created: true });
      expect(results[3].errors).to.deep.equal([
        { statusCode: 'MISSING_ARGUMENT', message: 'Src_Key__c not specified', fields: ['Src_Key__c'] },
      ]);
      expect(results[4].errors[0]).to.include({ statusCode: 'INVALID_FIELD' });
      expect(org.store.count('TransactionJournal')).to.equal(2);
    });

    it('refuses all rows with a key that occurs twice', async () => {
      const results = await upsert([journal('k-1'), journal('k-2'), journal('K-1')]);
      expect(results.map((row: { success: boolean }) => row.success)).to.deep.equal([false, true, false]);
      expect(results[2].errors).to.deep.equal([
        { statusCode: 'DUPLICATE_VALUE', message: 'Duplicate external id specified: K-1', fields: [] },
      ]);
      expect(org.store.count('TransactionJournal')).to.equal(1);
    });

    it('writes all or none', async () => {
      const results = await upsert([journal('k-1'), journal('k-2', { Nonsense: 1 })], true);
      expect(results[0].errors).to.deep.equal([rolledBack]);
      expect(org.store.count('TransactionJournal')).to.equal(0);
    });

    it('tells for each row whether it was created, even if it was refused, repeated or rolled back', async () => {
      const createdOf = async (records: unknown[], allOrNone?: boolean): Promise<boolean[]> =>
        (await upsert(records, allOrNone)).map((row: { created: boolean }) => row.created);
      const bad = journal('k-2', { Nonsense: 1 });
      expect(await createdOf([journal('k-1'), bad], true)).to.deep.equal([false, false]);
      expect(await createdOf([journal('k-1'), journal('k-3'), journal('k-3'), bad])).to.deep.equal([
        ...[true, false, false, false],
      ]);
      expect(await createdOf([journal('k-1'), journal(undefined)])).to.deep.equal([false, false]);
    });

    it('refuses a key that several rows have', async () => {
      const path = '/composite/sobjects/Contact/Email';
      const first = { LastName: 'a', Email: 'a@example.com' };
      const ids = [await client.create('Contact', first), await client.create('Contact', first)];
      const { body } = await client.patch(path, { records: [{ attributes: { type: 'contact' }, ...first }] });
      expect(body[0].errors).to.deep.equal([
        {
          statusCode: 'DUPLICATE_EXTERNAL_ID',
          message: `Email: more than one record found for external id field: [${ids.join(', ')}]`,
          fields: [],
        },
      ]);
    });

    it('accepts only one object and one key', async () => {
      const path = '/composite/sobjects/TransactionJournal';
      const other = await client.patch(`${path}/Src_Key__c`, { records: [journal('k-1'), account('a')] });
      expect(other.status).to.equal(400);
      expect(other.body[0]).to.include({ errorCode: 'INVALID_TYPE' });
      expect((await client.patch(`${path}/Status`, { records: [journal('k-1')] })).status).to.equal(404);
      const old = new RestClient(org, org.accessToken, 'v45.0');
      expect((await old.patch('/composite/sobjects/Account/Id', { records: [] })).status).to.equal(404);
    });

    it('by Id updates records with an id and creates the others', async () => {
      const Id = await client.create('Account', { Name: 'a' });
      const { body } = await client.patch('/composite/sobjects/Account/Id', {
        records: [{ ...account('b'), Id }, account('c'), { ...account('d'), Id: '0019z0000zzzzzzAAA' }],
      });
      expect(body[0]).to.deep.equal({ id: Id, success: true, errors: [], created: false });
      expect(body[1]).to.include({ success: true, created: true });
      expect(body[2].errors[0]).to.include({ statusCode: 'INVALID_CROSS_REFERENCE_KEY' });
      expect(names()).to.deep.equal(['b', 'c']);
    });
  });
});
