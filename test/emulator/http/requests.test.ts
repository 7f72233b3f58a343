import { once } from 'node:events';
import { request } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage, OutgoingHttpHeaders, RequestOptions } from 'node:http';
import { deflateSync, gunzipSync, gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { Emulator } from '../../../src/emulator/index.js';
import { RestClient } from '../restClient.js';

describe('HTTP', () => {
  let org: Emulator;
  let client: RestClient;

  before(async () => {
    org = await Emulator.start();
    client = new RestClient(org);
  });

  after(() => org.stop());

  it('collapses doubled slashes', async () => {
    expect((await client.get('/services//data/v66.0//limits')).status).to.equal(200);
    expect((await fetch(`${org.url}//services/data/`)).status).to.equal(200);
  });

  for (const version of ['v31.0', 'v50.0', 'v51.0', 'v66.0', 'v68.0']) {
    it(`serves ${version}`, async () => {
      expect((await client.get(`/services/data/${version}`)).status).to.equal(200);
    });
  }

  for (const version of ['v30.0', 'v69.0', 'v99.0', 'v9.0', 'v100.0', 'v66.1', 'v66', 'vx']) {
    it(`does not know ${version}`, async () => {
      const { status, body } = await client.get(`/services/data/${version}/limits`);
      expect(status).to.equal(404);
      expect(body).to.deep.equal([{ message: 'The requested resource does not exist', errorCode: 'NOT_FOUND' }]);
    });
  }

  it('answers a wrong method with the allowed ones', async () => {
    const { status, body } = await client.send('PUT', '/sobjects/Account/0019z0000000001AAA', {});
    expect(status).to.equal(405);
    expect(body).to.deep.equal([
      {
        message: "HTTP Method 'PUT' not allowed. Allowed are HEAD,GET,PATCH,DELETE",
        errorCode: 'METHOD_NOT_ALLOWED',
      },
    ]);
  });

  it('reads the method from _HttpMethod', async () => {
    const id = await client.create('Account', { Name: 'Before' });
    const { status } = await client.post(`/sobjects/Account/${id}?_HttpMethod=PATCH`, { Name: 'After' });
    expect(status).to.equal(204);
    expect(org.store.get('Account', id)).to.include({ Name: 'After' });
  });

  it('answers HEAD without a body', async () => {
    const { status, body } = await client.send('HEAD', '/limits');
    expect({ status, body }).to.deep.equal({ status: 200, body: '' });
  });

  it('tells where JSON is invalid', async () => {
    const { status, body } = await client.post('/sobjects/Account', '{"Name": "x",\n "Site" oops}');
    expect(status).to.equal(400);
    expect(body).to.deep.equal([
      { message: "Unexpected character ('o' (code 111)) at [line:2, column:9]", errorCode: 'JSON_PARSER_ERROR' },
    ]);
  });

  for (const [text, place] of [
    ['{"Name": nope}', 'o 1:11'],
    ['nope', 'o 1:2'],
    [`{"Name":\n"${'x'.repeat(60)}", "Site": nope, "Phone": "${'y'.repeat(60)}"}`, 'o 2:74'],
    [`{"Name": <, "Phone": "${'y'.repeat(60)}"}`, '< 1:10'],
  ] as const) {
    it(`tells where ${text.slice(0, 20)} is not JSON`, async () => {
      const { body } = await client.post('/sobjects/Account', text);
      const [, character, line, column] = /^(.) (\d+):(\d+)$/.exec(place) ?? [];
      expect(body[0].message).to.equal(
        `Unexpected character ('${character}' (code ${character?.charCodeAt(0)})) at [line:${line}, column:${column}]`,
      );
    });
  }

  it('accepts JSON with a byte order mark, and refuses invalid UTF-8', async () => {
    const send = (bytes: Buffer<ArrayBuffer>): Promise<Response> =>
      fetch(`${org.url}/services/data/v66.0/sobjects/Account`, {
        method: 'POST',
        headers: { authorization: `Bearer ${org.accessToken}` },
        body: bytes,
      });
    expect((await send(Buffer.from('\uFEFF{"Name":"Marked"}'))).status).to.equal(201);
    const refused = await send(Buffer.from('{"Name":"\xFF"}', 'latin1'));
    expect(refused.status).to.equal(400);
    expect(await refused.json()).to.deep.equal([
      { message: 'Invalid UTF-8 at [line:1, column:10]', errorCode: 'JSON_PARSER_ERROR' },
    ]);
  });

  for (const [what, text] of [
    ['an empty body', ''],
    ['a list', '[]'],
    ['null', 'null'],
    ['half an object', '{"Name":'],
  ] as const) {
    it(`refuses ${what} where a record is expected`, async () => {
      const { status, body } = await client.post('/sobjects/Account', text);
      expect(status).to.equal(400);
      expect(body[0]).to.include({ errorCode: 'JSON_PARSER_ERROR' });
    });
  }

  it('accepts chunked bodies', async () => {
    const status = await new Promise((resolve, reject) => {
      const outgoing = request(`${org.url}/services/data/v66.0/sobjects/Account`, {
        method: 'POST',
        headers: { authorization: `Bearer ${org.accessToken}`, 'content-type': 'application/json' },
      });
      outgoing.on('response', (response) => resolve(response.resume().statusCode)).on('error', reject);
      outgoing.write('{"Name":');
      outgoing.end('"In pieces"}');
    });
    expect(status).to.equal(201);
    expect(org.store.count('Account', { Name: 'In pieces' })).to.equal(1);
  });

  it('accepts gzipped bodies, and refuses bodies that only claim to be gzipped', async () => {
    const send = async (body: string | Uint8Array<ArrayBuffer>, coding = 'gzip'): Promise<number> => {
      const { status } = await fetch(`${org.url}/services/data/v66.0/sobjects/Account`, {
        method: 'POST',
        headers: { authorization: `Bearer ${org.accessToken}`, 'content-encoding': coding },
        body,
      });
      return status;
    };
    expect(await send(gzipSync('{"Name":"Small"}'))).to.equal(201);
    expect(await send(gzipSync('{"Name":"Small"}'), 'GZIP')).to.equal(201);
    expect(await send(deflateSync('{"Name":"Small"}'), 'deflate')).to.equal(201);
    expect(await send('{"Name":"Not zipped"}')).to.equal(400);
    expect(await send('{"Name":"Not known"}', 'br')).to.equal(415);
    expect(await send(gzipSync(Buffer.alloc(51 * 1024 * 1024)))).to.equal(413);
  });

  it('compresses answers for clients that accept gzip', async () => {
    const ask = async (path: string, encoding: string): Promise<{ encoding: string; text: string }> => {
      const { headers, bytes } = await received(org, path, { headers: { 'accept-encoding': encoding } });
      const given = headers['content-encoding'] ?? 'none';
      return { encoding: given, text: String(given === 'gzip' ? gunzipSync(bytes) : bytes) };
    };
    const plain = await ask('/sobjects', 'identity');
    expect(plain).to.have.property('encoding', 'none');
    for (const taken of ['gzip', 'gzip, deflate', 'br;q=1.0, GZIP;q=0.5']) {
      expect(await ask('/sobjects', taken), taken).to.deep.equal({ encoding: 'gzip', text: plain.text });
    }
    for (const refused of ['', 'deflate', 'gzip;q=0', 'x-gzip']) {
      expect(await ask('/sobjects', refused), refused).to.deep.equal(plain);
    }
    expect((await ask('/nowhere', 'gzip')).encoding).to.equal('none');
  });

  for (const method of ['OPTIONS', 'TRACE', 'PROPFIND']) {
    it(`refuses ${method}, and lists the allowed methods`, async () => {
      const { statusCode, bytes } = await received(org, '/limits', { method });
      expect(statusCode).to.equal(405);
      const message = `HTTP Method '${method}' not allowed. Allowed are HEAD,GET`;
      expect(JSON.parse(String(bytes))).to.deep.equal([{ message, errorCode: 'METHOD_NOT_ALLOWED' }]);
    });
  }

  for (const host of [
    '127.0.0.1:8366',
    '[::1]',
    '192.168.0.9',
    'localhost',
    'a.localhost:80',
    'loyalty-org',
    'org.test',
  ]) {
    it(`answers to ${host}`, async () => {
      expect((await received(org, '/limits', { headers: { host } })).statusCode).to.equal(200);
    });
  }

  for (const host of [
    'rebound.attacker.com',
    'localhost.attacker.com:8366',
    '127.0.0.1.nip.io',
    'a b"<>',
    'localtest.me',
  ]) {
    it(`does not answer to ${host}, which may be the name of a web page`, async () => {
      const { statusCode, bytes } = await received(org, '/limits', { headers: { host } });
      expect(statusCode).to.equal(421);
      expect(JSON.parse(String(bytes))[0]).to.include({ errorCode: 'BAD_REQUEST' });
    });
  }

  it('answers to the host names in its options', async () => {
    await using named = await Emulator.start({ hostNames: ['Org.example.com'] });
    const ask = async (host: string): Promise<number | undefined> =>
      (await received(named, '/limits', { headers: { host } })).statusCode;
    expect([await ask('org.example.com:8366'), await ask('example.com')]).to.deep.equal([200, 421]);
  });

  it('refuses a body above 50 MB', async () => {
    const answer = await client.post('/sobjects/Account', 'x'.repeat(50 * 1024 * 1024 + 1)).catch(() => undefined);
    // The connection may be cut before the client has sent all and reads the answer.
    if (answer) expect(answer.status).to.equal(413);
    expect((await client.get('/limits')).status).to.equal(200);
  });

  it('refuses an address above 16 KB, and one that exceeds it together with the headers', async () => {
    const soql = `SELECT Id FROM Account WHERE Id IN (${"'0019z0000000001AAA',".repeat(800)}'')`;
    const { status, body } = await client.query(soql);
    expect([status, body[0].errorCode]).to.deep.equal([414, 'URI_TOO_LONG']);
    for (const size of [17_000, 200_000]) {
      const headers = await client.get('/limits', { 'x-large': 'x'.repeat(size) });
      expect([headers.status, headers.body[0].errorCode]).to.deep.equal([431, 'REQUEST_HEADER_FIELDS_TOO_LARGE']);
    }
    expect((await client.get('/limits', { 'x-large': 'x'.repeat(15_000) })).status).to.equal(200);
  });

  for (const path of ['/%zz', '/services/data/v66.0/sobjects/%E0%A4%A', '/services/data/v66.0/sobjects/Account/%ff']) {
    it(`survives ${path}`, async () => {
      const { status, body } = await client.send('GET', path.startsWith('/services') ? path : `/services/..${path}`);
      expect(status).to.be.oneOf([400, 404]);
      expect(body[0]).to.have.keys('message', 'errorCode');
    });
  }

  for (const [method, path, what] of [
    ['GET', '/search/suggestions?q=x', 'suggestions of searches'],
    ['GET', '/tooling/sobjects', 'the Tooling API'],
    ['GET', '/services/async/66.0/job', 'Bulk API 1.0'],
    ['GET', '/services/apexrest/Orders', 'Apex REST'],
    ['POST', '/graphql', 'GraphQL'],
    ['GET', '/ui-api/object-info/Account', 'the User Interface API'],
    ['POST', '/services/Soap/s/68.0/00D9z0000000001EAA', 'Apex'],
  ] as const) {
    it(`says at ${path} that it does not implement ${what}`, async () => {
      const { status, body } = await client.send(method, path);
      expect([status, body[0].errorCode]).to.deep.equal([501, 'NOT_IMPLEMENTED']);
      expect(body[0].message).to.contain(`This local org does not implement ${what}.`);
    });
  }
});

interface Received {
  readonly statusCode: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: Buffer;
}

/** Asks without what `fetch` does by itself: it unzips, and knows fewer methods. */
async function received(org: Emulator, path: string, options: RequestOptions): Promise<Received> {
  const authorization = `Bearer ${org.accessToken}`;
  const headers = { authorization, ...(options.headers as OutgoingHttpHeaders) };
  const outgoing = request(`${org.url}/services/data/v66.0${path}`, { ...options, headers }).end();
  const [response] = (await once(outgoing, 'response')) as [IncomingMessage];
  const { statusCode, headers: answered } = response;
  return { statusCode, headers: answered, bytes: Buffer.concat(await response.toArray()) };
}
