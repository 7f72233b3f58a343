import { once } from 'node:events';
import {
  type IncomingHttpHeaders,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  request,
  type RequestOptions,
} from 'node:http';
import { gunzipSync, gzipSync } from 'node:zlib';
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

  for (const version of ['v31.0', 'v50.0', 'v51.0', 'v66.0', 'v99.0']) {
    it(`serves ${version}`, async () => {
      expect((await client.get(`/services/data/${version}`)).status).to.equal(200);
    });
  }

  for (const version of ['v30.0', 'v9.0', 'v100.0', 'v66.1', 'v66', 'vx']) {
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

  it('takes the method from _HttpMethod', async () => {
    const id = await client.create('Account', { Name: 'Before' });
    const { status } = await client.post(`/sobjects/Account/${id}?_HttpMethod=PATCH`, { Name: 'After' });
    expect(status).to.equal(204);
    expect(org.store.get('Account', id)).to.include({ Name: 'After' });
  });

  it('answers HEAD without a body', async () => {
    const { status, body } = await client.send('HEAD', '/limits');
    expect({ status, body }).to.deep.equal({ status: 200, body: '' });
  });

  it('says where JSON is broken', async () => {
    const { status, body } = await client.post('/sobjects/Account', '{"Name": "x",\n "Site" oops}');
    expect(status).to.equal(400);
    expect(body).to.deep.equal([
      { message: "Unexpected character ('o' (code 111)) at [line:2, column:9]", errorCode: 'JSON_PARSER_ERROR' },
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

  it('takes chunked bodies', async () => {
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

  it('takes gzipped bodies, and refuses what only says that it is', async () => {
    const send = (body: string | Uint8Array<ArrayBuffer>): Promise<Response> =>
      fetch(`${org.url}/services/data/v66.0/sobjects/Account`, {
        method: 'POST',
        headers: { authorization: `Bearer ${org.accessToken}`, 'content-encoding': 'gzip' },
        body,
      });
    expect((await send(gzipSync('{"Name":"Small"}'))).status).to.equal(201);
    expect((await send('{"Name":"Not zipped"}')).status).to.equal(400);
  });

  it('zips its answers for those who take gzip', async () => {
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
    it(`knows ${method}, and says what it takes instead`, async () => {
      const { statusCode, bytes } = await received(org, '/limits', { method });
      expect(statusCode).to.equal(405);
      const message = `HTTP Method '${method}' not allowed. Allowed are HEAD,GET`;
      expect(JSON.parse(String(bytes))).to.deep.equal([{ message, errorCode: 'METHOD_NOT_ALLOWED' }]);
    });
  }

  it('refuses a body above 50 MB', async () => {
    const answer = await client.post('/sobjects/Account', 'x'.repeat(50 * 1024 * 1024 + 1)).catch(() => undefined);
    // The connection may be cut before the client has sent all and reads the answer.
    if (answer) expect(answer.status).to.equal(413);
    expect((await client.get('/limits')).status).to.equal(200);
  });

  it('refuses an address above 16 KB', async () => {
    const { status, body } = await client.query(`SELECT Id FROM Account WHERE Name = '${'x'.repeat(17_000)}'`);
    expect(status).to.equal(431);
    expect(body[0]).to.include({ errorCode: 'BAD_REQUEST' });
  });

  for (const path of ['/%zz', '/services/data/v66.0/sobjects/%E0%A4%A', '/services/data/v66.0/sobjects/Account/%ff']) {
    it(`survives ${path}`, async () => {
      const { status, body } = await client.send('GET', path.startsWith('/services') ? path : `/services/..${path}`);
      expect(status).to.be.oneOf([400, 404]);
      expect(body[0]).to.have.keys('message', 'errorCode');
    });
  }

  const absent = {
    '/services/data/v66.0/search?q=FIND': 'SOSL',
    '/services/data/v66.0/tooling/sobjects': 'the Tooling API',
    '/services/async/66.0/job': 'Bulk API 1.0',
    '/services/Soap/m/66.0': 'SOAP: log in with OAuth',
    '/services/apexrest/Orders': 'Apex REST',
    '/cometd/66.0': 'the Streaming API',
  };
  for (const [path, part] of Object.entries(absent)) {
    it(`says that it does not have ${part}`, async () => {
      const response = await fetch(org.url + path, { headers: { authorization: `Bearer ${org.accessToken}` } });
      expect(response.status).to.equal(404);
      expect(await response.json()).to.deep.equal([
        {
          message: `The requested resource does not exist: this emulator does not implement ${part}`,
          errorCode: 'NOT_FOUND',
        },
      ]);
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
