import { gzipSync } from 'node:zlib';
import type { Random } from '../../../src/base/random.js';
import type { Call, RawAnswer } from '../../support/cliRelay.js';
import { hostileText, pick } from './hostileText.js';

type Maker = (random: Random, call: Call, token: string) => RawAnswer | 'cut';

const json = { 'content-type': 'application/json;charset=UTF-8' };
const html = { 'content-type': 'text/html' };
const bomb = gzipSync(Buffer.alloc(300 * 1024 * 1024, 32));

/** Answers of an org, or of something in between, that could harm the caller. */
const makers: readonly Maker[] = [
  () => 'cut',
  () => ({ status: 200, headers: html, body: '<html><title>Log in</title><form action="/login"></html>' }),
  (random) => ({ status: pick(random, [403, 404, 407, 500, 502, 503]), headers: html, body: page(random) }),
  (random) => ({ status: 400, headers: json, body: error(hostileText(random), hostileText(random)) }),
  (random) => ({ status: 403, headers: json, body: error('INSUFFICIENT_ACCESS', hostileText(random)) }),
  (_, __, token) => ({ status: 400, headers: json, body: error('INVALID_FIELD', `You sent Bearer ${token}.`) }),
  (_, __, token) => ({ status: 500, headers: html, body: `<pre>Authorization: Bearer ${token}</pre>` }),
  () => ({ status: 400, headers: json, body: error('LONG', 'x'.repeat(2_000_000)) }),
  () => ({ status: 200, headers: json, body: '['.repeat(200_000) }),
  () => ({ status: 400, headers: json, body: `${'['.repeat(200_000)}${']'.repeat(200_000)}` }),
  () => ({ status: 200, headers: { 'content-type': 'application/xml' }, body: '<a>&#0;<b></a>' }),
  () => ({ status: 400, headers: { 'content-type': 'text/xml' }, body: '<!DOCTYPE x [<!ENTITY e "1">]><e>&e;&e' }),
  () => ({ status: 200, headers: { ...json, 'content-encoding': 'gzip' }, body: bomb }),
  () => ({ status: 200, headers: { ...json, 'content-encoding': 'gzip' }, body: 'not gzip' }),
  () => ({ status: 200, headers: json, body: '' }),
  () => ({ status: 204, headers: {}, body: '' }),
  () => ({ status: 200, headers: json, body: 'null' }),
  (random, { url }) => ({ status: 307, headers: { location: pick(random, [url, 'http://127.0.0.1:9/']) }, body: '' }),
  (random) => ({ status: 401, headers: json, body: error('INVALID_SESSION_ID', hostileText(random)) }),
  (random) => ({ status: 503, headers: { ...json, 'retry-after': '0' }, body: error('SERVER', hostileText(random)) }),
  () => ({ status: 200, headers: json, body: endlessPage }),
];

const endlessPage = JSON.stringify({
  totalSize: 3,
  done: false,
  nextRecordsUrl: '/services/data/v66.0/query/0r8000000000001AAA-2000',
  records: [],
});

/** Returns an answer in place of the org's. `token` is the caller's. */
export function hostileAnswer(random: Random, call: Call, token: string): RawAnswer | 'cut' {
  return pick(random, makers)(random, call, token);
}

function error(errorCode: string, message: string): string {
  return JSON.stringify([{ errorCode, message }]);
}

function page(random: Random): string {
  return `<html><head><title>${hostileText(random)}</title></head><body>${'<p>Blocked</p>'.repeat(5_000)}</body></html>`;
}
