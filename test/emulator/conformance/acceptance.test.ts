import { expect } from 'chai';
import { isRemote, openTarget, removeAccounts, uniqueName } from './target.js';
import type { Target } from './target.js';
import { Wire } from './wire.js';
import type { WireAnswer } from './wire.js';

const v = '/services/data/v66.0';

/** The acceptance list of the platform contract, as far as no client of it asks by itself. */
describe('Conformance: the acceptance list', () => {
  let target: Target;
  let wire: Wire;
  const batch = uniqueName('list');

  before(async () => {
    target = await openTarget();
    wire = new Wire(target);
  });

  after(async () => {
    await removeAccounts(target, batch);
    await target.close();
  });

  const named = (name: string): Record<string, unknown> => ({ Name: `${batch} ${name}` });
  const row = (name: string): Record<string, unknown> => ({ attributes: { type: 'Account' }, ...named(name) });
  const create = async (name: string): Promise<string> => {
    const { status, body } = await wire.json('POST', `${v}/sobjects/Account`, named(name));
    expect(status).to.equal(201);
    return body.id as string;
  };

  describe('wire quirks', () => {
    it('names are accepted in any case and returned in their own', async () => {
      const id = await create('case');
      const { body } = await wire.get(`${v}/SOBJECTS/ACCOUNT/${id}`.replace('SOBJECTS', 'sobjects'));
      expect(body.attributes.type).to.equal('Account');
      const { body: answer } = await wire.query(`SELECT iD, nAME FROM aCCOUNT WHERE ID = '${id}'`);
      expect(answer.records[0]).to.include({ Id: id, Name: `${batch} case` });
    });

    it('ids match in 15 and 18 characters', async () => {
      const id = await create('id');
      expect((await wire.get(`${v}/sobjects/Account/${id.slice(0, 15)}`)).body.Id).to.equal(id);
      const { body } = await wire.query(`SELECT Id FROM Account WHERE Id = '${id.slice(0, 15)}'`);
      expect(body.records[0].Id).to.equal(id);
    });

    it('numbers may be texts, and the text "null" is a text', async () => {
      const given = { ...named('text'), NumberOfEmployees: '12', AccountNumber: 'null' };
      const { body } = await wire.json('POST', `${v}/sobjects/Account`, given);
      const { body: read } = await wire.get(`${v}/sobjects/Account/${body.id}?fields=NumberOfEmployees,AccountNumber`);
      expect(read).to.include({ NumberOfEmployees: 12, AccountNumber: 'null' });
    });

    it('bodies may be sent in chunks', async () => {
      const sent = { body: JSON.stringify(named('pieces')), isChunked: true };
      expect((await wire.send('POST', `${v}/sobjects/Account`, sent)).status).to.equal(201);
    });

    it('each answer except the list of versions tells how many calls were made', async () => {
      const { headers } = await wire.get(`${v}/limits`);
      expect(headers['sforce-limit-info']).to.match(/^api-usage=\d+\/\d+/);
      const missing = await wire.get(`${v}/nowhere`);
      expect([missing.status, missing.headers['sforce-limit-info']?.slice(0, 10)]).to.deep.equal([404, 'api-usage=']);
      expect((await wire.get('/services/data')).headers).not.to.have.property('sforce-limit-info');
    });

    it('old versions are served', async () => {
      for (const version of ['v50.0', 'v51.0', 'v66.0']) {
        expect((await wire.get(`/services/data/${version}`)).status, version).to.equal(200);
      }
    });
  });

  describe('a session', () => {
    it('that is invalid is always refused in the same way', async () => {
      const { status, body } = await new Wire({ ...target, accessToken: 'none' }).get(v);
      expect(status).to.equal(401);
      expect(body).to.deep.equal([{ message: 'Session expired or invalid', errorCode: 'INVALID_SESSION_ID' }]);
    });

    it('that ends in the middle of a run is reported, and the next one works', async function () {
      if (!target.local) this.skip();
      target.local.expireSessions();
      expect((await wire.get(v)).body[0].errorCode).to.equal('INVALID_SESSION_ID');
      target = { ...target, accessToken: target.local.accessToken };
      wire = new Wire(target);
      expect((await wire.get(v)).status).to.equal(200);
    });
  });

  describe('an upsert', () => {
    /** `[status, created]` of one, where `created` is absent before API 46. */
    const upsert = async (version: string, key: string, body = named(key), more = ''): Promise<[number, unknown]> => {
      const path = `/services/data/${version}/sobjects/Account/${target.keyField}/${encodeURIComponent(key)}${more}`;
      const { status, body: answer } = await wire.json('PATCH', path, body);
      return [status, status >= 300 ? answer[0]?.errorCode : (answer as { created?: boolean }).created];
    };

    before(function () {
      if (target.keyField === undefined) this.skip();
    });

    it('creates, then updates', async () => {
      const key = `${batch} k1`;
      expect(await upsert('v66.0', key)).to.deep.equal([201, true]);
      expect(await upsert('v66.0', key)).to.deep.equal([200, false]);
    });

    it('returned less before API 46', async () => {
      const key = `${batch} k2`;
      expect(await upsert('v45.0', key)).to.deep.equal([201, undefined]);
      expect(await upsert('v45.0', key)).to.deep.equal([204, undefined]);
    });

    it('with updateOnly never creates', async () => {
      expect(await upsert('v66.0', `${batch} k3`, named('k3'), '?updateOnly=true')).to.deep.equal([404, 'NOT_FOUND']);
    });

    it('does not accept its key in the body too', async () => {
      const key = `${batch} k4`;
      const [status] = await upsert('v66.0', key, { ...named('k4'), [target.keyField ?? '']: key });
      expect(status).to.equal(400);
    });

    it('by a field that is not a key is not found', async () => {
      const { status, body } = await wire.json('PATCH', `${v}/sobjects/Account/BillingCity/x`, named('k5'));
      expect([status, body[0].errorCode]).to.deep.equal([404, 'NOT_FOUND']);
    });

    it('of one key twice in a collection fails for both', async () => {
      const records = [1, 2].map(() => ({ ...row('k6'), [target.keyField ?? '']: `${batch} k6` }));
      const { body } = await wire.json('PATCH', `${v}/composite/sobjects/Account/${target.keyField}`, { records });
      expect(statusCodes(body)).to.deep.equal(['DUPLICATE_VALUE', 'DUPLICATE_VALUE']);
    });
  });

  describe('a collection', () => {
    const post = (records: unknown[], allOrNone?: boolean): Promise<WireAnswer> =>
      wire.json('POST', `${v}/composite/sobjects`, { ...(allOrNone !== undefined && { allOrNone }), records });
    const tooLong = { ...row('long'), Name: 'x'.repeat(300) };

    it('keeps the order, and the good rows', async () => {
      const { status, body } = await post([row('c1'), tooLong, row('c2')]);
      expect(status).to.equal(200);
      expect(statusCodes(body)).to.deep.equal([undefined, 'STRING_TOO_LONG', undefined]);
    });

    it('with allOrNone keeps no rows', async () => {
      const { status, body } = await post([row('c3'), tooLong], true);
      expect(status).to.equal(200);
      expect(statusCodes(body)).to.deep.equal(['ALL_OR_NONE_OPERATION_ROLLED_BACK', 'STRING_TOO_LONG']);
      expect((await wire.query(`SELECT COUNT() FROM Account WHERE Name = '${batch} c3'`)).body.totalSize).to.equal(0);
    });

    it('of 201 rows is refused', async () => {
      const { status } = await post(Array.from({ length: 201 }, () => row('c4')));
      expect(status).to.equal(400);
    });
  });

  describe('a composite request', () => {
    const send = async (parts: object[], allOrNone = false): Promise<WireAnswer> => {
      const compositeRequest = parts.map((part, index) => ({ referenceId: `r${index}`, ...part }));
      return wire.json('POST', `${v}/composite`, { allOrNone, compositeRequest });
    };
    const insert = (name: string): object => ({ method: 'POST', url: `${v}/sobjects/Account`, body: named(name) });
    const query = { method: 'GET', url: `${v}/query?q=SELECT+Id+FROM+Account+LIMIT+1` };

    /** As a whole or in a part: which of both is an open point. */
    const isRefused = ({ status, body }: WireAnswer): boolean =>
      status === 400 || body.compositeResponse.some((part: { httpStatusCode: number }) => part.httpStatusCode === 400);

    it('accepts at most 25 parts', async () => {
      const parts = (count: number): object[] =>
        Array.from({ length: count }, () => ({ method: 'GET', url: `${v}/limits` }));
      expect(isRefused(await send(parts(25)))).to.equal(false);
      expect(isRefused(await send(parts(26)))).to.equal(true);
    });

    it('accepts at most five queries', async () => {
      expect(isRefused(await send(Array.from({ length: 5 }, () => query)))).to.equal(false);
      expect(isRefused(await send(Array.from({ length: 6 }, () => query)))).to.equal(true);
    });

    it('with allOrNone tells which part failed, and that the others were undone', async () => {
      const { body } = await send([insert('p1'), { ...insert('p2'), body: { Name: 'x'.repeat(300) } }], true);
      const codes = body.compositeResponse.map(
        ({ body: part }: { body: { errorCode: string }[] }) => part[0]?.errorCode,
      );
      expect(codes).to.deep.equal(['PROCESSING_HALTED', 'STRING_TOO_LONG']);
      expect((await wire.query(`SELECT COUNT() FROM Account WHERE Name = '${batch} p1'`)).body.totalSize).to.equal(0);
    });
  });

  describe('an error', () => {
    it('in the method is answered with the allowed methods', async () => {
      const { status, body } = await wire.json('PUT', `${v}/sobjects/Account`, {});
      expect([status, body[0].errorCode]).to.deep.equal([405, 'METHOD_NOT_ALLOWED']);
      if (!isRemote) expect(body[0].message).to.equal("HTTP Method 'PUT' not allowed. Allowed are HEAD,GET,POST");
    });

    it('about a deleted record differs from one about an unknown record', async () => {
      const id = await create('deleted');
      expect((await wire.send('DELETE', `${v}/sobjects/Account/${id}`)).status).to.equal(204);
      const again = await wire.send('DELETE', `${v}/sobjects/Account/${id}`);
      expect([again.status, again.body[0].errorCode]).to.deep.equal([404, 'ENTITY_IS_DELETED']);
    });

    it('in a cursor is reported', async () => {
      const { status, body } = await wire.get(`${v}/query/01g000000000000AAA-2000`);
      expect([status, body[0].errorCode]).to.deep.equal([400, 'INVALID_QUERY_LOCATOR']);
    });
  });
});

function statusCodes(results: { errors: { statusCode: string }[] }[]): (string | undefined)[] {
  return results.map(({ errors }) => errors[0]?.statusCode);
}
