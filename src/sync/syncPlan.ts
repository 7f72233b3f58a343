import type { SyncReport } from './syncReport.js';

/** What a run would do. */
export interface SyncPlan {
  readonly report: SyncReport;
  /** What would be sent first. */
  readonly preview: readonly PlannedItem[];
}

export interface PlannedItem {
  readonly key: string;
  readonly member: string;
  /** What the route would send: fields of a journal or a record, or inputs of a process or an action. */
  readonly sent: Readonly<Record<string, unknown>>;
}
