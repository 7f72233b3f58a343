import { join, parse, resolve } from 'node:path';
import { claimResultsFolder, isPostgresAddress } from '../../sync/index.js';
import type { SyncPlan, SyncReport } from '../../sync/index.js';
import { programFileName } from '../outboxPath.js';
import type { SyncResult } from './syncResult.js';

/**
 * Returns the folder for a run's results files. Default: beside the outbox, or in the current folder if machines share
 * the outbox, named after the run.
 */
export function resultsFolder(outbox: string, run: string, folder: string | undefined): string {
  if (folder !== undefined) return join(folder, run);
  if (isPostgresAddress(outbox)) return resolve(`${programFileName(outboxOf(outbox))}-results`, run);
  const { dir, name } = parse(outbox);
  return join(dir, `${name}-results`, run);
}

function outboxOf(address: string): string {
  return new URL(address).searchParams.get('outbox') ?? 'outbox';
}

/** Checks before anything is sent that the folder is writable, if one is named. */
export async function claimFolder(folder: string | undefined): Promise<void> {
  if (folder !== undefined) await claimResultsFolder(folder);
}

export function toSyncResult(report: SyncReport, results: string | null): SyncResult {
  const { members, ...rest } = report;
  return {
    ...rest,
    ...(members && { members: { ...members, records: [...members.records] } }),
    notes: [...report.notes],
    reasons: [...report.reasons],
    records: [...report.records],
    results,
  };
}

export function toPlanResult({ report, preview }: SyncPlan): SyncResult {
  return { ...toSyncResult(report, null), preview: [...preview] };
}
