import { expect } from 'chai';
import { parse } from 'csv-parse/sync';
import { Emulator } from '../../../src/emulator/index.js';
import type { CustomFields } from '../../../src/emulator/index.js';
import { seedProgram, sourceKey } from '../restClient.js';
import { BulkJobs } from './bulkJobs.js';

describe('Bulk query', () => {
  let org: Emulator;
  let jobs: BulkJobs;

  before(async () => {
    const address: CustomFields = { Account: { Where__c: { type: 'address' } } };
    org = await Emulator.start({ customFields: { ...sourceKey, ...address } });
    jobs = new BulkJobs(org);
    const { memberId: MemberId } = seedProgram(org);
    org.store.transaction(() => {
      for (let index = 0; index < 5_000; index++) {
        const amount = index === 0 ? 123_450_000 : index / 4;
        const values = {
          Src_Key__c: `k${index}`,
          MemberId,
          ActivityDate: '2026-04-03T08:00:00Z',
          TransactionAmount: amount,
        };
        org.store.insert('TransactionJournal', values);
      }
    });
  });

  after(() => org.stop());

  const submit = async (query: string, operation = 'query'): Promise<string> => {
    const { body } = await jobs.api.post('/jobs/query', { operation, query });
    await jobs.ended(body.id, 'query');
    return body.id;
  };
  const all = 'SELECT Src_Key__c FROM TransactionJournal ORDER BY Id';
  const keys = (csv: string): string[] =>
    parse(csv, { columns: true }).map((row) => (row as Record<string, string>)['Src_Key__c'] ?? '');

  it('answers the creation of a job, and its status', async () => {
    const { status, body } = await jobs.api.post('/jobs/query', { operation: 'query', query: all });
    expect(status).to.equal(200);
    const told = { operation: 'query', object: 'TransactionJournal', concurrencyMode: 'Parallel', contentType: 'CSV' };
    expect(body).to.include({
      ...told,
      state: 'UploadComplete',
      apiVersion: 66,
      lineEnding: 'LF',
      columnDelimiter: 'COMMA',
    });
    const info = await jobs.ended(body.id, 'query');
    expect(info).to.include({ state: 'JobComplete', jobType: 'V2Query', numberRecordsProcessed: 5_000 });
    expect((await jobs.api.get('/jobs/query')).body.records.map(({ id }: { id: string }) => id)).to.include(body.id);
    expect((await jobs.api.get('/jobs/ingest')).body.records).to.deep.equal([]);
  });

  it('writes each type in its CSV form', async () => {
    const fields =
      'Src_Key__c, Member.MembershipNumber, TransactionAmount, ActivityDate, IsDeleted, Brand, Partner.Name';
    const where = "WHERE Src_Key__c IN ('k0', 'k2') ORDER BY Src_Key__c";
    expect(await jobs.query(`SELECT ${fields} FROM TransactionJournal ${where}`)).to.equal(
      [
        '"Src_Key__c","Member.MembershipNumber","TransactionAmount","ActivityDate","IsDeleted","Brand","Partner.Name"',
        '"k0","M-77","1.2345E8","2026-04-03T08:00:00.000Z","false","",""',
        '"k2","M-77","0.5","2026-04-03T08:00:00.000Z","false","",""',
        '',
      ].join('\n'),
    );
    const piped = await jobs.query('SELECT Id, Name FROM Account', { columnDelimiter: 'PIPE', lineEnding: 'CRLF' });
    expect(piped).to.equal('"Id"|"Name"\r\n');
  });

  it('returns pages of any size, until the locator is the text null', async () => {
    const id = await submit(all);
    const pages: string[][] = [];
    for (let locator = ''; locator !== 'null';) {
      const { headers, body } = await jobs.api.get(`/jobs/query/${id}/results?maxRecords=1999${locator}`);
      pages.push(keys(body));
      expect(headers.get('sforce-numberofrecords')).to.equal(String(pages.at(-1)?.length));
      const next = headers.get('sforce-locator') ?? '';
      locator = next === 'null' ? next : `&locator=${next}`;
    }
    expect(pages.map(({ length }) => length)).to.deep.equal([1999, 1999, 1002]);
    expect(pages.flat()).to.deep.equal(Array.from({ length: 5_000 }, (_, index) => `k${index}`));
    const whole = await jobs.api.get(`/jobs/query/${id}/results`);
    expect(whole.headers.get('sforce-locator')).to.equal('null');
    const { body } = await jobs.api.get(`/jobs/query/${id}/resultPages`);
    expect(body).to.deep.equal({
      resultPages: [{ resultUrl: `/services/data/v66.0/jobs/query/${id}/results?locator=MA` }],
      done: true,
    });
    expect((await jobs.api.get(body.resultPages[0].resultUrl)).body).to.equal(whole.body);
    for (const wrong of ['maxRecords=0', 'maxRecords=x', 'locator=%25']) {
      const refused = await jobs.api.get(`/jobs/query/${id}/results?${wrong}`);
      expect([refused.status, refused.body[0].errorCode]).to.deep.equal([400, 'CLIENTINPUTERROR']);
    }
  });

  it('finds deleted rows only with queryAll', async () => {
    const id = org.store.insert('Account', { Name: 'Quay' });
    org.store.delete('Account', id);
    expect(await jobs.query('SELECT Name FROM Account')).to.equal('"Name"\n');
    expect(await jobs.query('SELECT Name FROM Account', { operation: 'queryAll' })).to.equal('"Name"\n"Quay"\n');
  });

  it('aborts and deletes', async () => {
    const { body } = await jobs.api.post('/jobs/query', { operation: 'query', query: all });
    const aborted = await jobs.api.patch(`/jobs/query/${body.id}`, { state: 'Aborted' });
    expect([aborted.status, aborted.body.state]).to.deep.equal([200, 'Aborted']);
    const results = await jobs.api.get(`/jobs/query/${body.id}/results`);
    expect([results.status, results.body[0].errorCode]).to.deep.equal([400, 'INVALIDJOBSTATE']);
    const again = await jobs.api.patch(`/jobs/query/${body.id}`, { state: 'Aborted' });
    expect(again.body[0].message).to.equal('Aborting already Aborted Job not allowed');
    expect((await jobs.api.delete(`/jobs/query/${body.id}`)).status).to.equal(204);
    expect((await jobs.api.get(`/jobs/query/${body.id}`)).status).to.equal(404);
  });

  const refusals: readonly (readonly [string, RegExp])[] = [
    ['SELECT Status, COUNT(Id) FROM TransactionJournal GROUP BY Status', /GROUP BY not supported in Bulk Query/],
    ['SELECT COUNT() FROM TransactionJournal', /Aggregate functions not supported in Bulk Query/],
    ['SELECT MAX(TransactionAmount) FROM TransactionJournal', /Aggregate functions not supported in Bulk Query/],
    ['SELECT Id FROM TransactionJournal LIMIT 1 OFFSET 5', /OFFSET not supported in Bulk Query/],
    [
      'SELECT Id, (SELECT Id FROM Contacts) FROM Account',
      /Aggregate Relationships not supported in Bulk V2 Query with CSV/,
    ],
    ['SELECT Where__c FROM Account', /Selecting compound data not supported in Bulk Query/],
    ['SELECT RecordFileBody FROM BatchJobPart', /Blob field not supported in Bulk V2 Query with CSV content type/],
    ['SELECT Foo FROM Account', /No such column 'Foo' on entity 'Account'/],
    ['SELECT Id FORM Account', /unexpected token: 'FORM'/],
    ['', /./],
  ];
  for (const [query, message] of refusals) {
    it(`refuses "${query}"`, async () => {
      const { status, body } = await jobs.api.post('/jobs/query', { operation: 'query', query });
      expect([status, body[0].errorCode]).to.deep.equal([400, 'API_ERROR']);
      expect(body[0].message).to.match(message);
    });
  }

  it('says "not implemented" for objects that only a real org has', async () => {
    for (const query of ['SELECT Id FROM ObjectPermissions']) {
      const { status, body } = await jobs.api.post('/jobs/query', { operation: 'query', query });
      expect([status, body[0].errorCode]).to.deep.equal([501, 'NOT_IMPLEMENTED']);
    }
  });
});
