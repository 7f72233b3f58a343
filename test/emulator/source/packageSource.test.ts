import { expect } from 'chai';
import { glob, readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { packageSource } from '../../../src/cli/packageSource.js';
import { Emulator } from '../../../src/emulator/index.js';
import { BulkJobs } from '../bulk/bulkJobs.js';
import { RestClient, seedProgram } from '../restClient.js';

const key = { Loyalty_Sync_Key__c: 'program:shop:1' };
const marker = { Key__c: 'program:shop:1', Program__c: 'program', Source__c: 'shop', Epoch__c: 1 };

describe('force-app/ of this package', () => {
  let org: Emulator;
  let api: RestClient;
  let journal: Record<string, unknown>;

  const open = async (settings = {}): Promise<void> => {
    org = await Emulator.start({ source: packageSource, settings });
    api = new RestClient(org);
    const { programId, memberId } = seedProgram(org);
    const JournalTypeId = org.store.insert('JournalType', { Name: 'Note' });
    journal = { JournalTypeId, MemberId: memberId, LoyaltyProgramId: programId, ActivityDate: '2026-04-03T08:00:00Z' };
  };
  const realtime = async (values: object): Promise<{ status: number; code: string }> => {
    const { JournalTypeId, MemberId, ActivityDate } = journal;
    const transactionJournals = [{ JournalTypeId, MemberId, ActivityDate, Status: 'Pending', ...values }];
    const { status, body } = await api.post('/connect/realtime/loyalty/programs/Cirrus', { transactionJournals });
    return { status, code: body[0]?.errorCode };
  };

  afterEach(() => org.stop());

  it('is read without a warning, and describe shows keys that are unique and case-sensitive', async () => {
    await open();
    expect(org.warnings).to.deep.equal([]);
    const journals = await api.get('/sobjects/TransactionJournal/describe');
    const markers = await api.get('/sobjects/Loyalty_Sync_Source__c/describe');
    const field = ({ body }: { body: { fields: { name: string }[] } }, name: string) =>
      body.fields.find((each) => each.name === name);
    const unique = { length: 255, unique: true, caseSensitive: true, createable: true };
    expect(field(journals, 'Loyalty_Sync_Key__c')).to.include(unique);
    expect(field(markers, 'Key__c')).to.include(unique);
  });

  it('lets users with its permission set read and write all its fields', async () => {
    await open();
    const permissions = await readFile(
      join(packageSource, 'main/default/permissionsets/Loyalty_Sync.permissionset-meta.xml'),
      'utf8',
    );
    const granted = [...permissions.matchAll(/<editable>true<\/editable>\s*<field>(.*?)<\/field>/g)].map(([, f]) => f);
    const fields: string[] = [];
    for await (const file of glob('**/*.field-meta.xml', { cwd: packageSource })) {
      fields.push(`${basename(dirname(dirname(file)))}.${basename(file, '.field-meta.xml')}`);
    }
    expect(granted.sort()).to.deep.equal(fields.sort());
  });

  it('makes the org refuse a second record with a key, through any API', async () => {
    await open();
    expect(await realtime(key)).to.include({ status: 200 });
    expect(await realtime(key)).to.deep.equal({ status: 400, code: 'DUPLICATE_VALUE' });
    expect(await realtime({ Loyalty_Sync_Key__c: 'program:SHOP:1' })).to.include({ status: 200 });

    const rest = await api.post('/sobjects/TransactionJournal', { ...journal, ...key });
    expect(rest.body[0].errorCode).to.equal('DUPLICATE_VALUE');
    const records = [{ attributes: { type: 'TransactionJournal' }, ...journal, ...key }];
    const { body } = await api.post('/composite/sobjects', { records });
    expect(body[0].errors[0].statusCode).to.equal('DUPLICATE_VALUE');
    const jobs = new BulkJobs(org);
    const columns = Object.keys({ ...journal, ...key });
    const job = { operation: 'insert', externalIdFieldName: undefined };
    const csv = `${columns.join(',')}\n${Object.values({ ...journal, ...key }).join(',')}\n`;
    const { id } = await jobs.run(csv, job);
    expect(await jobs.file(id, 'failedResults')).to.contain('DUPLICATE_VALUE');
    expect(org.store.count('TransactionJournal')).to.equal(2);

    await api.create('Loyalty_Sync_Source__c', marker);
    const again = await api.post('/sobjects/Loyalty_Sync_Source__c', marker);
    expect(again.body[0].errorCode).to.equal('DUPLICATE_VALUE');
  });

  it('does not help in an org whose real-time engine leaves unique fields empty', async () => {
    await open({ realtimeHonorsUniqueFields: false });
    expect([await realtime(key), await realtime(key)].map(({ status }) => status)).to.deep.equal([200, 200]);
    expect(org.store.count('TransactionJournal', { Loyalty_Sync_Key__c: null })).to.equal(2);
    expect((await api.post('/sobjects/TransactionJournal', { ...journal, ...key })).status).to.equal(201);
  });
});
