import { exitCode, needingPerson } from '../sync/index.js';
import type { EnrollmentRecord, SyncReport } from '../sync/index.js';

/** In the order in which they are done. */
export const seedStages = ['program', 'members', 'history'] as const;
export type SeedStage = (typeof seedStages)[number];

/**
 * `done`: the org has all of it. `attention`: it has all but what a person has to look at. `unfinished`: the next call
 * goes on. `failed`: the stage ended with an error. `absent`: the folder has nothing for it. `waiting`: not begun.
 */
export const seedStatuses = ['done', 'attention', 'unfinished', 'failed', 'absent', 'waiting'] as const;
export type SeedStatus = (typeof seedStatuses)[number];

export interface StageReport {
  readonly status: SeedStatus;
  readonly milliseconds: number;
  /** Why the stage failed. */
  readonly error?: { readonly code: string; readonly message: string };
}

/** How many records of one object were created or changed, and how many were already as they should be. */
export interface ObjectCounts {
  readonly object: string;
  readonly created: number;
  readonly changed: number;
  readonly unchanged: number;
}

export interface ProgramStage extends StageReport {
  readonly objects: readonly ObjectCounts[];
}

export interface MemberProblem {
  /** Membership number; `line 7` for a row that has none. */
  readonly key: string;
  readonly line?: number;
  readonly status: EnrollmentRecord['status'];
  readonly error: { readonly code: string; readonly message: string };
}

export interface MembersStage extends StageReport {
  readonly counts: Readonly<Record<EnrollmentRecord['status'], number>>;
  /** Members that are not in the program, and rows that cannot be enrolled: at most 1,000. */
  readonly problems: readonly MemberProblem[];
}

/** What became of one feed, apart from what is in the org. */
export interface SeededFeed {
  /** Path of the file. */
  readonly feed: string;
  /** Rows that cannot be used. */
  readonly rejected: number;
  /** Transactions that a person has to look at. */
  readonly refused: number;
}

export interface HistoryStage extends StageReport {
  readonly feeds: readonly SeededFeed[];
  /** Null until the run has begun. */
  readonly report: SyncReport | null;
  /** Folder with `rejects.csv` and `transactions.csv`, if one was asked for. */
  readonly results: string | null;
}

/** What a seed folder has done to an org. */
export interface SeedReport {
  readonly program: string;
  readonly folder: string;
  readonly stages: {
    readonly program: ProgramStage;
    readonly members: MembersStage;
    readonly history: HistoryStage;
  };
}

/** How many rows and transactions need a person. */
export function seedRejects({ stages: { members, history } }: SeedReport): number {
  return members.counts.failed + (history.report === null ? 0 : needingPerson(history.report));
}

/**
 * Returns the exit code of a seed: 130 interrupted, 1 failed, 69 unfinished, 68 if more rows than `maxRejects` need a
 * person, 0 otherwise.
 */
export function seedExitCode(report: SeedReport, maxRejects = 0): 0 | 1 | 68 | 69 | 130 {
  const { history, members, program } = report.stages;
  const ofRun = history.report === null ? 0 : exitCode(history.report);
  if (ofRun === 1 || ofRun === 130) return ofRun;
  const statuses = [program, members, history].map(({ status }) => status);
  if (statuses.includes('failed')) return 1;
  if (statuses.includes('unfinished') || statuses.includes('waiting')) return 69;
  return seedRejects(report) > maxRejects ? 68 : 0;
}
