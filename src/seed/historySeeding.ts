import type { LoyaltyClient } from '../client/index.js';
import { join } from 'node:path';
import { exitCode, openFeed, startSync, writeResults } from '../sync/index.js';
import type { Outbox, StartOptions, SyncReport } from '../sync/index.js';
import type { Seeds } from './readSeeds.js';
import type { SeededFeed, SeedStatus } from './seedReport.js';
import { stageError } from './stageOutcome.js';
import type { SeedProgress, StageOutcome } from './stageOutcome.js';

export interface HistorySeedingOptions {
  readonly program: string;
  readonly outbox: Outbox;
  readonly delivery: Partial<Pick<StartOptions, 'emptyOutbox' | 'settle' | 'batchSize' | 'concurrency'>>;
  /** Folder in which each run gets one for its results files. */
  readonly resultsDir?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: SeedProgress) => void) | undefined;
}

/** Mirrors the feeds of a seed folder in one run, in the order of their names. */
export async function seedHistory(
  client: LoyaltyClient,
  history: NonNullable<Seeds['history']>,
  options: HistorySeedingOptions,
): Promise<StageOutcome<'history'>> {
  const { outbox, resultsDir } = options;
  let report: SyncReport | null = null;
  try {
    report = await mirrored(client, history, options);
    const results = resultsDir === undefined ? null : join(resultsDir, report.run);
    const feeds = countFeeds(history.files, outbox, report.run);
    if (results !== null) await writeResults(outbox, report.run, results);
    const { stopped } = report;
    const error = stopped && { code: stopped.code, message: stopped.message };
    return { stage: { status: statusOf(report), feeds, report, results, ...(error && { error }) } };
  } catch (cause) {
    return { stage: { status: 'failed', feeds: [], report, results: null, error: stageError(cause) }, cause };
  }
}

async function mirrored(
  client: LoyaltyClient,
  { files, mapping }: NonNullable<Seeds['history']>,
  { program, outbox, delivery, signal, onProgress }: HistorySeedingOptions,
): Promise<SyncReport> {
  return startSync({
    ...{ ...delivery, client, program, outbox, signal },
    feeds: await Promise.all(files.map((file) => openFeed(file, mapping))),
    source: mapping.source,
    settings: { files, mapping: { name: mapping.name, text: mapping.text }, program, source: mapping.source },
    onProgress: (sync) => onProgress?.({ stage: 'history', sync }),
  });
}

const statuses = { 0: 'done', 1: 'failed', 68: 'attention', 69: 'unfinished', 130: 'unfinished' } as const;

function statusOf(report: SyncReport): SeedStatus {
  return statuses[exitCode(report)];
}

function countFeeds(files: readonly string[], { runs }: Outbox, run: string): SeededFeed[] {
  const rejected = new Map<string, number>();
  const refused = new Map<string, number>();
  const count = (counts: Map<string, number>, feed = ''): void => void counts.set(feed, (counts.get(feed) ?? 0) + 1);
  for (const { kind, feed } of runs.lines(run)) {
    if (kind !== 'detailsDiffer') count(kind === 'rejection' ? rejected : refused, feed);
  }
  for (const { feed } of runs.items(run, ['refused', 'parked', 'conflictInOrg', 'doubled'])) count(refused, feed);
  return files.map((feed) => ({ feed, rejected: rejected.get(feed) ?? 0, refused: refused.get(feed) ?? 0 }));
}
