/**
 * An org that accepts everything and stores nothing, so that only the client's side is measured. It runs in a separate
 * process, because an engine and its org must not share a core.
 *
 * Arguments: milliseconds that each answer takes (a timer: any number of requests at a time), and how many bodies of
 * journals to keep. `GET /log` returns what it has seen, as a {@link ServerLog}; `GET /bodies` the bodies, one per line.
 */
import { createServer } from 'node:http';
import type { ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerQuery } from './answeredQueries.js';
import { describedJournal } from './describedJournal.js';
import { journalResults } from './journalResults.js';

/** What the server has seen. All times are milliseconds since the epoch. */
export interface ServerLog {
  /** Requests of all kinds, without those for the log and the bodies. */
  readonly requests: number;
  /** When the first request with journals had arrived. */
  readonly firstSentAt: number;
  /** For each answered request with journals: when it was answered, and how many journals it had. */
  readonly answers: readonly (readonly [at: number, journals: number])[];
}

const [latency = 0, kept = 0] = process.argv.slice(2).map(Number);
/** As many as any client has under way when it looks up what its first answer has confirmed. */
const shown = 64;
const bodies: Buffer[] = [];
const log = { requests: 0, firstSentAt: 0, answers: [] as [number, number][] };

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const [first = Buffer.alloc(0)] = chunks;
    receive(response, request.url ?? '/', chunks.length === 1 ? first : Buffer.concat(chunks));
  });
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
process.on('disconnect', () => process.exit());

function receive(response: ServerResponse, url: string, body: Buffer): void {
  if (url === '/log') respond(response, JSON.stringify(log));
  else if (url === '/bodies') respond(response, bodies.join('\n'));
  else serve(response, url, body);
}

function serve(response: ServerResponse, url: string, body: Buffer): void {
  log.requests += 1;
  const send = url.includes('/connect/realtime/') ? execution(response, body) : other(response, url, body);
  if (latency > 0) setTimeout(send, latency);
  else send();
}

function execution(response: ServerResponse, body: Buffer): () => void {
  if (log.firstSentAt === 0) log.firstSentAt = now();
  if (bodies.length < Math.max(kept, shown)) bodies.push(body);
  const { text, count } = journalResults(body.toString());
  return () => {
    respond(response, text);
    log.answers.push([now(), count]);
  };
}

function other(response: ServerResponse, url: string, body: Buffer): () => void {
  const answer = url.includes('/composite') ? composite(body.toString()) : answerTo(url);
  return () => respond(response, JSON.stringify(answer ?? absent), answer === undefined ? 404 : 200);
}

function respond(response: ServerResponse, text: string, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json', 'sforce-limit-info': 'api-usage=1/5000000' });
  response.end(text);
}

const absent = [{ errorCode: 'NOT_FOUND', message: 'The requested resource does not exist' }];

function composite(body: string): unknown {
  const { compositeRequest } = JSON.parse(body) as { compositeRequest: { url: string; referenceId: string }[] };
  const compositeResponse = compositeRequest.map(({ url, referenceId }) => {
    const answer = answerTo(url);
    return { body: answer ?? absent, httpHeaders: {}, httpStatusCode: answer === undefined ? 404 : 200, referenceId };
  });
  return { compositeResponse };
}

function answerTo(url: string): unknown {
  if (url.includes('/query')) {
    return answerQuery(new URL(url, 'http://localhost').searchParams.get('q') ?? '', bodies.slice(0, shown));
  }
  if (url.includes('/oauth2/token')) {
    const { port } = server.address() as AddressInfo;
    return { access_token: '00D9z0000000001!bench', instance_url: `http://127.0.0.1:${port}`, token_type: 'Bearer' };
  }
  if (url.includes('/oauth2/userinfo'))
    return { preferred_username: 'bench@loyalty.example', organization_id: '00D9z0000000001' };
  if (url.endsWith('/TransactionJournal/describe')) return describedJournal;
  if (url.endsWith('/limits')) return { DailyApiRequests: { Max: 5_000_000, Remaining: 4_999_999 } };
  // Without the objects of force-app/, as most orgs.
  if (url.includes('/sobjects/')) return undefined;
  return [{ label: "Spring '26", url: '/services/data/v66.0', version: '66.0' }];
}

function now(): number {
  return performance.timeOrigin + performance.now();
}
