import type { SyncProgress } from '../sync/index.js';
import type { SeedReport, SeedStage, StageReport } from './seedReport.js';

/** What a stage has come to, and the error that ended it, if one did. */
export interface StageOutcome<N extends SeedStage> {
  readonly stage: Omit<SeedReport['stages'][N], 'milliseconds'>;
  readonly cause?: unknown;
}

/** How far the work is. */
export type SeedProgress =
  | { readonly stage: 'program'; readonly records: number; readonly of: number }
  | { readonly stage: 'members'; readonly members: number }
  | { readonly stage: 'history'; readonly sync: SyncProgress };

/** Is told when a stage has ended. */
export type StageListener = <N extends SeedStage>(name: N, stage: SeedReport['stages'][N]) => void;

/** An error as a report names it. */
export function stageError(error: unknown): NonNullable<StageReport['error']> {
  if (!(error instanceof Error)) return { code: 'Error', message: String(error) };
  const code = 'errorCode' in error && typeof error.errorCode === 'string' ? error.errorCode : error.name;
  return { code, message: error.message };
}
