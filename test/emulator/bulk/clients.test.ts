import { expect } from 'chai';
import { Connection } from 'jsforce';
import { Emulator } from '../../../src/emulator/index.js';
import { seedProgram, sourceKey } from '../restClient.js';
import { BulkJobs, upsertOfJournals } from './bulkJobs.js';

describe('jsforce bulk2', () => {
  let org: Emulator;
  let connection: Connection;
  let MemberId: string;

  before(async () => {
    org = await Emulator.start({ customFields: sourceKey });
    ({ memberId: MemberId } = seedProgram(org));
    connection = new Connection({ instanceUrl: org.url, accessToken: org.accessToken, version: '66.0' });
    connection.bulk2.pollInterval = 20;
  });

  after(() => org.stop());

  const upsert = { object: 'TransactionJournal', operation: 'upsert', externalIdFieldName: 'Src_Key__c' } as const;
  const journal = (key: string, more: Record<string, unknown> = {}): Record<string, unknown> => ({
    ...{ Src_Key__c: key, MemberId, ActivityDate: '2026-04-03T08:00:00Z', TransactionAmount: 12.5, Brand: null },
    ...more,
  });

  it('loads records and reads the results', async () => {
    const input = [
      ...Array.from({ length: 450 }, (_, index) => journal(`j${index}`)),
      journal('bad', { MemberId: 'x' }),
    ];
    const results = await connection.bulk2.loadAndWaitForResults({
      ...upsert,
      input: input,
    });
    expect(results.successfulResults).to.have.length(450);
    expect(results.successfulResults[0]).to.include({ sf__Created: 'true', MemberId });
    expect(results.failedResults).to.have.length(1);
    expect(results.failedResults[0]).to.deep.include({
      Src_Key__c: 'bad',
      sf__Error: 'MALFORMED_ID:Member ID: id value of incorrect type: x:MemberId --',
    });
    expect(results.unprocessedRecords).to.deep.equal([]);
    expect(org.store.count('TransactionJournal')).to.equal(450);
  });

  it('drives a job step by step', async () => {
    const job = connection.bulk2.createJob({ ...upsert, lineEnding: 'LF' });
    await job.open();
    await job.uploadData('Src_Key__c,Brand\nj0,Quay\n');
    await job.close();
    await job.poll(20, 10_000);
    expect(job.getInfo()).to.include({ state: 'JobComplete', numberRecordsProcessed: 1 });
    expect(org.store.first('TransactionJournal', { Src_Key__c: 'j0' })).to.include({ Brand: 'Quay' });
    await job.delete();
  });

  it('reports a job that failed as a whole', async () => {
    const error = await connection.bulk2
      .loadAndWaitForResults({ ...upsert, input: 'Src_Key__c,Foo__c\na,b\n' })
      .catch((reason: unknown) => reason);
    expect(String(error)).to.match(/InvalidBatch : Field name not found : Foo__c/);
  });

  it('aborts', async () => {
    const job = connection.bulk2.createJob(upsert);
    await job.open();
    await job.abort();
    expect(job.getInfo().state).to.equal('Aborted');
  });

  it('queries', async () => {
    const soql = "SELECT Src_Key__c, Member.MembershipNumber FROM TransactionJournal WHERE Src_Key__c = 'j1'";
    const records = await (await connection.bulk2.query(soql, { pollInterval: 20 })).toArray();
    expect(records).to.deep.equal([{ Src_Key__c: 'j1', 'Member.MembershipNumber': 'M-77' }]);
  });
});

/** The requests of the commands in their order, with the doubled slash of a stored instance URL. */
describe('Requests of the sf data bulk commands', () => {
  let org: Emulator;
  let jobs: BulkJobs;

  before(async () => {
    org = await Emulator.start({ customFields: sourceKey });
    seedProgram(org);
    jobs = new BulkJobs(org);
  });

  after(() => org.stop());

  const csv = 'Src_Key__c,Member.MembershipNumber,ActivityDate\na,M-77,2026-04-03T08:00:00Z\n';
  const whole = (path: string): string => `/services//data/v66.0${path}`;

  it('upsert bulk, with its results', async () => {
    const { body: job } = await jobs.api.send('POST', whole('/jobs/ingest'), upsertOfJournals, {
      'sforce-call-options': 'client=sfdx toolbelt:',
    });
    // Streamed: without a content-length.
    const stream = new Blob([csv]).stream();
    const put = await fetch(`${org.url}${whole(`/jobs/ingest/${job.id}/batches`)}`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${org.accessToken}`, 'content-type': 'text/csv' },
      body: stream,
      duplex: 'half',
    });
    expect([put.status, await put.text()]).to.deep.equal([201, '']);
    const closed = await jobs.api.send('PATCH', whole(`/jobs/ingest/${job.id}`), { state: 'UploadComplete' });
    expect(closed.body.state).to.equal('UploadComplete');
    const info = await jobs.ended(job.id);
    // What the command takes for success.
    expect(info).to.include({ state: 'JobComplete', numberRecordsProcessed: 1, numberRecordsFailed: 0 });
    for (const name of ['successfulResults', 'failedResults', 'unprocessedrecords']) {
      const { status, headers } = await jobs.api.get(`/jobs/ingest/${job.id}/${name}/`);
      expect([status, headers.get('content-type')]).to.deep.equal([200, 'text/csv;charset=UTF-8']);
    }
  });

  it('bulk results, by the id in 15 characters', async () => {
    const { id } = await jobs.run(csv);
    const { status, body } = await jobs.api.get(`/jobs/ingest/${id.slice(0, 15)}`);
    expect([status, body.id]).to.deep.equal([200, id]);
  });

  it('export bulk', async () => {
    const soql = 'SELECT Id, Src_Key__c FROM TransactionJournal';
    const { body: job } = await jobs.api.post('/jobs/query', {
      ...{ query: soql, operation: 'query', columnDelimiter: 'COMMA', lineEnding: 'LF' },
    });
    await jobs.ended(job.id, 'query');
    expect((await jobs.api.get('')).status).to.equal(200);
    const { headers, body } = await jobs.api.get(`/jobs/query/${job.id}/results`, { accept: 'text/csv' });
    expect(headers.get('sforce-locator')).to.equal('null');
    expect(body).to.match(/^"Id","Src_Key__c"\n"0lV\w{15}","a"\n$/);
  });
});
