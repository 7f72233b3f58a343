/**
 * Runs one sync from a file until all is settled, in a separate process, with the built library. Its argument is a
 * {@link SyncTask} as JSON; it sends a {@link SyncResult} to its parent.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LoyaltyClient } from 'sf-plugin-loyalty';
import { loadMapping, openFeed, openOutbox, startSync } from 'sf-plugin-loyalty/sync';
import { peakMegabytes } from './peakMemory.js';

export interface SyncTask {
  readonly url: string;
  readonly file: string;
  readonly mapping: string;
  readonly program?: string;
  /** Where the outbox is. Default: a temporary file. */
  readonly outbox?: string | undefined;
  readonly batchSize?: number;
  readonly concurrency?: number;
  readonly prefer?: 'calls' | 'speed';
  readonly route?: 'realtime' | 'records' | 'bulk';
  /** Milliseconds. */
  readonly settle?: number;
}

export interface SyncResult {
  readonly done: number;
  /** Why not all is done, if so. */
  readonly problem?: string;
  readonly seconds: number;
  /** Of this process, all threads, from the call to its end. */
  readonly processorSeconds: number;
  /** Milliseconds since the epoch at which the last transaction was settled. */
  readonly lastSettledAt: number;
  readonly peakMegabytes: number;
}

const task = JSON.parse(process.argv[2] ?? '') as SyncTask;
const folder = await mkdtemp(join(tmpdir(), 'loyalty-bench-'));
try {
  process.send?.(await synced(task, join(folder, 'outbox.sqlite')));
} finally {
  await rm(folder, { recursive: true });
}

async function synced(
  { url, file, program = 'Harbour Rewards', mapping: path, outbox: place, ...options }: SyncTask,
  usualPlace: string,
): Promise<SyncResult> {
  const mapping = await loadMapping(path);
  const client = await LoyaltyClient.connect({ instanceUrl: url, clientId: 'bench', clientSecret: 'none' });
  const outbox = await openOutbox(place ?? usualPlace);
  const feeds = [await openFeed(file, mapping)];
  let settled = 0;
  let lastSettledAt = 0;
  const onProgress = (progress: { settled: number }): void => {
    if (progress.settled > settled) lastSettledAt = performance.timeOrigin + performance.now();
    settled = progress.settled;
  };
  const processor = process.cpuUsage();
  const startedAt = performance.now();
  const { source } = mapping;
  const { counts, ending, stopped } = await startSync({
    client,
    program,
    outbox,
    feeds,
    source,
    onProgress,
    ...options,
  });
  const seconds = (performance.now() - startedAt) / 1000;
  const { user, system } = process.cpuUsage(processor);
  await outbox.close();
  return {
    done: counts.items.done,
    ...(ending !== 'complete' && { problem: `${ending}: ${stopped?.message ?? JSON.stringify(counts.items)}` }),
    ...{ seconds, processorSeconds: (user + system) / 1e6, lastSettledAt },
    peakMegabytes: peakMegabytes(),
  };
}
