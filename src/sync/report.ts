import type { ItemReport, Outbox, Reject, Run, RunCounts, RunEnding } from '../outbox/index.js';
import type { StopReason } from './attempt.js';

/** One transaction or row that needs somebody's attention. */
export interface ReportRecord {
  /** Idempotency key; absent for a row that never became a transaction. */
  readonly key?: string | undefined;
  readonly status: 'rejected' | 'conflict' | 'refused' | 'ready' | 'sent' | 'unknown' | 'held' | 'parked';
  readonly member?: string | undefined;
  readonly feed?: string | undefined;
  readonly line?: number | undefined;
  readonly error?: { readonly code: string; readonly message: string } | undefined;
}

export interface SyncReport {
  readonly run: string;
  readonly program: string;
  readonly outbox: string;
  readonly ending: RunEnding | 'running';
  /** Why the run stopped early, if it did. */
  readonly stopped?: StopReason | undefined;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly endedAt?: string | undefined;
  /** Rows: `read = used + skipped + rejected`. Transactions: see the protocol; both add up at any time. */
  readonly counts: RunCounts;
  /** What is neither done nor known before: at most `recordLimit` of them. */
  readonly records: readonly ReportRecord[];
  /** How many more there are; the results folder has all of them. */
  readonly recordsLeftOut: number;
}

const recordLimit = 1000;
const unsettled = ['held', 'ready', 'sent', 'unknown', 'parked', 'refused'] as const;
/** All that a dry run accepts is ready. */
const planned = [] as const;

export async function makeReport(outbox: Outbox, run: Run, stopped?: StopReason): Promise<SyncReport> {
  const counts = await outbox.runs.counts(run.id);
  const records = firstOf(problems(outbox, run), recordLimit);
  const { rejected } = counts.rows;
  const { accepted, conflict, done } = counts.transactions;
  const open = run.ending === 'planned' ? 0 : accepted - done;
  return {
    run: run.id,
    program: String(run.settings['program']),
    outbox: outbox.name,
    ending: run.ending ?? 'running',
    ...(stopped && { stopped }),
    startedAt: new Date(run.startedAt).toISOString(),
    ...(run.endedAt !== undefined && { endedAt: new Date(run.endedAt).toISOString() }),
    counts,
    records,
    recordsLeftOut: rejected + conflict + open - records.length,
  };
}

/** Everything of a run that is neither done nor a duplicate. */
export function* problems(outbox: Outbox, { id, ending }: Run): Iterable<ReportRecord> {
  for (const reject of outbox.runs.rejects(id)) yield fromReject(reject);
  for (const item of outbox.runs.items(id, ending === 'planned' ? planned : unsettled)) yield fromItem(item);
}

function fromReject({ kind, key, feed, line, code, message }: Reject): ReportRecord {
  const status = kind === 'conflict' ? 'conflict' : 'rejected';
  return { ...(key !== undefined && { key }), status, feed, line, error: { code, message } };
}

function fromItem({ key, member, state, code, message }: ItemReport): ReportRecord {
  return {
    key,
    status: state as ReportRecord['status'],
    member,
    ...(code !== undefined && { error: { code, message: message ?? '' } }),
  };
}

function firstOf<T>(source: Iterable<T>, count: number): T[] {
  const first: T[] = [];
  for (const element of source) {
    if (first.length === count) break;
    first.push(element);
  }
  return first;
}

/** Exit code of a run; if several hold, the one that needs attention first. */
export function exitCode(report: SyncReport): 0 | 1 | 68 | 69 | 130 {
  const { accepted, conflict, done, refused } = report.counts.transactions;
  if (report.ending === 'failed') return 1;
  if (report.ending === 'interrupted') return 130;
  const isOver = report.ending === 'planned' || (report.ending === 'complete' && accepted === done + refused);
  if (!isOver) return 69;
  return refused + conflict + report.counts.rows.rejected > 0 ? 68 : 0;
}
