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

/** All records of one status and code, however many there are. */
export interface ReportReason {
  readonly status: ReportRecord['status'];
  readonly code?: string | undefined;
  readonly count: number;
  /** What the first of them says. */
  readonly example: string;
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
  /** Transactions that were taken up again after a refusal, so that the order of their members is not the feed's. */
  readonly retried: number;
  /** Why something is neither done nor known before, the most frequent reason first. */
  readonly reasons: readonly ReportReason[];
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
  const summary = new Summary();
  for (const record of problems(outbox, run)) summary.add(record);
  return {
    run: run.id,
    program: String(run.settings['program']),
    outbox: outbox.name,
    ending: run.ending ?? 'running',
    ...(stopped && { stopped }),
    startedAt: new Date(run.startedAt).toISOString(),
    ...(run.endedAt !== undefined && { endedAt: new Date(run.endedAt).toISOString() }),
    counts: await outbox.runs.counts(run.id),
    retried: await outbox.runs.retried(run.id),
    reasons: summary.reasons(),
    records: summary.records,
    recordsLeftOut: summary.leftOut,
  };
}

/** Memory holds the first records, and one entry for each reason. */
class Summary {
  public readonly records: ReportRecord[] = [];
  public leftOut = 0;
  private readonly byReason = new Map<string, ReportReason>();

  public add(record: ReportRecord): void {
    if (this.records.length < recordLimit) this.records.push(record);
    else this.leftOut += 1;
    const { status, key = '', error } = record;
    const reason = `${status} ${error?.code ?? ''}`;
    const { count, ...first } = this.byReason.get(reason) ?? {
      status,
      ...(error && { code: error.code }),
      count: 0,
      example: error?.message ?? key,
    };
    this.byReason.set(reason, { ...first, count: count + 1 });
  }

  public reasons(): ReportReason[] {
    return [...this.byReason.values()].sort((a, b) => b.count - a.count);
  }
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

/** Exit code of a run; if several hold, the one that needs attention first. */
export function exitCode(report: SyncReport): 0 | 1 | 68 | 69 | 130 {
  const { accepted, conflict, done, refused } = report.counts.transactions;
  if (report.ending === 'failed') return 1;
  if (report.ending === 'interrupted') return 130;
  const isOver = report.ending === 'planned' || (report.ending === 'complete' && accepted === done + refused);
  if (!isOver) return 69;
  return refused + conflict + report.counts.rows.rejected > 0 ? 68 : 0;
}
