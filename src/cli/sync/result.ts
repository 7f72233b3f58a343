import { access, constants, mkdir } from 'node:fs/promises';
import { join, parse } from 'node:path';
import type { SyncPlan, SyncReport } from '../../sync/index.js';
import type { SyncResult } from './syncResult.js';

/** Results of a run lie beside the outbox, in a folder named after the run, unless somebody says otherwise. */
export function resultsFolder(outbox: string, run: string, folder: string | undefined): string {
  if (folder !== undefined) return folder;
  const { dir, name } = parse(outbox);
  return join(dir, `${name}-results`, run);
}

/** Makes the folder, if one is named, before anything is sent: a run must not find out at its end. */
export async function claimFolder(folder: string | undefined): Promise<void> {
  if (folder === undefined) return;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await access(folder, constants.W_OK);
}

export function toSyncResult(report: SyncReport, results: string | null): SyncResult {
  return { ...report, notes: [...report.notes], reasons: [...report.reasons], records: [...report.records], results };
}

export function toPlanResult({ report, journals }: SyncPlan): SyncResult {
  return { ...toSyncResult(report, null), journals: [...journals] };
}
