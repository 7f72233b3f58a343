import { expect } from 'chai';
import { Emulator } from '../../../src/emulator/index.js';
import { RestClient } from '../restClient.js';
import type { Answer } from '../restClient.js';

const base = '/services/data/v66.0';

type Node = Record<string, unknown>;

const post = (objectName: string, referenceId: string, body: unknown): Node => ({
  ...{ method: 'POST', url: `${base}/sobjects/${objectName}`, referenceId, body },
});
const account = (referenceId: string, Name: string): Node => post('Account', referenceId, { Name });
const graph = (graphId: string, ...compositeRequest: Node[]): unknown => ({ graphId, compositeRequest });

describe('Composite graph', () => {
  let org: Emulator;
  let client: RestClient;

  beforeEach(async () => {
    org = await Emulator.start();
    client = new RestClient(org);
  });

  afterEach(() => org.stop());

  const send = (graphs: unknown[]): Promise<Answer> => client.post('/composite/graph', { graphs });
  const run = async (...graphs: unknown[]): Promise<Answer['body']> => {
    const { status, body } = await send(graphs);
    expect(status).to.equal(200);
    return body.graphs;
  };
  const names = (): unknown[] => org.store.find('Account', {}).map((row) => row['Name']);

  it('does each graph completely or not at all', async () => {
    const [first, second] = await run(
      graph('1', account('a', 'Acme'), post('Contact', 'c', { LastName: 'Nimbus', AccountId: '@{a.id}' })),
      graph('2', account('a', 'Undone'), account('b', ''), account('c', 'Never')),
    );
    const id = org.store.first('Account', {})?.Id;
    expect(first).to.include({ graphId: '1', isSuccessful: true });
    expect(first.graphResponse.compositeResponse[0]).to.deep.equal({
      body: { id, success: true, errors: [] },
      httpHeaders: { Location: `${base}/sobjects/Account/${id}` },
      httpStatusCode: 201,
      referenceId: 'a',
    });
    expect(second).to.include({ graphId: '2', isSuccessful: false });
    const codes = second.graphResponse.compositeResponse.map((each: Answer['body']) => each.body[0].errorCode);
    expect(codes).to.deep.equal(['PROCESSING_HALTED', 'REQUIRED_FIELD_MISSING', 'PROCESSING_HALTED']);
    expect(names()).to.deep.equal(['Acme']);
    expect(org.store.first('Contact', {})).to.include({ AccountId: id });
  });

  it('does not see other graphs', async () => {
    const [, other] = await run(
      graph('1', account('a', 'Acme')),
      graph('2', post('Contact', 'c', { LastName: 'Nimbus', AccountId: '@{a.id}' })),
    );
    expect(other.isSuccessful).to.equal(false);
    expect(other.graphResponse.compositeResponse[0].body[0]).to.include({
      message: 'Invalid reference specified. No value for a.id found in a',
    });
  });

  it('stops after too many failures', async () => {
    const bad = Array.from({ length: 15 }, (_, index) => graph(`bad${index}`, account('a', '')));
    const results = await run(graph('good', account('a', 'Before')), ...bad, graph('late', account('a', 'After')));
    const late = results.at(-1);
    expect(late).to.include({ graphId: 'late', isSuccessful: false });
    expect(late.graphResponse.compositeResponse[0]).to.deep.include({ httpStatusCode: 400, referenceId: 'a' });
    expect(late.graphResponse.compositeResponse[0].body[0]).to.include({ errorCode: 'PROCESSING_HALTED' });
    expect(names()).to.deep.equal(['Before']);
    const fewer = await run(...bad.slice(1), graph('late', account('a', 'After')));
    expect(fewer.at(-1)).to.include({ isSuccessful: true });
  });

  it('accepts only requests for records', async () => {
    const id = await client.create('Account', { Name: 'Acme' });
    const node = (path: string): Node => ({ method: 'GET', url: base + path, referenceId: 'a' });
    for (const path of [
      '/limits',
      '/query?q=SELECT+Id+FROM+Account',
      '/composite/sobjects',
      '/sobjects/Account/describe',
    ]) {
      const [{ graphResponse, isSuccessful }] = await run(graph('1', node(path)));
      expect(isSuccessful).to.equal(false);
      expect(graphResponse.compositeResponse[0].body[0]).to.include({ errorCode: 'INVALID_INPUT' });
    }
    expect((await run(graph('1', node(`/sobjects/Account/${id}`))))[0]).to.include({ isSuccessful: true });
  });

  describe('has a limit of', () => {
    const refuses = async (graphs: unknown[], what: string): Promise<void> => {
      const { status, body } = await send(graphs);
      expect(status).to.equal(400);
      expect(body[0]).to.include({ errorCode: 'LIMIT_EXCEEDED' });
      expect(body[0].message).to.contain(what);
      expect(names()).to.deep.equal([]);
    };
    const accounts = (count: number): Node[] =>
      Array.from({ length: count }, (_, index) => account(`a${index}`, `a${index}`));

    it('75 graphs', async () => {
      await refuses(
        Array.from({ length: 76 }, (_, index) => graph(`g${index}`)),
        '75 graphs',
      );
    });

    it('500 nodes', async () => {
      await refuses([graph('1', ...accounts(500)), graph('2', account('a', 'a'))], '500 nodes');
      expect((await run(graph('1', ...accounts(500))))[0]).to.include({ isSuccessful: true });
    });

    it('15 different nodes', async () => {
      const kinds = ['POST', 'GET', 'PATCH', 'DELETE'].flatMap((method) =>
        ['Account', 'Contact', 'Product2', 'Order'].map((name) => ({
          ...{ method, url: `${base}/sobjects/${name}/x`, referenceId: method + name },
        })),
      );
      await refuses([graph('1', ...kinds)], '15 different nodes');
      expect((await send([graph('1', ...kinds.slice(1))])).status).to.equal(200);
    });

    it('a depth of 15 nodes', async () => {
      const chain = (length: number): Node[] =>
        Array.from({ length }, (_, index) => account(`a${index}`, index === 0 ? 'first' : `@{a${index - 1}.id}`));
      await refuses([graph('1', ...chain(16))], '15 nodes in depth');
      expect((await run(graph('1', ...chain(15))))[0]).to.include({ isSuccessful: true });
    });
  });

  for (const [name, graphs] of Object.entries({
    'no list': undefined,
    'no graph': [1],
    'no graphId': [{ compositeRequest: [] }],
    'a graphId with a period': [{ graphId: 'a.b', compositeRequest: [] }],
    'a graphId twice': [graph('1'), graph('1')],
    'no nodes': [{ graphId: '1' }],
  })) {
    it(`refuses ${name}`, async () => {
      const { status, body } = await client.post('/composite/graph', { graphs });
      expect(status).to.equal(400);
      expect(body[0]).to.include({ errorCode: 'JSON_PARSER_ERROR' });
    });
  }
});
