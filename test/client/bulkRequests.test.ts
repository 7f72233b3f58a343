import { expect } from 'chai';
import { Connection } from 'jsforce';
import { LoyaltyClient, fakeConnection } from '../../src/client/index.js';
import { standardActions } from '../../src/contract/actions/index.js';
import { Emulator } from '../../src/emulator/index.js';
import { Loopback, failureOf, json } from './loopback.js';

// Shapes: Bulk API 2.0 guide, "Create a Job", "Upload Job Data", "Upload Complete", "Get Job Successful Record Results".
describe('client.ingest and client.batchJobs', () => {
  const info = { id: '750000000000001AAA', state: 'Open', createdDate: '2026-04-03T08:00:00.000+0000' };

  it('creates a job, closes it, and asks for its state', async () => {
    const connection = fakeConnection(() => ({ body: info }));
    const { ingest } = new LoyaltyClient(connection);
    expect(await ingest.createInsert('TransactionJournal')).to.deep.equal(info);
    await ingest.change(info.id, 'UploadComplete');
    await ingest.status(info.id);
    expect(connection.requests.map(({ method, path, body }) => ({ method, path, body }))).to.deep.equal([
      {
        method: 'POST',
        path: '/jobs/ingest',
        body: { object: 'TransactionJournal', operation: 'insert', contentType: 'CSV', lineEnding: 'LF' },
      },
      { method: 'PATCH', path: `/jobs/ingest/${info.id}`, body: { state: 'UploadComplete' } },
      { method: 'GET', path: `/jobs/ingest/${info.id}`, body: undefined },
    ]);
  });

  it('starts a batch job, and takes its Id from wherever the org puts it', async () => {
    const bodies = [
      { batchJobId: '0md1', accepted: true },
      [{ batchJobId: '0md1', accepted: true }],
      [{ actionName: 'Nightly', isSuccess: true, outputValues: { batchJobId: '0md1', accepted: true } }],
    ];
    for (const body of bodies) {
      const connection = fakeConnection(() => ({ body }));
      expect(await new LoyaltyClient(connection).batchJobs.start('Nightly')).to.equal('0md1');
      expect(connection.requests[0]).to.deep.include({
        method: 'POST',
        path: '/actions/custom/batchJobAction/Nightly',
        body: { inputs: [{}] },
      });
    }
  });

  it('starts a definition with its inputs: a batch job, or a calculation of the Data Processing Engine', async () => {
    const connection = fakeConnection(() => ({ body: { batchJobId: '0md1', accepted: true } }));
    const { batchJobs } = new LoyaltyClient(connection);
    await batchJobs.start('Nightly', { Region: 'North' });
    await batchJobs.startCalculation('Expire Points', { start_date: '2026-04-03' });
    expect(connection.requests.map(({ path, body }) => ({ path, body }))).to.deep.equal([
      { path: '/actions/custom/batchJobAction/Nightly', body: { inputs: [{ Region: 'North' }] } },
      {
        path: '/actions/custom/dataProcessingEngineAction/Expire Points',
        body: { inputs: [{ start_date: '2026-04-03' }] },
      },
    ]);
  });

  it('cancels a job without a body, and submits failed records', async () => {
    const path = '/connect/batch-job/0md1/cancel-job';
    const outputValues = { batchJobId: '0md2', status: 'Submitted' };
    const connection = fakeConnection(({ path: asked }) =>
      asked === path
        ? { body: { message: 'Canceled' }, statusCode: 201 }
        : { body: [{ actionName: 'submitFailedRecordsBatchJob', isSuccess: true, outputValues }] },
    );
    const { batchJobs } = new LoyaltyClient(connection);
    expect(await batchJobs.cancel('0md1')).to.equal('Canceled');
    expect(await batchJobs.submitFailed('0md1', ['2lf1'])).to.equal('0md2');
    expect(connection.requests.map(({ method, path: asked, body }) => ({ method, asked, body }))).to.deep.equal([
      { method: 'POST', asked: path, body: undefined },
      {
        method: 'POST',
        asked: '/actions/standard/submitFailedRecordsBatchJob',
        body: { inputs: [{ parentBatchJobId: '0md1', failedRecordIds: ['2lf1'] }] },
      },
    ]);
  });

  it('refreshes a decision table with the names that an org describes, and tells a refresh that failed', async () => {
    const answers = [{ Status: 'Queued' }, { status: 'Failed', errorMessage: 'Not active' }];
    const connection = fakeConnection(() => ({
      body: [{ actionName: 'refreshDecisionTable', isSuccess: true, outputValues: answers.shift() }],
    }));
    const { actions, batchJobs } = new LoyaltyClient(connection);
    expect(await batchJobs.refreshTable('Rates', { isIncremental: true })).to.equal('Queued');
    expect(connection.requests[0]).to.deep.include({
      path: '/actions/standard/refreshDecisionTable',
      body: { inputs: [{ DecisionTableApiName: 'Rates', isDecisionTableIncremental: true }] },
    });
    const error = await failureOf(batchJobs.refreshTable('Rates'));
    expect(String(error)).to.include('Not active');
    answers.push({ Status: 'Queued' });
    const ofVersion = { DecisionTableApiName: 'Rates', VersionNumber: 2 };
    await actions.run(standardActions.refreshDecisionTable, ofVersion);
    expect(connection.requests.at(-1)).to.deep.include({ body: { inputs: [ofVersion] } });
  });

  it('uploads a text that is made while it is sent with its length, and anew when the session has ended', async () => {
    await using server = await Loopback.start((response, { url, headers: { authorization } }, count) => {
      if (url === '/services/oauth2/token') {
        json(response, 200, { access_token: `token${count}`, instance_url: server.url, token_type: 'Bearer' });
      } else if (url === '/services/data')
        json(response, 200, [{ label: '', url: '/services/data/v66.0', version: '66.0' }]);
      else if (authorization === 'Bearer token1')
        json(response, 401, [{ errorCode: 'INVALID_SESSION_ID', message: '' }]);
      else response.writeHead(201).end();
    });
    const { ingest } = await LoyaltyClient.connect({ instanceUrl: server.url, clientId: 'app', clientSecret: 'none' });
    const rows = Array.from({ length: 3000 }, (_, index) => `Café ${index},${'x'.repeat(99)}\n`);
    const text = rows.join('');
    await ingest.upload(info.id, { bytes: Buffer.byteLength(text), parts: () => rows });
    const uploads = server.requests.filter(({ method }) => method === 'PUT');
    expect(uploads.map(({ body }) => body === text)).to.deep.equal([true, true]);
    for (const { headers } of uploads) {
      expect(headers).to.include({ 'content-type': 'text/csv', 'content-length': String(Buffer.byteLength(text)) });
      expect(headers).to.not.have.property('transfer-encoding');
    }
  });

  it('uploads CSV and reads results as they are, also over a connection that would parse them', async () => {
    await using org = await Emulator.start();
    const connection = new Connection({ instanceUrl: org.url, accessToken: org.accessToken, version: '66.0' });
    const { ingest } = new LoyaltyClient(connection);
    const { id } = await ingest.createInsert('Account');
    await ingest.upload(id, 'Name,Description\nFirst,"a, ""b"""\nSecond,[[[[{\n');
    let { state } = await ingest.change(id, 'UploadComplete');
    while (state !== 'JobComplete') ({ state } = await ingest.status(id));
    const results = async (file: 'successfulResults' | 'failedResults'): Promise<string> => {
      const parts: Uint8Array[] = [];
      await ingest.results(id, file, () => (part) => parts.push(part));
      return Buffer.concat(parts).toString();
    };
    const [header, ...rows] = (await results('successfulResults')).trimEnd().split('\n');
    expect(header).to.equal('"sf__Id","sf__Created",Name,Description');
    expect(rows).to.have.length(2);
    expect(rows.find((row) => row.includes('Second'))).to.match(/^"001\w{15}","true","Second","\[\[\[\[\{"$/);
    expect(await results('failedResults')).to.not.contain('Second');
  });
});
