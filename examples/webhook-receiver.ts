/**
 * The other end of `webhook-thresholds.ts`: checks the signature over the raw body and its time, and drops events that
 * it has already. Prints each new event.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

const { WEBHOOK_SECRET = '', PORT = '0' } = process.env;
if (WEBHOOK_SECRET.length < 32) throw new Error('WEBHOOK_SECRET must have at least 32 characters.');

/** Seconds by which the sender's clock may differ. An older message may be a recorded one. */
const tolerance = 300;
const mostBytes = 65_536;

/**
 * Ids of events that were handled. A real receiver stores the id in its database, in the same transaction as what it
 * does about the event.
 */
const handled = new Set<string>();

const server = createServer((request, response) => {
  receive(request).then(
    (status) => response.writeHead(status).end(),
    () => response.writeHead(400).end(),
  );
});
server.listen(Number(PORT), '127.0.0.1', () => {
  console.log(`Listening on http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});

async function receive(request: IncomingMessage): Promise<number> {
  if (request.method !== 'POST') return 405;
  const body = await bodyOf(request);
  if (body === undefined) return 413;
  if (!isGenuine(request, body)) return 401;
  const event = JSON.parse(body.toString()) as { id: string; member: string; threshold: number };
  // The header is not signed; the id in the body is.
  if (request.headers['x-event-id'] !== event.id) return 400;
  if (handled.has(event.id)) return 200;
  handled.add(event.id);
  console.log(`${event.member} has crossed ${event.threshold} %`);
  return 204;
}

async function bodyOf(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > mostBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function isGenuine({ headers }: IncomingMessage, body: Buffer): boolean {
  const timestamp = String(headers['x-timestamp'] ?? '');
  const age = Math.abs(Date.now() / 1000 - Number(timestamp));
  if (!/^\d+$/.test(timestamp) || age > tolerance) return false;
  const expected = createHmac('sha256', WEBHOOK_SECRET).update(`${timestamp}.`).update(body).digest();
  const given = Buffer.from(String(headers['x-signature'] ?? '').replace(/^sha256=/, ''), 'hex');
  return given.length === expected.length && timingSafeEqual(given, expected);
}
