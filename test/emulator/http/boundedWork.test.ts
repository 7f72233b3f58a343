import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { Emulator } from '../../../src/emulator/index.js';
import { requireModestJson } from '../../../src/emulator/http/jsonLimits.js';
import { RestClient, seedProgram } from '../restClient.js';
import { rawRequest } from './rawRequest.js';
import type { RawAnswer } from './rawRequest.js';

const form = { 'content-type': 'application/x-www-form-urlencoded' };
const json = { 'content-type': 'application/json' };
const megabytes = (count: number, text: string): Buffer => Buffer.alloc(count * 1024 * 1024, text);

/**
 * A small request must not make much work: each of these took seconds, or minutes, in which nobody else was answered.
 */
describe('Work that a request can make is bounded', () => {
  let org: Emulator;
  let client: RestClient;

  before(async () => {
    org = await Emulator.start();
    client = new RestClient(org);
    seedProgram(org);
  });

  after(() => org.stop());

  const codeOf = ({ status, text }: RawAnswer): unknown[] => [status, JSON.parse(text)[0].errorCode];
  const post = (path: string, body: Buffer | string, headers = {}): Promise<RawAnswer> =>
    rawRequest(org, path, { method: 'POST', headers, body });
  const asCaller = (headers = {}) => ({ ...json, authorization: `Bearer ${org.accessToken}`, ...headers });

  for (const path of ['token', 'revoke', 'introspect']) {
    it(`for a form sent to ${path}, by its size and number of fields, compressed or not`, async () => {
      const fields = 'a&'.repeat(30_000);
      const large = `a=${'x'.repeat(65_536)}`;
      const zipped = { ...form, 'content-encoding': 'gzip' };
      const url = `/services/oauth2/${path}`;
      expect(codeOf(await post(url, fields, form))).to.deep.equal([400, 'BAD_REQUEST']);
      expect(codeOf(await post(url, gzipSync(fields), zipped))).to.deep.equal([400, 'BAD_REQUEST']);
      expect(codeOf(await post(url, large, form))).to.deep.equal([413, 'REQUEST_ENTITY_TOO_LARGE']);
      expect(codeOf(await post(url, gzipSync(large), zipped))).to.deep.equal([413, 'REQUEST_ENTITY_TOO_LARGE']);
      expect((await post(url, `token=${'x'.repeat(60_000)}`, form)).status).to.be.oneOf([200, 400]);
    });
  }

  it('for a body without a session, which is not decompressed', async () => {
    const headers = { ...json, 'content-encoding': 'gzip' };
    expect((await post('/services/data/v66.0/sobjects/Account', 'not zipped', headers)).status).to.equal(401);
    expect((await post('/services/data/v66.0/sobjects/Account', 'not zipped', asCaller(headers))).status).to.equal(400);
  });

  it('for a body at an address that needs no session', async () => {
    const bomb = gzipSync(megabytes(2, ' '));
    for (const path of ['/emulator/faults', '/services/oauth2/token', '/nowhere']) {
      const answer = await post(path, bomb, { ...json, 'content-encoding': 'gzip', 'x-emulator-control': '1' });
      expect(codeOf(answer), path).to.deep.equal([413, 'REQUEST_ENTITY_TOO_LARGE']);
    }
  });

  it('while a body is decompressed, which does not block other requests', async () => {
    const order: string[] = [];
    const headers = asCaller({ 'content-encoding': 'gzip' });
    const zipped = post('/services/data/v66.0/sobjects/Account', gzipSync(megabytes(49, ' ')), headers);
    await Promise.all([
      zipped.then(() => order.push('zipped')),
      rawRequest(org, '/services/data').then(() => order.push('small')),
    ]);
    expect(order).to.deep.equal(['small', 'zipped']);
  });

  const deep = /nested deeper than 1000 levels/;
  const many = /has more than 500000 values/;
  const hostile: Record<string, readonly [body: Buffer, message: RegExp]> = {
    'lists that are not closed': [megabytes(12, '['), deep],
    'lists within lists': [Buffer.concat([megabytes(6, '['), megabytes(6, ']')]), deep],
    'objects in objects': [Buffer.from(`${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`), deep],
    'many objects side by side': [Buffer.concat([Buffer.from('['), megabytes(12, '{},'), Buffer.from('{}]')]), many],
    'many numbers side by side': [Buffer.concat([Buffer.from('['), megabytes(12, '1,'), Buffer.from('1]')]), many],
    'many empty lines': [Buffer.concat([megabytes(12, '\n'), Buffer.from('x')]), /\[line:12582913, column:1\]/],
  };
  const readers = [
    '/services/data/v66.0/sobjects/Account',
    '/services/data/v66.0/composite',
    '/services/data/v66.0/composite/graph',
    '/services/data/v66.0/jobs/ingest',
    '/services/data/v66.0/connect/realtime/loyalty/programs/Cirrus',
  ];
  for (const [what, [bytes, message]] of Object.entries(hostile)) {
    it(`for JSON: ${what}`, async () => {
      const body = gzipSync(bytes);
      for (const path of readers) {
        const answer = await post(path, body, asCaller({ 'content-encoding': 'gzip' }));
        expect(codeOf(answer), path).to.deep.equal([400, 'JSON_PARSER_ERROR']);
        expect(JSON.parse(answer.text)[0].message, path).to.match(message);
      }
    });
  }

  it('for JSON within a multipart form', async () => {
    const headers = asCaller({ 'content-type': 'multipart/form-data; boundary=b' });
    const parts = (job: string): string =>
      ['--b', 'Content-Disposition: form-data; name="job"', '', job, '--b--'].join('\r\n').replace('--b--', rest);
    const rest = ['--b', 'Content-Disposition: form-data; name="content"', '', 'Name', '--b--'].join('\r\n');
    const deep = await post('/services/data/v66.0/jobs/ingest', parts('['.repeat(20_000)), headers);
    expect(codeOf(deep)).to.deep.equal([400, 'CLIENTINPUTERROR']);
    const head = `--b\r\n${'content-disposition: '.repeat(20_000)}\r\n\r\n`;
    expect(codeOf(await post('/services/data/v66.0/jobs/ingest', head, headers))).to.deep.equal([
      400,
      'CLIENTINPUTERROR',
    ]);
    const huge = await post('/services/data/v66.0/jobs/ingest', megabytes(2, 'x'), headers);
    expect(codeOf(huge)).to.deep.equal([400, 'CLIENTINPUTERROR']);
  });

  it('for addresses within a composite request', async () => {
    const url = `/services/data/v66.0/limits?${'a&'.repeat(5_000)}`;
    const compositeRequest = [{ method: 'GET', url, referenceId: 'a' }];
    const { status, body } = await client.post('/composite', { compositeRequest });
    expect([status, body.compositeResponse[0].httpStatusCode]).to.deep.equal([200, 414]);
    const soql = encodeURIComponent(`SELECT Id FROM Account WHERE Name IN (${"'x',".repeat(8_000)}'y')`);
    const long = [{ method: 'GET', url: `/services/data/v66.0/query?q=${soql}`, referenceId: 'a' }];
    const answer = await client.post('/composite', { compositeRequest: long });
    expect(answer.body.compositeResponse[0].httpStatusCode).to.equal(200);
  });

  it('but allows what the platform accepts', () => {
    const fits = (text: string): void => requireModestJson(Buffer.from(text));
    fits(`${'['.repeat(1_000)}${']'.repeat(1_000)}`);
    fits(JSON.stringify(Array.from({ length: 1_000 }, () => ({ a: '[{,'.repeat(500), b: '\\"[[', c: [{}] }))));
    fits(`["${'['.repeat(5_000)}`);
    fits(`["${'\\"['.repeat(5_000)}"]`);
    expect(() => fits(`${'['.repeat(1_001)}${']'.repeat(1_001)}`)).to.throw(/deeper than 1000 levels/);
    expect(() => fits(`["\\\\",${'['.repeat(1_001)}`)).to.throw(/deeper than 1000 levels/);
  });
});
