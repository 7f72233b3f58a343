import { expect } from 'chai';
import { request } from 'node:http';
import { DoorOptionsError, HttpDoor, signRequest } from '../../src/door/index.js';
import { failureOf } from '../client/loopback.js';
import { openDoor, sale } from './openDoor.js';
import type { Answered } from './openDoor.js';

const [first, second] = ['a', 'b'].map((each) => each.repeat(32)) as [string, string];
const now = 1_767_225_600;
const clock = { now: () => now * 1000, sleep: async () => undefined };
const body = JSON.stringify(sale('1'));
const told = ({ status, body: { error } }: Answered): unknown[] => [status, error?.code];

describe('a door with a token', () => {
  it('takes either of two, and refuses everything else, before it reads the body', async () => {
    await using door = await openDoor({ door: { access: { tokens: [first, second] } } });
    for (const authorization of [`Bearer ${first}`, `bearer ${second}`])
      expect((await door.post(body, { authorization })).status).to.be.oneOf([200, 202]);
    for (const authorization of ['', `Bearer ${first}x`, 'Bearer ', `Basic ${first}`, first])
      expect(told(await door.post('no JSON', { authorization })), authorization).to.deep.equal([401, 'TOKEN_NEEDED']);
    expect(told(await door.get('/transactions/till%3A1'))).to.deep.equal([401, 'TOKEN_NEEDED']);
    expect((await door.get('/ready')).status).to.equal(200);
  });
});

describe('a door with signatures', () => {
  it('takes what was signed with either of two secrets, and a sender with two', async () => {
    await using door = await openDoor({ door: { access: { signingSecrets: [first, second] }, clock } });
    const others = signRequest('c'.repeat(32), now, body);
    for (const signature of [
      signRequest(first, now, body),
      signRequest(second, now - 299, body),
      `${others},${signRequest(first, now, body).split(',')[1]}`,
    ])
      expect((await door.post(body, { 'loyalty-signature': signature })).status, signature).to.be.oneOf([200, 202]);
    const path = '/transactions/till%3A1';
    expect((await door.get(path, { 'loyalty-signature': signRequest(first, now, path) })).status).to.equal(200);
  });

  it('refuses another secret, a replaced body, another path, an old time, and none', async () => {
    await using door = await openDoor({ door: { access: { signingSecrets: [first] }, clock } });
    const signature = signRequest(first, now, body);
    const send = async (value: string, sent = body) => told(await door.post(sent, { 'loyalty-signature': value }));
    expect(await send(signRequest(second, now, body))).to.deep.equal([401, 'SIGNATURE_WRONG']);
    expect(await send(signature, JSON.stringify(sale('1', 'HR-100001', '99')))).to.deep.equal([401, 'SIGNATURE_WRONG']);
    expect(await send(signature.replace(String(now), String(now + 1)))).to.deep.equal([401, 'SIGNATURE_WRONG']);
    for (const time of [now - 301, now + 301])
      expect(await send(signRequest(first, time, body))).to.deep.equal([401, 'SIGNATURE_OLD']);
    for (const value of ['', 'v1=00', `t=${now}`, 't=x,v1=00'])
      expect(await send(value), value).to.deep.equal([401, 'SIGNATURE_NEEDED']);
    const other = { 'loyalty-signature': signRequest(first, now, '/transactions/till%3A1') };
    expect(told(await door.get('/transactions/till%3A2', other))).to.deep.equal([401, 'SIGNATURE_WRONG']);
    expect(door.shop.org.store.find('TransactionJournal', {})).to.deep.equal([]);
  });
});

describe('a door without a secret', () => {
  it('refuses web pages and names that are not of this machine', async () => {
    await using door = await openDoor();
    expect(told(await door.post(body, { origin: 'https://shop.example' }))).to.deep.equal([403, 'WEB_PAGE']);
    const { port } = new URL(door.door.url);
    const statusFor = (host: string): Promise<number | undefined> =>
      new Promise((resolve, reject) => {
        const options = { host: '127.0.0.1', port, path: '/transactions/till%3A1', headers: { host } };
        request(options, (response) => resolve(response.resume().statusCode))
          .on('error', reject)
          .end();
      });
    expect(await statusFor(`shop.example:${port}`)).to.equal(421);
    expect(await statusFor(`localhost:${port}`)).to.equal(404);
  });

  it('opens only to this machine, and secrets are long', async () => {
    await using door = await openDoor();
    const { service } = door;
    expect(await failureOf(HttpDoor.open({ service, host: '0.0.0.0' }))).to.be.instanceOf(DoorOptionsError);
    const short = await failureOf(HttpDoor.open({ service, access: { tokens: ['short'] } }));
    expect(short).to.be.instanceOf(DoorOptionsError);
    expect((short as Error).message)
      .to.include('32')
      .and.not.include('short');
  });
});

describe('the limits of a door', () => {
  it('refuses bodies, lists and headers that are too large, and what is not JSON', async () => {
    await using door = await openDoor({ door: { bodyLimit: 2000, mostTransactions: 2 } });
    expect(told(await door.post(`"${'x'.repeat(2000)}"`))).to.deep.equal([413, 'BODY_TOO_LARGE']);
    expect(told(await door.post([sale('1'), sale('2'), sale('3')]))).to.deep.equal([413, 'TOO_MANY']);
    expect(told(await door.get('/health', { filler: 'x'.repeat(17_000) }))).to.deep.equal([431, 'HEADERS_TOO_LARGE']);
    expect(told(await door.post(body, { 'content-type': 'text/plain' }))).to.deep.equal([415, 'NOT_JSON']);
    expect(told(await door.post(body, { 'content-encoding': 'gzip' }))).to.deep.equal([415, 'COMPRESSED']);
    for (const text of ['', '{"key":', '{"key":"a","key":"b"}', new Uint8Array([0x22, 0xff, 0x22])])
      expect(told(await door.post(text)), String(text)).to.deep.equal([400, 'NOT_JSON']);
    expect(told(await door.get('/other'))).to.deep.equal([404, 'NOT_FOUND']);
    expect(told(await door.get('/transactions'))).to.deep.equal([405, 'METHOD_NOT_ALLOWED']);
    expect(told(await door.get('/transactions/till:a/b'))).to.deep.equal([404, 'NOT_FOUND']);
    expect((await door.get('/transactions/till:a/b')).body.error?.message).to.include('%2F');
    expect(told(await door.get('/transactions/till:a%b'))).to.deep.equal([400, 'BAD_URL']);
    expect(door.errors).to.deep.equal([]);
  });

  it('tells a log nothing about members and transactions', async () => {
    await using door = await openDoor();
    await door.post(sale('1'));
    await door.get('/transactions/till%3A1');
    await door.get('/HR-100001');
    expect(door.answers.map(({ method, path, status }) => [method, path, status])).to.deep.equal([
      ['POST', '/transactions', 202],
      ['GET', '/transactions/{key}', 200],
      ['GET', '*', 404],
    ]);
  });
});
