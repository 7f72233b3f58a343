import { expect } from 'chai';
import { Connection } from 'jsforce';
import { LoyaltyClient, fakeConnection } from '../../src/client/index.js';
import { Emulator } from '../../src/emulator/index.js';

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
      await ingest.results(id, file, (part) => parts.push(part));
      return Buffer.concat(parts).toString();
    };
    const [header, ...rows] = (await results('successfulResults')).trimEnd().split('\n');
    expect(header).to.equal('"sf__Id","sf__Created",Name,Description');
    expect(rows).to.have.length(2);
    expect(rows.find((row) => row.includes('Second'))).to.match(/^"001\w{15}","true","Second","\[\[\[\[\{"$/);
    expect(await results('failedResults')).to.not.contain('Second');
  });
});
