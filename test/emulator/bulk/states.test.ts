import { expect } from 'chai';
import { Emulator } from '../../../src/emulator/index.js';
import { seedProgram, sourceKey } from '../restClient.js';
import { BulkJobs, upsertOfJournals } from './bulkJobs.js';

const hour = 3_600_000;

describe('States of ingest jobs', () => {
  let org: Emulator;
  let jobs: BulkJobs;
  let now: number;

  beforeEach(async () => {
    now = Date.parse('2026-05-01T10:00:00Z');
    const clock = { now: () => now, sleep: () => Promise.resolve() };
    org = await Emulator.start({ customFields: sourceKey, clock });
    jobs = new BulkJobs(org);
    seedProgram(org);
  });

  afterEach(() => org.stop());

  const csv = (count: number, prefix = 'k'): string => {
    const rows = Array.from({ length: count }, (_, index) => `${prefix}${index},M-77,2026-04-03T08:00:00Z\n`);
    return `Src_Key__c,Member.MembershipNumber,ActivityDate\n${rows.join('')}`;
  };
  const refusal = async (request: Promise<{ status: number; body: [{ errorCode: string; message: string }] }>) => {
    const { status, body } = await request;
    return [status, body[0].errorCode, body[0].message];
  };

  it('refuses invalid jobs', async () => {
    const create = (job: Record<string, unknown>) =>
      refusal(jobs.api.post('/jobs/ingest', { ...upsertOfJournals, ...job }));
    const wrongKey =
      'InvalidJob : Field name provided, Brand does not match an External ID, Salesforce Id, or indexed field';
    expect(await create({ object: 'Foo' })).to.deep.equal([
      400,
      'INVALIDJOB',
      'InvalidJob : Unable to find object: Foo',
    ]);
    expect(await create({ externalIdFieldName: 'Brand' })).to.deep.equal([
      400,
      'INVALIDJOB',
      `${wrongKey} for TransactionJournal`,
    ]);
    expect(await create({ externalIdFieldName: undefined })).to.deep.equal([
      400,
      'INVALIDJOB',
      'InvalidJob : External ID was blank for TransactionJournal. An External ID must be specified for upsert.',
    ]);
    for (const [name, value] of [
      ['operation', 'merge'],
      ['columnDelimiter', 'SPACE'],
      ['lineEnding', 'CR'],
      ['contentType', 'JSON'],
    ] as const) {
      const message = `Invalid value: '${value}' supplied for property: '${name}'`;
      expect(await create({ [name]: value })).to.deep.equal([400, 'API_ERROR', message]);
    }
    expect((await jobs.api.get('/jobs/ingest/750000000000001')).body[0]).to.include({ errorCode: 'NOT_FOUND' });
  });

  it('accepts one upload while the job is open', async () => {
    const id = await jobs.create();
    expect((await jobs.upload(id, csv(1))).status).to.equal(201);
    const [status, code, message] = await refusal(jobs.upload(id, csv(1)));
    expect([status, code]).to.deep.equal([400, 'BULK_API_ERROR']);
    expect(message).to.match(new RegExp(`^Found multiple contents for job: <${id.slice(0, 15)}>`));
    await jobs.enter(id, 'UploadComplete');
    expect((await refusal(jobs.upload(id, csv(1)))).slice(0, 2)).to.deep.equal([400, 'INVALIDJOBSTATE']);
  });

  it('closes and aborts jobs that have not ended, and deletes jobs that are not in progress', async () => {
    const { id } = await jobs.run(csv(2));
    expect(await refusal(jobs.enter(id, 'UploadComplete'))).to.deep.equal([
      ...[400, 'INVALIDJOBSTATE', 'Closing already Completed Job not allowed'],
    ]);
    expect(await refusal(jobs.enter(id, 'Aborted'))).to.deep.equal([
      ...[400, 'INVALIDJOBSTATE', 'Aborting already Completed Job not allowed'],
    ]);
    expect((await refusal(jobs.enter(id, 'InProgress')))[1]).to.equal('API_ERROR');
    const open = await jobs.create();
    expect((await refusal(jobs.api.delete(`/jobs/ingest/${open}`)))[1]).to.equal('INVALIDJOBSTATE');
    expect((await refusal(jobs.api.get(`/jobs/ingest/${open}/failedResults`)))[1]).to.equal('INVALIDJOBSTATE');
    expect((await jobs.enter(open, 'Aborted')).body).to.include({ state: 'Aborted' });
    for (const each of [id, open]) {
      expect((await jobs.api.delete(`/jobs/ingest/${each}`)).status).to.equal(204);
      expect((await jobs.api.get(`/jobs/ingest/${each}`)).status).to.equal(404);
    }
  });

  it('leaves the remaining rows of an aborted job unprocessed, and lists them', async () => {
    const id = await jobs.create();
    await jobs.upload(id, csv(30_000));
    await jobs.enter(id, 'UploadComplete');
    for (let done = 0; done === 0;) done = (await jobs.api.get(`/jobs/ingest/${id}`)).body.numberRecordsProcessed;
    expect((await refusal(jobs.api.delete(`/jobs/ingest/${id}`)))[1]).to.equal('INVALIDJOBSTATE');
    await jobs.enter(id, 'Aborted');
    const written = org.store.count('TransactionJournal');
    const unprocessed = await jobs.rows(id, 'unprocessedrecords');
    const successful = await jobs.rows(id, 'successfulResults');
    expect([successful.length, unprocessed.length]).to.deep.equal([written, 30_000 - written]);
    const keys = [...successful, ...unprocessed].map((row) => row['Src_Key__c']);
    expect(new Set(keys).size).to.equal(30_000);
  });

  it('does nothing for a queued job that was deleted or aborted', async () => {
    const first = await jobs.create();
    await jobs.upload(first, csv(20_000));
    const second = await jobs.create();
    await jobs.upload(second, csv(5, 'never'));
    await Promise.all([
      jobs.enter(second, 'UploadComplete').then(() => jobs.enter(second, 'Aborted')),
      jobs.enter(first, 'UploadComplete'),
    ]);
    await jobs.ended(first);
    const { state } = (await jobs.api.get(`/jobs/ingest/${second}`)).body;
    // It may have been quicker: it is small.
    if (state === 'Aborted') expect(await jobs.rows(second, 'unprocessedrecords')).to.have.length(5);
  });

  it('lists jobs in pages of a thousand', async () => {
    const ids: string[] = [];
    for (let count = 0; count < 1_003; count += 17) {
      ids.push(...(await Promise.all(Array.from({ length: 17 }, () => jobs.create()))));
    }
    const { body } = await jobs.api.get('/jobs/ingest?jobType=V2Ingest&isPkChunkingEnabled=false');
    expect([body.done, body.records.length]).to.deep.equal([false, 1_000]);
    expect(body.records[0]).to.include({ state: 'Open', jobType: 'V2Ingest', object: 'TransactionJournal' });
    const rest = (await jobs.api.get(body.nextRecordsUrl)).body;
    expect(rest).to.include({ done: true, nextRecordsUrl: null });
    const listed = [...body.records, ...rest.records].map(({ id }: { id: string }) => id);
    expect(listed.toSorted()).to.deep.equal(ids.toSorted());
    expect((await jobs.api.get('/jobs/ingest?jobType=Classic')).body.records).to.deep.equal([]);
  });

  it('ends open jobs after a day and removes ended ones after a week', async () => {
    const open = await jobs.create();
    const { id: done } = await jobs.run(csv(1));
    now += 25 * hour;
    expect((await jobs.api.get(`/jobs/ingest/${open}`)).body).to.include({ state: 'Failed' });
    now += 6 * 24 * hour;
    expect((await jobs.api.get(`/jobs/ingest/${done}`)).status).to.equal(404);
    expect((await jobs.api.get(`/jobs/ingest/${open}`)).status).to.equal(200);
    now += 25 * hour;
    expect((await jobs.api.get(`/jobs/ingest/${open}`)).status).to.equal(404);
  });

  it('does not exist before version 41, the query jobs before 47', async () => {
    expect((await new BulkJobs(org, 'v40.0').api.get('/jobs/ingest')).status).to.equal(404);
    expect((await new BulkJobs(org, 'v46.0').api.get('/jobs/ingest')).status).to.equal(200);
    expect((await new BulkJobs(org, 'v46.0').api.get('/jobs/query')).status).to.equal(404);
    expect(
      (await new BulkJobs(org, 'v50.0').api.post('/jobs/ingest', { ...upsertOfJournals, object: 'Account' })).status,
    ).to.equal(400);
  });
});
