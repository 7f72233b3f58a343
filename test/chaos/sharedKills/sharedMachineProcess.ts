/**
 * A machine that shares an outbox: it delivers a feed whenever it gets the lease, and sends requests for the one that has
 * it meanwhile, until everything is delivered. Node runs it from the compiled package. The first argument is its job.
 */
import type { SharedMachineJob } from './sharedMachine.js';

const lib = new URL('../../../lib/', import.meta.url);
const load = async (path: string): Promise<unknown> => import(new URL(path, lib).href);
const sync = (await load('sync/index.js')) as typeof import('../../../src/sync/index.js');
const { LoyaltyClient } = (await load('client/index.js')) as typeof import('../../../src/client/index.js');
const { systemClock } = (await load('base/clock.js')) as typeof import('../../../src/base/clock.js');

type Client = InstanceType<typeof LoyaltyClient>;

const job = JSON.parse(process.argv[2] ?? '') as SharedMachineJob;
/** Milliseconds until a machine asks again for the lease. */
const pause = 300;
/** Few, so that one machine alone cannot send all that is ready. */
const connections = 2;

function connect(): Promise<Client> {
  const { orgUrl: instanceUrl, timeout } = job;
  return LoyaltyClient.connect({ instanceUrl, clientId: 'shared', clientSecret: 'none', timeout });
}

/** Sends requests for the one that delivers, until nobody does. */
async function sendForOthers(): Promise<void> {
  // The first machine that delivers creates it.
  const found = await sync.openLeaseView(job.outbox).catch((error: unknown) => {
    if (error instanceof sync.NoOutboxError) return undefined;
    throw error;
  });
  if (!found) return;
  await using view = closing(found);
  const sending = new sync.StandbySending({ address: job.outbox, client: await connect(), connections });
  const period = sending.begin();
  const { signal } = new AbortController();
  try {
    await sync.standBy({ view: view.it, clock: systemClock, signal, onSeen: () => {}, onAway: () => {} });
  } finally {
    period[Symbol.dispose]();
    // What it has taken is still sent and answered.
    void sending.end().then(() => process.connected && process.send?.({ sent: sending.sent }));
  }
}

/** Delivers what is left. Returns whether all is done. */
async function deliver(): Promise<boolean> {
  await sendForOthers();
  const { program, settle, batchSize } = job;
  const client = await connect();
  await using outbox = await sync.openOutbox(job.outbox);
  const mapping = await sync.loadMapping(job.mapping);
  const latest = await outbox.runs.find();
  if (latest?.ending === 'complete') return true;
  const options = { client, program, outbox, source: mapping.source, settle, batchSize, concurrency: connections };
  const feeds = [await sync.openFeed(job.feed, mapping)];
  const report = await (latest
    ? sync.resumeSync({ ...options, feeds, run: latest.id })
    : sync.startSync({ ...options, feeds }));
  return report.ending === 'complete';
}

/**
 * What ends one attempt and not the machine: somebody else delivers, has taken over, or the database or the org is away.
 */
const passing = new Set(['OutboxBusyError', 'OutboxTakenError', 'OutboxDatabaseError', 'LostAnswerError']);

for (;;) {
  const isDone = await deliver().catch((error: unknown) => {
    if (error instanceof Error && passing.has(error.name)) {
      process.send?.(error.name);
      return false;
    }
    throw error;
  });
  if (isDone) break;
  await systemClock.sleep(pause);
}
process.disconnect();

function closing<T extends { close(): Promise<void> }>(it: T): AsyncDisposable & { readonly it: T } {
  return { it, [Symbol.asyncDispose]: () => it.close() };
}
