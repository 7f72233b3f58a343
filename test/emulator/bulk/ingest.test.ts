import { expect } from 'chai';
import { Emulator } from '../../../src/emulator/index.js';
import { seedProgram, sourceKey } from '../restClient.js';
import { BulkJobs, upsertOfJournals } from './bulkJobs.js';

describe('Bulk ingest', () => {
  let org: Emulator;
  let jobs: BulkJobs;

  beforeEach(async () => {
    org = await Emulator.start({ customFields: sourceKey, settings: { allowJournalDeletion: true } });
    jobs = new BulkJobs(org);
    seedProgram(org);
    org.store.insert('LoyaltyProgramMember', {
      ...{ ProgramId: org.store.first('LoyaltyProgram', {})?.Id, ContactId: org.store.first('Contact', {})?.Id },
      ...{ MembershipNumber: 'M-78', EnrollmentDate: '2026-01-01', MemberStatus: 'Active' },
    });
  });

  afterEach(() => org.stop());

  const header = 'Src_Key__c,Member.MembershipNumber,ActivityDate,Status,TransactionAmount,Brand';
  const row = (key: string, more = 'M-77,2026-04-03T08:00:00Z,Pending,12.5,'): string => `${key},${more}`;
  const csv = (...rows: string[]): string => [header, ...rows, ''].join('\n');
  const many = (count: number): string => csv(...Array.from({ length: count }, (_, index) => row(`k${index}`)));
  const journals = (): number => org.store.count('TransactionJournal');

  it('answers the creation of a job as the platform does', async () => {
    const { status, body } = await jobs.api.post('/jobs/ingest', upsertOfJournals);
    expect(status).to.equal(200);
    expect(body).to.include({ ...upsertOfJournals, state: 'Open', apiVersion: 66, concurrencyMode: 'Parallel' });
    expect(body).to.include({ contentType: 'CSV', columnDelimiter: 'COMMA' });
    expect(body.id).to.match(/^750\w{15}$/);
    expect(body.contentUrl).to.equal(`services/data/v66.0/jobs/ingest/${body.id}/batches`);
    expect(body.createdDate).to.match(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000\+0000$/);
    expect(body).to.not.have.any.keys('numberRecordsProcessed', 'errorMessage');
  });

  it('inserts and updates by key in one job, and tells which rows were created', async () => {
    await jobs.run(csv(row('a'), row('b')));
    const { id, info } = await jobs.run(csv(row('b'), row('c')));
    expect(info).to.include({ state: 'JobComplete', numberRecordsProcessed: 2, numberRecordsFailed: 0, retries: 0 });
    expect(info).to.include({ jobType: 'V2Ingest', apexProcessingTime: 0, externalIdFieldName: 'Src_Key__c' });
    expect(info).to.not.have.any.keys('contentUrl', 'errorMessage');
    const created = (await jobs.rows(id, 'successfulResults')).map((each) => [each['Src_Key__c'], each['sf__Created']]);
    expect(Object.fromEntries(created)).to.deep.equal({ b: 'false', c: 'true' });
    expect(journals()).to.equal(3);
  });

  it('writes results as the platform does: another order, doubles in exponents, own columns without quotes', async () => {
    const { id } = await jobs.run(csv(row('a', 'M-77,2026-04-03T08:00:00Z,Pending,912260031,"Quay ""5"""'), row('b')));
    const [a, b] = ['a', 'b'].map((key) => org.store.first('TransactionJournal', { Src_Key__c: key })?.Id);
    expect(await jobs.file(id, 'successfulResults')).to.equal(
      [
        `"sf__Id","sf__Created",${header}`,
        `"${b}","true","b","M-77","2026-04-03T08:00:00Z","Pending","12.5",""`,
        `"${a}","true","a","M-77","2026-04-03T08:00:00Z","Pending","9.12260031E8","Quay ""5"""`,
        '',
      ].join('\n'),
    );
    expect(await jobs.file(id, 'failedResults')).to.equal(`"sf__Id","sf__Error",${header}\n`);
    expect(await jobs.file(id, 'unprocessedrecords')).to.equal('');
  });

  it('refuses single rows in the platform’s words', async () => {
    const { id, info } = await jobs.run(
      csv(
        row('good'),
        row('member', 'M-0,2026-04-03T08:00:00Z,Pending,1,'),
        row('date', 'M-77,03.04.2026,Pending,1,'),
        row('amount', 'M-77,2026-04-03T08:00:00Z,Pending,many,'),
        row('status', 'M-77,2026-04-03T08:00:00Z,Pendin,1,'),
        row('required', 'M-77,,Pending,1,'),
        row('brand', `M-77,2026-04-03T08:00:00Z,Pending,1,${'x'.repeat(256)}`),
        row('cells', 'M-77'),
        row('', 'M-77,2026-04-03T08:00:00Z,Pending,1,'),
      ),
    );
    expect(info).to.include({ state: 'JobComplete', numberRecordsProcessed: 9, numberRecordsFailed: 8 });
    expect(await jobs.errors(id)).to.deep.equal({
      member:
        'INVALID_FIELD:Foreign key external ID: M-0 not found for field MembershipNumber in entity LoyaltyProgramMember:--',
      date: "INVALID_FIELD:Failed to deserialize field at col 2. Due to, '03.04.2026' is not a valid value for the type xsd:dateTime:ActivityDate --",
      amount:
        "INVALID_FIELD:Failed to deserialize field at col 4. Due to, 'many' is not a valid value for the type xsd:double:TransactionAmount --",
      status:
        'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST:Status: bad value for restricted picklist field: Pendin:Status --',
      required: 'REQUIRED_FIELD_MISSING:Required fields are missing: [ActivityDate]:ActivityDate --',
      brand: `STRING_TOO_LONG:Brand: data value too large: ${'x'.repeat(256)} (max length=255):Brand --`,
      cells: 'INVALID_CSV_ROW:The row has 2 fields where 6 are expected:--',
      '': 'MISSING_ARGUMENT:Src_Key__c not specified:Src_Key__c --',
    });
    expect(journals()).to.equal(1);
  });

  it('does not change a field for an empty cell, and empties it for #N/A', async () => {
    await jobs.run(csv(row('a', 'M-77,2026-04-03T08:00:00Z,Pending,12.5,Quay')));
    await jobs.run('Src_Key__c,Brand,TransactionAmount\na,#N/A,\n');
    const stored = org.store.first('TransactionJournal', { Src_Key__c: 'a' });
    expect(stored).to.include({ Brand: null, TransactionAmount: 12.5, Status: 'Pending' });
  });

  it('updates and deletes by id, and tells what is wrong with an id', async () => {
    await jobs.run(many(3));
    const ids = org.store.find('TransactionJournal', {}).map(({ Id }) => Id);
    const wrong = ['0lV9z0000zzzzzzAAA', 'none', '', '0019z0000000001AAA'];
    const cells = [...ids.slice(0, 2), ...wrong];
    const updated = await jobs.run(`Id,Brand\n${cells.map((id) => `${id},Pier`).join('\n')}\n`, plain('update'));
    expect(updated.info).to.include({ numberRecordsProcessed: 6, numberRecordsFailed: 4 });
    expect(org.store.count('TransactionJournal', { Brand: 'Pier' })).to.equal(2);
    expect(await jobs.errors(updated.id, 'Id')).to.deep.equal({
      '0lV9z0000zzzzzzAAA': 'INVALID_CROSS_REFERENCE_KEY:invalid cross reference id:--',
      none: 'MALFORMED_ID:bad id none:Id --',
      '': 'MISSING_ARGUMENT:Id not specified in an update call:Id --',
      '0019z0000000001AAA': 'MALFORMED_ID:Transaction Journal ID: id value of incorrect type: 0019z0000000001AAA:Id --',
    });
    const [first = '', second = ''] = ids;
    const deletion = await jobs.run(`Id\n${first}\n${first.slice(0, 15)}\n`, plain('delete'));
    expect(await jobs.rows(deletion.id, 'successfulResults')).to.deep.equal([
      { sf__Id: first, sf__Created: 'false', Id: first },
    ]);
    expect(await jobs.errors(deletion.id, 'Id')).to.deep.equal({
      [first.slice(0, 15)]: 'ENTITY_IS_DELETED:entity is deleted:--',
    });
    await jobs.run(`Id\n${second}\n`, plain('hardDelete'));
    const { body } = await jobs.api.get(`/queryAll?q=${encodeURIComponent('SELECT Id FROM TransactionJournal')}`);
    expect(body.records.map(({ Id }: { Id: string }) => Id)).to.deep.equal([first, ids[2]]);
  });

  for (const [operation, columns] of [
    ['insert', 'Status'],
    ['update', 'Id,Status'],
    ['upsert', 'Src_Key__c,Status'],
    ['delete', 'Id'],
    ['hardDelete', 'Id'],
  ] as const) {
    it(`completes an ${operation} without rows, with empty results`, async () => {
      const externalIdFieldName = operation === 'upsert' ? 'Src_Key__c' : undefined;
      for (const upload of ['', '\n', `${columns}\n`, columns]) {
        const { id, info } = await jobs.run(upload, { ...plain(operation), externalIdFieldName });
        expect(info).to.include({ state: 'JobComplete', numberRecordsProcessed: 0, numberRecordsFailed: 0 });
        expect(info).to.not.have.property('errorMessage');
        for (const name of ['successfulResults', 'failedResults', 'unprocessedrecords'] as const) {
          expect(await jobs.rows(id, name), name).to.deep.equal([]);
        }
        expect(await jobs.file(id, 'failedResults')).to.match(/^"sf__Id","sf__Error"/);
      }
    });
  }

  it('gives the id of a refused row, if it has one', async () => {
    await jobs.run(many(2));
    const [first = '', second = ''] = org.store.find('TransactionJournal', {}).map(({ Id }) => Id);
    const idsOf = async (id: string): Promise<(string | undefined)[]> =>
      (await jobs.rows(id, 'failedResults')).map(({ sf__Id: rowId }) => rowId).reverse();
    const byKey = await jobs.run('Src_Key__c,Status\nk0,Wrong\nnew,Wrong\n,Wrong\n');
    expect(await idsOf(byKey.id)).to.deep.equal([first, '', '']);
    const named = [second.slice(0, 15), '0lV9z0000zzzzzzAAA', 'none', ''];
    const byId = await jobs.run(`Id,Status\n${named.map((id) => `${id},Wrong`).join('\n')}\n`, plain('update'));
    expect(await idsOf(byId.id)).to.deep.equal([second, '', '', '']);
    const older = await new BulkJobs(org, 'v52.0').run('Src_Key__c,Status\nk0,Wrong\n');
    expect(await jobs.file(older.id, 'failedResults')).to.match(
      /^"sf__Id","sf__Error",Src_Key__c,Status\n"0lV\w{15}","INVALID_/,
    );
  });

  it('gives the 18-character id of a row that was identified by 15 characters', async () => {
    await jobs.run(many(1));
    const id = org.store.first('TransactionJournal', {})?.Id ?? '';
    const short = id.slice(0, 15);
    const update = await jobs.run(`Id,Brand\n${short},Pier\n`, plain('update'));
    expect(await jobs.rows(update.id, 'successfulResults')).to.deep.equal([
      { sf__Id: id, sf__Created: 'false', Id: short, Brand: 'Pier' },
    ]);
  });

  it('refuses all rows with the same key in one transaction, but updates in another transaction', async () => {
    const rows = Array.from({ length: 250 }, (_, index) => row(`k${index}`));
    const { id, info } = await jobs.run(csv(row('Twice'), ...rows, row('twice'), row('k3')));
    expect(info).to.include({ numberRecordsProcessed: 253, numberRecordsFailed: 0 });
    expect(journals()).to.equal(251);
    expect((await jobs.rows(id, 'successfulResults')).filter((each) => each['sf__Created'] === 'false')).to.have.length(
      2,
    );
    const again = await jobs.run(csv(row('x'), row('X'), row('y')));
    expect(await jobs.errors(again.id)).to.deep.equal({
      x: 'DUPLICATE_VALUE:Duplicate external id specified: x:Src_Key__c --',
      X: 'DUPLICATE_VALUE:Duplicate external id specified: X:Src_Key__c --',
    });
  });

  it('creates, uploads and closes a job in one request', async () => {
    const part = (head: string[], body: string): string[] => ['--B0und', ...head, '', body];
    const content = 'Content-Disposition: form-data; name="content"; filename="content"';
    const lines = [
      ...part(
        ['Content-Type: application/json', 'Content-Disposition: form-data; name="job"'],
        JSON.stringify(upsertOfJournals),
      ),
      ...part(['Content-Type: text/csv', content], csv(row('a'), row('b'))),
    ];
    const body = [...lines, '--B0und--', ''].join('\r\n');
    const type = { 'content-type': 'multipart/form-data; boundary=B0und' };
    const { status, body: job } = await jobs.api.send('POST', '/jobs/ingest', body, type);
    expect([status, job.state]).to.deep.equal([200, 'UploadComplete']);
    expect(await jobs.ended(job.id)).to.include({ state: 'JobComplete', numberRecordsProcessed: 2 });
    const none = await jobs.api.send('POST', '/jobs/ingest', '--B0und--\r\n', type);
    expect([none.status, none.body[0].errorCode]).to.deep.equal([400, 'CLIENTINPUTERROR']);
  });

  it('processes batches in parallel while other requests are served', async () => {
    const id = await jobs.create();
    await jobs.upload(id, many(25_000));
    await jobs.enter(id, 'UploadComplete');
    let served = 0;
    for (let state = ''; state !== 'JobComplete'; served++) {
      state = (await jobs.api.get(`/jobs/ingest/${id}`)).body.state;
    }
    expect(served).to.be.greaterThan(10);
    expect(journals()).to.equal(25_000);
    const keys = (await jobs.rows(id, 'successfulResults')).map((each) => Number(each['Src_Key__c']?.slice(1)));
    // The first chunk of the second batch was written before the second chunk of the first.
    expect(keys.at(-201)).to.equal(10_000);
    const written = org.store.find('TransactionJournal', {}).map((each) => each['Src_Key__c']);
    expect([written[199], written[200], written[600]]).to.deep.equal(['k199', 'k10000', 'k200']);
  });
});

const plain = (operation: string): Record<string, unknown> => ({ operation, externalIdFieldName: undefined });
