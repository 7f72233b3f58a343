import { expect } from 'chai';
import { Emulator } from '../../../src/emulator/index.js';
import { RestClient } from '../restClient.js';
import type { Answer } from '../restClient.js';

type Values = Record<string, unknown>;

const record = (type: string, referenceId: string, values: Values): Values => ({
  attributes: { type, referenceId },
  ...values,
});
const account = (referenceId: string, Name: string, more: Values = {}): Values =>
  record('Account', referenceId, { Name, ...more });
const contact = (referenceId: string, LastName: string): Values => record('Contact', referenceId, { LastName });

describe('sObject tree', () => {
  let org: Emulator;
  let client: RestClient;

  beforeEach(async () => {
    org = await Emulator.start();
    client = new RestClient(org);
  });

  afterEach(() => org.stop());

  const send = (records: unknown, type = 'Account'): Promise<Answer> =>
    client.post(`/composite/tree/${type}`, { records });
  const refused = async (records: unknown): Promise<Answer['body']> => {
    const { status, body } = await send(records);
    expect(status).to.equal(400);
    expect([org.store.count('Account'), org.store.count('Contact')]).to.deep.equal([0, 0]);
    return body;
  };

  it('creates records with their children', async () => {
    const { status, body } = await send([
      account('a', 'Acme', { Contacts: { records: [contact('c', 'Nimbus'), contact('d', 'Stratus')] } }),
      account('b', 'Beta', { contacts: { records: [] } }),
    ]);
    const acme = org.store.first('Account', { Name: 'Acme' })?.Id;
    expect(status).to.equal(201);
    expect(body).to.deep.equal({
      hasErrors: false,
      results: [
        { referenceId: 'a', id: acme },
        { referenceId: 'c', id: org.store.first('Contact', { LastName: 'Nimbus' })?.Id },
        { referenceId: 'd', id: org.store.first('Contact', { LastName: 'Stratus' })?.Id },
        { referenceId: 'b', id: org.store.first('Account', { Name: 'Beta' })?.Id },
      ],
    });
    expect(org.store.count('Contact', { AccountId: acme })).to.equal(2);
  });

  it('creates nothing if one record is refused, and lists only that one', async () => {
    const body = await refused([
      account('a', 'Acme', { Contacts: { records: [contact('c', '')] } }),
      account('b', 'Beta'),
    ]);
    expect(body).to.deep.equal({
      hasErrors: true,
      results: [
        {
          referenceId: 'c',
          errors: [
            {
              statusCode: 'REQUIRED_FIELD_MISSING',
              message: 'Required fields are missing: [LastName]',
              fields: ['LastName'],
            },
          ],
        },
      ],
    });
  });

  it('does not report the children of a refused record', async () => {
    const { results } = await refused([account('a', '', { Contacts: { records: [contact('c', 'Nimbus')] } })]);
    expect(results.map((each: Answer['body']) => each.referenceId)).to.deep.equal(['a']);
  });

  it('refuses a referenceId that occurs twice', async () => {
    const body = await refused([account('a', 'Acme'), account('a', 'Beta')]);
    expect(body).to.deep.equal({
      hasErrors: true,
      results: [
        {
          referenceId: 'a',
          errors: [
            { statusCode: 'INVALID_INPUT', message: 'Duplicate ReferenceId provided in the request.', fields: [] },
          ],
        },
      ],
    });
  });

  it('requires a referenceId and the right type for each record', async () => {
    expect(await refused([{ attributes: { type: 'Account' }, Name: 'Acme' }])).to.deep.equal([
      { message: 'Include a reference ID for each record in the request.', errorCode: 'INVALID_INPUT' },
    ]);
    expect((await refused([contact('c', 'Nimbus')]))[0]).to.include({ errorCode: 'INVALID_INPUT' });
    expect((await refused('nothing'))[0]).to.include({ errorCode: 'JSON_PARSER_ERROR' });
    expect((await refused([1]))[0]).to.include({ errorCode: 'JSON_PARSER_ERROR' });
    expect((await send([], 'Nothing')).status).to.equal(404);
  });

  it('accepts 200 records in total', async () => {
    const many = (count: number): Values[] => Array.from({ length: count }, (_, index) => contact(`c${index}`, 'x'));
    const tree = (count: number): Values[] => [account('a', 'Acme', { Contacts: { records: many(count) } })];
    expect((await refused(tree(200)))[0].message).to.contain('200 records');
    expect((await send(tree(199))).status).to.equal(201);
  });

  it('accepts five levels', async () => {
    const chain = (levels: number): Values =>
      account(`a${levels}`, 'Acme', levels > 1 ? { ChildAccounts: { records: [chain(levels - 1)] } } : {});
    const deep = await refused([chain(6)]);
    expect(deep[0].message).to.contain('5 levels');
    expect((await send([chain(5)])).status).to.equal(201);
    expect(org.store.count('Account')).to.equal(5);
  });
});
