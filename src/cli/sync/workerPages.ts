import { StatusPages } from '../../door/index.js';
import { PrometheusMeter, recordSyncMetrics } from '../../sync/index.js';
import type { LeaseView, PostgresInbox, StandbySending } from '../../sync/index.js';
import type { WorkerStatus } from './workerStatus.js';

export interface WorkerPagesOptions {
  readonly host: string;
  readonly port: number;
  readonly status: WorkerStatus;
  readonly sending: Pick<StandbySending, 'sent'>;
  readonly view: LeaseView;
  readonly inbox: PostgresInbox;
}

/** Most milliseconds that the pages wait for the database. What it does not tell by then is left out. */
const patience = 2000;

/** Opens the pages that tell how a worker does, until they are disposed. */
export async function openWorkerPages({
  host,
  port,
  status,
  sending,
  view,
  inbox,
}: WorkerPagesOptions): Promise<AsyncDisposable & { readonly url: string }> {
  const meter = new PrometheusMeter();
  const recording = await recordSyncMetrics({ meter, outbox: status });
  const look = shared(() => view.look());
  const backlog = shared(() => inbox.backlog());
  const feeds = shared(() => inbox.feeds.unread());
  const gauges: readonly [name: string, description: string, read: () => Promise<number>][] = [
    ['worker.active', 'Whether this process delivers: 1 or 0.', async () => Number(status.isActive)],
    ['lease.left', 'Seconds that the lease lasts if it cannot be renewed.', async () => status.leaseLeft / 1000],
    ['worker.sent.for.others', 'Requests that this process has sent for the active one.', async () => sending.sent],
    ['log.changes', 'Changes that were ever stored in the shared outbox.', async () => (await look()).change],
    ['inbox.entries', 'Entries that wait in the inbox.', async () => (await backlog()).entries],
    ['inbox.transactions', 'Transactions in these entries.', async () => (await backlog()).transactions],
    ['inbox.oldest', 'Seconds since the oldest of these was stored.', async () => (await backlog()).age / 1000],
    ['inbox.feeds', 'Feeds that wait to be read.', async () => (await feeds()).waiting],
    ['inbox.feeds.refused', 'Feeds that cannot be read.', async () => (await feeds()).refused.length],
  ];
  for (const [name, description, read] of gauges)
    meter.createObservableGauge(`loyalty.sync.${name}`, { description }).addCallback(async (result) => {
      result.observe(await read());
    });
  const ready = (): ReturnType<WorkerStatus['ready']> => status.ready();
  const pages = await StatusPages.open({ host, port, ready, metrics: () => meter.text() });
  return {
    url: pages.url,
    [Symbol.asyncDispose]: async () => {
      await pages[Symbol.asyncDispose]();
      recording[Symbol.dispose]();
    },
  };
}

/** Those who ask while the answer is on its way share it, but do not wait for it for long. */
function shared<T>(ask: () => Promise<T>): () => Promise<T> {
  let asked: Promise<T> | undefined;
  return async () => {
    asked ??= ask().finally(() => (asked = undefined));
    const { promise, reject } = Promise.withResolvers<never>();
    const late = setTimeout(() => reject(new Error('The database does not answer.')), patience);
    return Promise.race([asked, promise]).finally(() => clearTimeout(late));
  };
}
