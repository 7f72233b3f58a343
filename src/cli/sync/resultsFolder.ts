import { join, parse } from 'node:path';
import { claimResultsFolder } from '../../sync/index.js';
import type { SyncPlan, SyncReport } from '../../sync/index.js';
import type { SyncResult } from './syncResult.js';

/**
 * Results of a run lie in a folder named after the run: beside the outbox, or in the folder that somebody names. Without
 * a folder of its own, a run would replace what another has written to the same place.
 */
export function resultsFolder(outbox: string, run: string, folder: string | undefined): string {
  if (folder !== undefined) return join(folder, run);
  const { dir, name } = parse(outbox);
  return join(dir, `${name}-results`, run);
}

/** Tries the folder, if one is named, before anything is sent. */
export async function claimFolder(folder: string | undefined): Promise<void> {
  if (folder !== undefined) await claimResultsFolder(folder);
}

export function toSyncResult(report: SyncReport, results: string | null): SyncResult {
  return { ...report, notes: [...report.notes], reasons: [...report.reasons], records: [...report.records], results };
}

export function toPlanResult({ report, journals }: SyncPlan): SyncResult {
  return { ...toSyncResult(report, null), journals: [...journals] };
}
