import { expect } from 'chai';
import type { Clock } from '../../../src/base/clock.js';
import { Emulator } from '../../../src/emulator/index.js';
import { Cursors } from '../../../src/emulator/platform/queryCursors.js';
import { RestClient } from '../restClient.js';
import type { Answer } from '../restClient.js';

describe('Queries', () => {
  let now = Date.parse('2026-04-03T08:00:00Z');
  const clock: Clock = { now: () => now, sleep: () => Promise.resolve() };
  let org: Emulator;
  let client: RestClient;

  before(async () => {
    org = await Emulator.start({ clock });
    client = new RestClient(org);
    org.store.transaction(() => {
      for (let number = 1; number <= 4_100; number++) {
        org.store.insert('Contact', { LastName: `C-${String(number).padStart(4, '0')}` });
      }
    });
    org.store.delete('Contact', org.store.first('Contact', { LastName: 'C-0001' })?.Id ?? '');
  });

  after(() => org.stop());

  const all = 'SELECT LastName FROM Contact ORDER BY LastName';
  const names = ({ body }: Answer): string[] => body.records.map((record: { LastName: string }) => record.LastName);

  it('return 2,000 rows, and the rest page by page', async () => {
    const first = await client.query(all);
    expect(first.body).to.include({ totalSize: 4_099, done: false });
    expect(first.body.nextRecordsUrl).to.match(/^\/services\/data\/v66\.0\/query\/01g\w{15}-2000$/);
    const second = await client.get(first.body.nextRecordsUrl as string);
    expect(second.body).to.include({ totalSize: 4_099, done: false });
    const third = await client.get(second.body.nextRecordsUrl as string);
    expect(third.body).to.include({ totalSize: 4_099, done: true });
    expect(third.body).not.to.have.property('nextRecordsUrl');
    const read = [first, second, third].flatMap(names);
    expect(read).to.have.lengthOf(4_099);
    expect([read[0], read.at(-1)]).to.deep.equal(['C-0002', 'C-4100']);
    expect(new Set(read).size).to.equal(4_099);
  });

  it('return pages of the requested size, between 200 and 2,000', async () => {
    for (const [asked, given] of Object.entries({ 500: 500, 1: 200, 9000: 2_000 })) {
      const answer = await client.query(all, { 'Sforce-Query-Options': `batchSize=${asked}` });
      expect(names(answer)).to.have.lengthOf(given);
      const next = await client.get(answer.body.nextRecordsUrl as string);
      expect(names(next)[0]).to.equal(`C-${String(given + 2).padStart(4, '0')}`);
    }
  });

  it('find deleted rows with queryAll, whose further pages are also available at query', async () => {
    const first = await client.get(`/queryAll?q=${encodeURIComponent(all)}`);
    expect(first.body).to.include({ totalSize: 4_100 });
    const locator = String(first.body.nextRecordsUrl).split('/').at(-1) ?? '';
    for (const resource of ['query', 'queryAll']) {
      const { status, body } = await client.get(`/${resource}/${locator}`);
      expect(status).to.equal(200);
      expect(body.records).to.have.lengthOf(2_000);
    }
  });

  it('count without returning rows', async () => {
    const { body } = await client.query('SELECT COUNT() FROM Contact');
    expect(body).to.deep.equal({ totalSize: 4_099, done: true, records: [] });
  });

  it('aggregate', async () => {
    const { body } = await client.query('SELECT COUNT(Id) n, MAX(LastName) FROM Contact');
    expect(body).to.deep.equal({
      totalSize: 1,
      done: true,
      records: [{ attributes: { type: 'AggregateResult' }, n: 4_099, expr0: 'C-4100' }],
    });
  });

  it('describe their columns', async () => {
    const q = encodeURIComponent('SELECT Id, Account.Name FROM Contact');
    const { status, body } = await client.get(`/query?q=${q}&columns=true`);
    expect(status).to.equal(200);
    expect(body).to.include({ entityName: 'Contact', idSelected: true, keyPrefix: '003' });
    expect(body.columnMetadata.map((column: { columnName: string }) => column.columnName)).to.deep.equal([
      'Id',
      'Account',
    ]);
  });

  it('are refused with the code and a caret', async () => {
    const { status, body } = await client.query('SELECT Foo FROM Contact');
    expect(status).to.equal(400);
    expect(body[0]).to.include({ errorCode: 'INVALID_FIELD' });
    expect(body[0].message).to.match(/\^\nERROR at Row:1:Column:8\nNo such column 'Foo' on entity 'Contact'/);
  });

  it('are refused if the query is missing', async () => {
    expect((await client.get('/query')).body[0]).to.include({ errorCode: 'MALFORMED_QUERY' });
  });

  for (const locator of ['01g9z0000zzzzzzAAA-2000', 'x', '01g9z0000000001AAA', '01g9z0000000001AAA-x']) {
    it(`do not know the locator ${locator}`, async () => {
      const { status, body } = await client.get(`/query/${locator}`);
      expect(status).to.equal(400);
      expect(body).to.deep.equal([{ message: 'invalid query locator', errorCode: 'INVALID_QUERY_LOCATOR' }]);
    });
  }

  it('end at the last row', async () => {
    const { body } = await client.query(all);
    const beyond = String(body.nextRecordsUrl).replace(/-\d+$/, '-4099');
    expect((await client.get(beyond)).body[0]).to.include({ errorCode: 'INVALID_QUERY_LOCATOR' });
  });

  it('drop the oldest cursors when all answers together are too large', () => {
    const cursors = new Cursors(clock);
    const cursor = { result: { totalSize: 4_000_000, records: () => [] }, batchSize: 2_000 };
    const [first, second, third] = [cursors.open(cursor), cursors.open(cursor), cursors.open(cursor)];
    expect(() => cursors.find(`${first}-2000`)).to.throw('invalid query locator');
    for (const id of [second, third]) expect(cursors.find(`${id}-2000`).cursor).to.include(cursor);
  });

  it('drop a cursor after two days', async () => {
    const { body } = await client.query(all);
    now += 48 * 3_600_000;
    expect((await client.get(body.nextRecordsUrl as string)).status).to.equal(200);
    now += 1;
    expect((await client.get(body.nextRecordsUrl as string)).status).to.equal(400);
  });

  it('use the current day of the org', async () => {
    await using berlin = await Emulator.start({
      clock: { ...clock, now: () => Date.parse('2026-04-03T22:30:00Z') },
      settings: { timeZone: 'Europe/Berlin' },
    });
    berlin.store.insert('Contact', { LastName: 'x' });
    const { body } = await new RestClient(berlin).query('SELECT Id FROM Contact WHERE CreatedDate = TODAY');
    expect(body.totalSize).to.equal(1);
  });
});
