/**
 * Posts each threshold that a member crosses to a webhook, signed, and again with growing pauses until the webhook has
 * taken it. If it never does, the engine calls the handler again later, and the next process does the same.
 *
 * `x-signature` is `sha256=` and the HMAC-SHA256, in hexadecimal, of `<x-timestamp>.<body>`. `x-event-id` is the id in
 * the body: it is the same whenever the event is posted again, so that a receiver can drop repeats.
 */
import { createHmac } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { LoyaltyClient } from 'sf-plugin-loyalty';
import { exitCode, loadMapping, openFeed, SqliteOutbox, startSync } from 'sf-plugin-loyalty/sync';
import type { CrossedThreshold } from 'sf-plugin-loyalty/sync';

const {
  ORG_URL = '',
  CLIENT_ID = '',
  CLIENT_SECRET = '',
  PROGRAM = '',
  FEED = '',
  MAPPING = '',
  OUTBOX = '',
  WEBHOOK_URL = '',
  WEBHOOK_SECRET = '',
} = process.env;
if (WEBHOOK_SECRET.length < 32) throw new Error('WEBHOOK_SECRET must have at least 32 characters.');

/** Pauses between attempts. All attempts together take less than the 30 seconds that the engine waits for a handler. */
const pauses = [250, 500, 1000, 2000];
const attemptTimeout = 4000;

const client = await LoyaltyClient.connect({ instanceUrl: ORG_URL, clientId: CLIENT_ID, clientSecret: CLIENT_SECRET });
const mapping = await loadMapping(MAPPING);
await using outbox = await SqliteOutbox.open(OUTBOX);
const report = await startSync({
  client,
  program: PROGRAM,
  outbox,
  feeds: [await openFeed(FEED, mapping)],
  source: mapping.source,
  memberProgress: { thresholds: [50, 80, 100], onThreshold: post },
});
process.exitCode = exitCode(report);

/** Resolves when the webhook has the event. What this throws has no content of the event. */
async function post(crossed: CrossedThreshold): Promise<void> {
  const body = JSON.stringify(crossed);
  for (let attempt = 0; ; attempt++) {
    const problem = await problemOf(crossed.id, body);
    if (problem === undefined) return;
    const pause = pauses[attempt];
    if (pause === undefined) throw new Error(`The webhook has not taken the event ${crossed.id}: ${problem}`);
    // Several senders that failed at the same time do not come back at the same time.
    await setTimeout(pause * (0.5 + Math.random() / 2));
  }
}

/** Makes one attempt. Returns why it failed. */
async function problemOf(id: string, body: string): Promise<string | undefined> {
  const timestamp = String(Math.floor(Date.now() / 1000));
  const signature = createHmac('sha256', WEBHOOK_SECRET).update(`${timestamp}.${body}`).digest('hex');
  const headers = {
    'content-type': 'application/json',
    'x-event-id': id,
    'x-timestamp': timestamp,
    'x-signature': `sha256=${signature}`,
  };
  try {
    const signal = AbortSignal.timeout(attemptTimeout);
    const response = await fetch(WEBHOOK_URL, { method: 'POST', headers, body, signal, redirect: 'error' });
    await response.body?.cancel();
    return response.ok ? undefined : `HTTP ${response.status}`;
  } catch (error) {
    return error instanceof Error ? error.name : 'no answer';
  }
}
