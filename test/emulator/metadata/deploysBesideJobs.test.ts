import { expect } from 'chai';
import { Emulator } from '../../../src/emulator/index.js';
import { BulkJobs } from '../bulk/bulkJobs.js';
import { ManualClock } from '../faults/manualClock.js';
import { RestClient } from '../restClient.js';
import { fieldXml, MetadataClient, metadataText, packageXml, problemsOf, textField } from './metadataClient.js';

const rows = 450;
const key = fieldXml(
  'Key__c',
  '<label>Key</label><externalId>true</externalId><length>40</length><type>Text</type><unique>true</unique>',
);
const receipt = metadataText(
  'CustomObject',
  [
    '<label>Receipt</label><pluralLabel>Receipts</pluralLabel><nameField><label>N</label><type>Text</type></nameField>',
    key,
    textField('Note__c'),
  ].join('\n'),
);

/** Jobs run 200 rows at a time, so a deploy can come in between. */
describe('A deploy beside a running job', () => {
  let org: Emulator;
  let metadata: MetadataClient;
  let client: RestClient;
  let jobs: BulkJobs;
  const clock = new ManualClock();

  beforeEach(async () => {
    org = await Emulator.start({ clock });
    metadata = new MetadataClient(org);
    client = new RestClient(org);
    jobs = new BulkJobs(org);
    const files = { 'package.xml': packageXml({ CustomObject: ['Receipt__c'] }), 'objects/Receipt__c.object': receipt };
    expect(problemsOf(await metadata.deploy(files))).to.deep.equal([]);
  });

  afterEach(() => org.stop());

  const remove = async (types: Record<string, string[]>): Promise<void> => {
    const files = { 'package.xml': packageXml({}), 'destructiveChanges.xml': packageXml(types) };
    expect(problemsOf(await metadata.deploy(files))).to.deep.equal([]);
  };
  const csv = (columns: string): string => {
    const lines = Array.from({ length: rows }, (_, index) => columns.replace(/\w+/g, `v${index}`));
    return [columns, ...lines].join('\n');
  };
  const begin = async (id: string, columns: string): Promise<void> => {
    await jobs.upload(id, csv(columns));
    await jobs.enter(id, 'UploadComplete');
  };
  const create = (operation: 'insert' | 'upsert'): Promise<string> => {
    const externalIdFieldName = operation === 'upsert' ? 'Key__c' : undefined;
    return jobs.create({ object: 'Receipt__c', operation, externalIdFieldName });
  };

  /** Lets a deploy come when 200 rows are written, which takes a second of the clock. @returns the errors by names */
  const inTheMiddle = async (operation: 'insert' | 'upsert', types: Record<string, string[]>): Promise<unknown[]> => {
    org.faults.add({ fault: 'jobLatency', milliseconds: 1000, skip: 1 });
    const id = await create(operation);
    await begin(id, 'Name,Key__c,Note__c');
    await clock.sleepers(1);
    await remove(types);
    org.faults.replace({ rules: [] });
    await clock.advance(1000);
    expect(await jobs.ended(id)).to.include({ state: 'JobComplete', numberRecordsFailed: rows - 200 });
    const errors = await jobs.errors(id, 'Name');
    expect(errors).to.not.have.any.keys('v0', 'v199');
    return [errors['v200'], errors[`v${rows - 1}`]];
  };
  const both = (error: string): string[] => [error, error];

  it('that deletes a column refuses the rows after it', async () => {
    expect(await inTheMiddle('insert', { CustomField: ['Receipt__c.Note__c'] })).to.deep.equal(
      both("INVALID_FIELD:No such column 'Note__c' on sobject of type Receipt__c:--"),
    );
  });

  it('that deletes the key refuses the rows after it', async () => {
    expect(await inTheMiddle('upsert', { CustomField: ['Receipt__c.Key__c'] })).to.deep.equal(
      both("INVALID_FIELD:No such column 'Key__c' on sobject of type Receipt__c:--"),
    );
  });

  it('that deletes the object refuses the rows after it', async () => {
    expect(await inTheMiddle('upsert', { CustomObject: ['Receipt__c'] })).to.deep.equal(
      both("INVALID_TYPE:sObject type 'Receipt__c' is not supported.:--"),
    );
  });

  it('gives a job that is not uploaded yet the new field, and fails one whose key or object is gone', async () => {
    const [newer, upsert] = [await create('insert'), await create('upsert')];
    const files = {
      'package.xml': packageXml({ CustomField: ['Receipt__c.New__c'] }),
      'objects/Receipt__c.object': metadataText('CustomObject', textField('New__c')),
    };
    await metadata.deploy(files);
    await begin(newer, 'Name,New__c');
    expect(await jobs.ended(newer)).to.include({ state: 'JobComplete', numberRecordsFailed: 0 });
    await remove({ CustomField: ['Receipt__c.Key__c'] });
    await begin(upsert, 'Name,Key__c');
    expect(await jobs.ended(upsert)).to.include({ errorMessage: 'InvalidBatch : Field name not found : Key__c' });
    const late = await create('insert');
    await remove({ CustomObject: ['Receipt__c'] });
    await begin(late, 'Name');
    expect(await jobs.ended(late)).to.include({ errorMessage: 'InvalidBatch : Unable to find object: Receipt__c' });
  });

  it('ends the pages of a query, and a query job, that have a deleted field', async () => {
    const records = Array.from({ length: 2001 }, (_, index) => ({ Name: `R${index}`, Note__c: 'n' }));
    org.store.transaction(() => records.forEach((record) => org.store.insert('Receipt__c', record)));
    const soql = 'SELECT Name, Note__c FROM Receipt__c';
    const { body } = await client.query(soql);
    const kept = (await client.query('SELECT Name FROM Receipt__c')).body;
    const { body: job } = await client.post('/jobs/query', { operation: 'query', query: soql });
    await remove({ CustomField: ['Receipt__c.Note__c'] });
    const next = await client.get(body.nextRecordsUrl as string);
    expect([next.status, next.body[0].errorCode]).to.deep.equal([400, 'INVALID_QUERY_LOCATOR']);
    expect((await client.get(kept.nextRecordsUrl as string)).body.records).to.have.lengthOf(1);
    expect((await jobs.ended(job.id as string, 'query')).state).to.be.oneOf(['JobComplete', 'Failed']);
  });
});
