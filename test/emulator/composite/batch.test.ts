import { expect } from 'chai';
import { Emulator } from '../../../src/emulator/index.js';
import { RestClient } from '../restClient.js';
import type { Answer } from '../restClient.js';

describe('Composite batch', () => {
  let org: Emulator;
  let client: RestClient;

  beforeEach(async () => {
    org = await Emulator.start();
    client = new RestClient(org);
  });

  afterEach(() => org.stop());

  const account = (Name: string): unknown => ({ method: 'POST', url: 'v66.0/sobjects/Account', richInput: { Name } });
  const limits = { method: 'GET', url: 'v66.0/limits' };
  const run = async (batchRequests: unknown[], haltOnError?: boolean): Promise<Answer['body']> => {
    const { status, body } = await client.post('/composite/batch', { haltOnError, batchRequests });
    expect(status).to.equal(200);
    return body;
  };
  const statuses = (body: Answer['body']): unknown[] => body.results.map((each: Answer['body']) => each.statusCode);

  it('runs subrequests in order, and keeps what was done', async () => {
    const { hasErrors, results } = await run([account('a'), account(''), account('c')]);
    const id = org.store.first('Account', { Name: 'a' })?.Id;
    expect(hasErrors).to.equal(true);
    expect(results[0]).to.deep.equal({ statusCode: 201, result: { id, success: true, errors: [] } });
    expect(results[1].statusCode).to.equal(400);
    expect(results[1].result[0]).to.include({ errorCode: 'REQUIRED_FIELD_MISSING' });
    const changed = await run([
      { method: 'PATCH', url: `v66.0/sobjects/Account/${id}`, richInput: { Name: 'b' } },
      { method: 'GET', url: `/v66.0/sobjects/Account/${id}?fields=Name` },
      { method: 'GET', url: `/services/data/v66.0/query?q=SELECT+count()+FROM+Account` },
    ]);
    expect(changed.hasErrors).to.equal(false);
    expect(changed.results[0]).to.deep.equal({ statusCode: 204, result: null });
    expect(changed.results[1].result).to.include({ Name: 'b' });
    expect(changed.results[2].result).to.include({ totalSize: 2 });
  });

  it('stops at the first error with haltOnError', async () => {
    const body = await run([account('a'), account(''), account('c'), limits], true);
    expect(statuses(body)).to.deep.equal([201, 400, 412, 412]);
    expect(body.results[2].result[0]).to.include({ errorCode: 'BATCH_PROCESSING_HALTED' });
    expect(org.store.count('Account')).to.equal(1);
  });

  it('counts each subrequest, and refuses those above the limit', async () => {
    const used = org.usage.used;
    await run([limits, limits, limits]);
    expect(org.usage.used).to.equal(used + 3);
    await run([]);
    expect(org.usage.used).to.equal(used + 4);
    org.usage.max = used + 6;
    expect(statuses(await run([limits, limits, limits]))).to.deep.equal([200, 200, 403]);
    expect((await client.get('/limits')).status).to.equal(403);
  });

  it('accepts 25 subrequests', async () => {
    expect((await run(Array.from({ length: 25 }, () => limits))).results).to.have.lengthOf(25);
    const { status, body } = await client.post('/composite/batch', {
      batchRequests: Array.from({ length: 26 }, () => limits),
    });
    expect(status).to.equal(400);
    expect(body[0]).to.include({ errorCode: 'LIMIT_EXCEEDED' });
  });

  it('accepts records, queries, limits and Connect, in versions up to its own', async () => {
    const urls = ['v66.0/composite/sobjects', 'v66.0/jobs/ingest', 'v67.0/limits', 'v33.0/limits', 'x'];
    const body = await run([...urls, 'v50.0/limits'].map((url) => ({ method: 'GET', url })));
    expect(statuses(body)).to.deep.equal([400, 400, 400, 400, 400, 200]);
  });

  it('refuses files, and does nothing then', async () => {
    const account = { method: 'POST', url: 'v66.0/sobjects/Account', richInput: { Name: 'Quay' } };
    const file = { ...account, binaryPartName: 'file', binaryPartNameAlias: 'VersionData' };
    const { status, body } = await client.post('/composite/batch', { batchRequests: [account, file] });
    expect(status).to.equal(501);
    expect(body[0].message).to.contain('This local org does not implement binary parts of a batch request');
    expect(org.store.count('Account', { Name: 'Quay' })).to.equal(0);
  });

  for (const [name, body] of Object.entries({
    'no list': {},
    'no object': { batchRequests: [null] },
    'no method': { batchRequests: [{ url: 'v66.0/limits' }] },
    'an invalid flag': { haltOnError: 'yes', batchRequests: [] },
    'no address': { batchRequests: [{ method: 'GET' }] },
  })) {
    it(`refuses ${name}`, async () => {
      const answer = await client.post('/composite/batch', body);
      expect(answer.status).to.equal(400);
      expect(answer.body[0]).to.include({ errorCode: 'JSON_PARSER_ERROR' });
    });
  }
});
