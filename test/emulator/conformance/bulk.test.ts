import { expect } from 'chai';
import type { Connection } from 'jsforce';
import { connectionTo, isRemote, openTarget, removeAccounts, uniqueName } from './target.js';
import type { Target } from './target.js';
import { Wire } from './wire.js';
import type { WireAnswer } from './wire.js';

const v = '/services/data/v66.0';

/** Bulk API 2.0, as jsforce and as the CLI use it. */
describe('Conformance: bulk', () => {
  let target: Target;
  let wire: Wire;
  let connection: Connection;
  const batch = uniqueName('bulk');

  before(async () => {
    target = await openTarget();
    wire = new Wire(target);
    connection = connectionTo(target);
    // A queue may be long in a real org.
    connection.bulk2.pollTimeout = isRemote ? 600_000 : 20_000;
    connection.bulk2.pollInterval = isRemote ? 1_000 : 50;
  });

  after(async () => {
    await removeAccounts(target, batch);
    await target.close();
  });

  const total = async (condition: string): Promise<number> =>
    (await connection.query(`SELECT COUNT() FROM Account WHERE ${condition}`)).totalSize;

  describe('with jsforce', () => {
    const name = (number: number): string => `${batch} j${String(number).padStart(4, '0')}`;

    it('loads records, and returns each with its result', async () => {
      const input = [...Array.from({ length: 450 }, (_, index) => ({ Name: name(index) })), { Name: 'x'.repeat(300) }];
      const results = await connection.bulk2.loadAndWaitForResults({ object: 'Account', operation: 'insert', input });
      const { successfulResults, failedResults, unprocessedRecords } = results;
      expect([successfulResults.length, failedResults.length, unprocessedRecords.length]).to.deep.equal([450, 1, 0]);
      expect(successfulResults[0]).to.include.keys('sf__Id', 'sf__Created', 'Name');
      expect(failedResults[0]?.sf__Error).to.match(/^STRING_TOO_LONG:/);
      expect(await total(`Name LIKE '${batch} j%'`)).to.equal(450);
    });

    it('queries records', async () => {
      const soql = `SELECT Id, Name, NumberOfEmployees FROM Account WHERE Name LIKE '${batch} j%'`;
      const records = await (await connection.bulk2.query(soql)).toArray();
      expect(records.map((record) => String(record['Name'])).sort()).to.deep.equal(
        Array.from({ length: 450 }, (_, index) => name(index)),
      );
    });

    it('deletes records', async () => {
      const { records } = await connection.query<{ Id: string }>(
        `SELECT Id FROM Account WHERE Name LIKE '${batch} j00%'`,
      );
      const input = records.map(({ Id }) => ({ Id }));
      const results = await connection.bulk2.loadAndWaitForResults({ object: 'Account', operation: 'delete', input });
      expect(results.successfulResults).to.have.lengthOf(100);
      expect(await total(`Name LIKE '${batch} j00%'`)).to.equal(0);
    });
  });

  describe('with the requests of the CLI', () => {
    const good = async (answer: Promise<WireAnswer>): Promise<WireAnswer['body']> => {
      const { status, body } = await answer;
      expect(status, JSON.stringify(body)).to.be.within(200, 299);
      return body;
    };

    /** The job when it has ended. The CLI asks every five seconds. */
    const ended = async (path: string): Promise<WireAnswer['body']> => {
      for (;;) {
        const job = await good(wire.get(path));
        if (['JobComplete', 'Failed', 'Aborted'].includes(job.state as string)) return job;
        await new Promise((resolve) => setTimeout(resolve, isRemote ? 5_000 : 20));
      }
    };

    const load = async (job: Record<string, string>, csv: string): Promise<WireAnswer['body']> => {
      const { id, state, contentUrl } = await good(
        wire.json('POST', `${v}/jobs/ingest`, {
          ...job,
          contentType: 'CSV',
          columnDelimiter: 'COMMA',
          lineEnding: 'LF',
        }),
      );
      expect(id).to.match(/^750\w{15}$/);
      expect([state, contentUrl]).to.deep.equal(['Open', `services/data/v66.0/jobs/ingest/${id}/batches`]);
      const sent = { body: csv, contentType: 'text/csv', isChunked: true };
      expect((await wire.send('PUT', `/${contentUrl}`, sent)).status).to.equal(201);
      const closed = await good(wire.json('PATCH', `${v}/jobs/ingest/${id}`, { state: 'UploadComplete' }));
      expect(closed).to.include({ id, state: 'UploadComplete' });
      return ended(`${v}/jobs/ingest/${id}`);
    };

    it('data import bulk', async () => {
      const job = await load({ object: 'Account', operation: 'insert' }, `Name\n"${batch} i1"\n"${batch} i2"\n`);
      expect(job).to.include({
        state: 'JobComplete',
        numberRecordsProcessed: 2,
        numberRecordsFailed: 0,
        apiVersion: 66,
      });
    });

    it('data upsert bulk, and its three files', async function () {
      const { keyField } = target;
      if (keyField === undefined) this.skip();
      const csv = `Name,${keyField}\n"${batch} u1","${batch} u1"\n,"${batch} u2"\n`;
      const job = await load({ object: 'Account', operation: 'upsert', externalIdFieldName: keyField }, csv);
      expect(job).to.include({ state: 'JobComplete', numberRecordsProcessed: 2, numberRecordsFailed: 1 });
      const file = (name: string): Promise<string> =>
        good(wire.get(`${v}/jobs/ingest/${job.id}/${name}`)) as Promise<string>;
      expect(await file('successfulResults')).to.match(/^"sf__Id","sf__Created",.*\n"001\w{15}","true",/);
      expect(await file('failedResults')).to.match(/^"sf__Id","sf__Error",.*\n.*REQUIRED_FIELD_MISSING:/);
      expect((await file('unprocessedrecords')).trim()).not.to.include('\n');
    });

    it('data export bulk: pages until the locator is the text null', async () => {
      const query = `SELECT Id, Name FROM Account WHERE Name LIKE '${batch}%'`;
      const { id, state } = await good(wire.json('POST', `${v}/jobs/query`, { operation: 'query', query }));
      expect(state).to.equal('UploadComplete');
      const job = await ended(`${v}/jobs/query/${id}`);
      const names = new Set<string>();
      let locator = '';
      let rows = 0;
      do {
        expect((await wire.get(v)).status).to.equal(200);
        const more = locator === '' ? '' : `&locator=${locator}`;
        const { headers, body } = await wire.get(`${v}/jobs/query/${id}/results?maxRecords=200${more}`);
        const lines = String(body).trim().split('\n').slice(1);
        expect(headers['sforce-numberofrecords']).to.equal(String(lines.length));
        rows += lines.length;
        for (const line of lines) names.add(line);
        expect(headers).to.have.property('sforce-locator');
        locator = String(headers['sforce-locator']);
      } while (locator !== 'null');
      expect([rows, names.size]).to.deep.equal([job.numberRecordsProcessed, job.numberRecordsProcessed]);
    });

    it('a job accepts one upload', async () => {
      const { id } = await good(wire.json('POST', `${v}/jobs/ingest`, { object: 'Account', operation: 'insert' }));
      const put = (): Promise<WireAnswer> =>
        wire.send('PUT', `${v}/jobs/ingest/${id}/batches`, {
          body: 'Name\nx\n',
          contentType: 'text/csv',
          isChunked: true,
        });
      expect((await put()).status).to.equal(201);
      expect((await put()).status).to.equal(400);
      expect(await good(wire.json('PATCH', `${v}/jobs/ingest/${id}`, { state: 'Aborted' }))).to.include({
        state: 'Aborted',
      });
      expect((await wire.send('DELETE', `${v}/jobs/ingest/${id}`)).status).to.equal(204);
      expect((await wire.get(`${v}/jobs/ingest/${id}`)).body[0]).to.include({ errorCode: 'NOT_FOUND' });
    });

    it('a file with other line endings fails the job, and writes nothing', async () => {
      const job = await load({ object: 'Account', operation: 'insert' }, `Name\r\n"${batch} crlf"\r\n`);
      expect(job).to.include({ state: 'Failed', numberRecordsProcessed: 0 });
      expect(job.errorMessage).to.match(/LineEnding is invalid on user data/);
      expect(await total(`Name = '${batch} crlf'`)).to.equal(0);
    });

    it('an unknown column fails the job', async () => {
      const job = await load({ object: 'Account', operation: 'insert' }, `Name,Nothing__c\n"${batch} col",x\n`);
      expect(job.errorMessage).to.match(/InvalidBatch : Field name not found : Nothing__c/);
    });
  });
});
