import { openStates, waitsForMember } from '../outbox/index.js';
import type {
  ItemReport,
  ItemState,
  LineReport,
  Outbox,
  Run,
  RunCounts,
  RunEnding,
  RunNote,
  StopReason,
} from '../outbox/index.js';
import { presentRun } from './cutOffRuns.js';
import { enrolledMembers } from './enrollment/enrolledMembers.js';
import type { EnrolledMembers } from './enrollment/enrolledMembers.js';

/** States in which an item is reported, in a run that sends. */
const toldStates = [
  'held',
  'ready',
  'sent',
  'unknown',
  'parked',
  'refused',
  'conflictInOrg',
  'doubled',
] as const satisfies readonly ItemState[];

/** Why a row or transaction is reported. */
export const recordStatuses = [
  'rejected',
  'repeated',
  'conflict',
  'refusedBefore',
  'detailsDiffer',
  ...toldStates,
] as const;
export type RecordStatus = (typeof recordStatuses)[number];

/** A transaction or row that is reported. All but `detailsDiffer` need attention or are not done yet. */
export interface ReportRecord {
  /** Idempotency key; absent for a row that never became a transaction. */
  readonly key?: string | undefined;
  readonly status: RecordStatus;
  readonly member?: string | undefined;
  readonly feed?: string | undefined;
  readonly line?: number | undefined;
  /** For a rejected row: the column with the problem. */
  readonly column?: string | undefined;
  /** The org's latest answer, and how often it was tried since. */
  readonly error?: { readonly code: string; readonly message: string } | undefined;
  readonly tries?: number | undefined;
  /** Key of the parked transaction of the same member that this one waits for. */
  readonly waitsFor?: string | undefined;
}

/** All records with the same status, code and column, counted. */
export interface ReportReason {
  readonly status: RecordStatus;
  readonly code?: string | undefined;
  readonly column?: string | undefined;
  readonly count: number;
  /** The most tries of any of them. */
  readonly tries?: number | undefined;
  /** The message of the first of them. */
  readonly example: string;
  /** Key of the first of them, and where it was read, as far as they are known. */
  readonly key?: string | undefined;
  readonly feed?: string | undefined;
  readonly line?: number | undefined;
}

export interface SyncReport {
  readonly run: string;
  readonly program: string;
  readonly outbox: string;
  readonly ending: RunEnding | 'running';
  /** Why the run stopped early or failed, if it did. */
  readonly stopped?: StopReason | undefined;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly endedAt?: string | undefined;
  /** See {@link RunCounts}: they add up at any time. */
  readonly counts: RunCounts;
  /** Members who were enrolled on the way. Undefined if there are none. */
  readonly members?: EnrolledMembers | undefined;
  /** What a person should know besides the counts, such as that only part of a feed was read. */
  readonly notes: readonly RunNote[];
  /** Why something is neither done nor known before, the most frequent reason first. */
  readonly reasons: readonly ReportReason[];
  /** Records that are neither done nor known before, at most `recordLimit`. */
  readonly records: readonly ReportRecord[];
  /** How many more records there are. The results folder has all of them. */
  readonly recordsLeftOut: number;
}

const recordLimit = 1000;

export async function makeReport(outbox: Outbox, found: Run): Promise<SyncReport> {
  const run = await presentRun(outbox, found);
  const summary = new Summary();
  for (const record of problems(outbox, run)) summary.add(record);
  const members = enrolledMembers(outbox, run.id);
  return {
    run: run.id,
    program: String(run.settings['program']),
    outbox: outbox.name,
    ending: run.ending ?? 'running',
    ...(run.stopped && { stopped: run.stopped }),
    startedAt: new Date(run.startedAt).toISOString(),
    ...(run.endedAt !== undefined && { endedAt: new Date(run.endedAt).toISOString() }),
    counts: await outbox.runs.counts(run.id),
    ...(members && { members }),
    notes: run.notes,
    reasons: summary.reasons(),
    records: summary.records,
    recordsLeftOut: summary.leftOut,
  };
}

/** Keeps only the first records, and one entry per reason, in memory. */
class Summary {
  readonly records: ReportRecord[] = [];
  leftOut = 0;
  readonly #byReason = new Map<string, ReportReason>();

  add(record: ReportRecord): void {
    if (this.records.length < recordLimit) this.records.push(record);
    else this.leftOut += 1;
    const { status, key, column, error, tries = 0, feed, line } = record;
    const reason = `${status} ${error?.code ?? ''} ${column ?? ''}`;
    const known = this.#byReason.get(reason);
    this.#byReason.set(reason, {
      status,
      ...(error && { code: error.code }),
      ...(column !== undefined && { column }),
      count: (known?.count ?? 0) + 1,
      ...((tries > 0 || known?.tries !== undefined) && { tries: Math.max(tries, known?.tries ?? 0) }),
      ...(known ? firstOf(known) : firstOf({ example: error?.message ?? key ?? '', key, feed, line })),
    });
  }

  reasons(): ReportReason[] {
    return [...this.#byReason.values()].sort((a, b) => b.count - a.count);
  }
}

type FirstOfReason = Pick<ReportReason, 'example' | 'key' | 'feed' | 'line'>;

/** Returns what is said of the first record of a reason, without what is not known of it. */
function firstOf({ example, key, feed, line }: FirstOfReason): FirstOfReason {
  return {
    example,
    ...(key !== undefined && { key }),
    ...(feed !== undefined && { feed }),
    ...(line !== undefined && { line }),
  };
}

/** Yields everything in a run that should be reported. What a dry run would send is not a problem. */
export function* problems(outbox: Outbox, { id, ending }: Run): Iterable<ReportRecord> {
  for (const line of outbox.runs.lines(id)) yield fromLine(line);
  const states = ending === 'planned' ? toldStates.filter((state) => state !== 'ready') : toldStates;
  for (const item of outbox.runs.items(id, states)) yield fromItem(item);
}

function fromLine({ kind, key, member, feed, line, column, code, message }: LineReport): ReportRecord {
  const status = kind === 'rejection' ? 'rejected' : kind;
  const known = {
    ...(key !== undefined && { key }),
    ...(member !== undefined && { member }),
    ...(column !== undefined && { column }),
  };
  return { ...known, status, feed, line, error: { code, message } };
}

function fromItem(item: ItemReport): ReportRecord {
  const { key, member, state, code, message, tries, waitsFor, feed, line } = item;
  const known = { key, member, ...(feed !== undefined && { feed }), ...(line !== undefined && { line }) };
  if (isToBeLookedUp(item)) return { ...known, status: 'unknown', error: toBeLookedUp };
  if (waitsFor !== undefined) return { ...known, status: state as RecordStatus, error: behind(waitsFor), waitsFor };
  return {
    ...known,
    status: state as RecordStatus,
    ...(code !== undefined && { error: { code, message: message ?? '' } }),
    ...(tries > 0 && openStates.includes(state) && { tries }),
  };
}

/** Code of an item that begins as unknown: nothing of it can be under way from here. */
export const neverSent = 'NOT_SENT_YET';

const toBeLookedUp: ReportRecord['error'] = {
  code: neverSent,
  message:
    'Not sent yet. The next run first looks whether the org has it from another process, and sends it if it is absent.',
};

/** What a failed question has left on an item is told instead. */
function isToBeLookedUp({ state, attempts, code }: ItemReport): boolean {
  return state === 'unknown' && attempts === 0 && (code === undefined || code === waitsForMember);
}

/**
 * Returns the reason of an item behind a parked one. Whatever the org said about it before, it is sent as soon as a
 * person has decided about the other one.
 */
function behind(parked: string): ReportRecord['error'] {
  const message = `Waits for ${parked} of the same member, which is parked: a person decides that one first.`;
  return { code: 'BEHIND_PARKED', message };
}

export interface ExitRules {
  /** Treat a transaction that is done without any change for its member as one that needs a person. */
  readonly failWithoutEffect?: boolean | undefined;
}

/**
 * Returns the exit code of a run: 0 only if the org has everything that was read. If several apply, the most urgent
 * wins: 1 failed, 130 interrupted, 69 unfinished, 68 something needs a person.
 */
export function exitCode(report: SyncReport, { failWithoutEffect = false }: ExitRules = {}): 0 | 1 | 68 | 69 | 130 {
  if (report.ending === 'failed') return 1;
  if (report.ending === 'interrupted') return 130;
  if (isUnfinished(report)) return 69;
  const withoutEffect = failWithoutEffect ? report.counts.items.withoutEffect : 0;
  return needingPerson(report) + withoutEffect > 0 ? 68 : 0;
}

/** Returns how many rows and transactions a person has to look at. */
export function needingPerson({ counts: { rows, transactions, items } }: Pick<SyncReport, 'counts'>): number {
  return (
    rows.rejected +
    transactions.refusedBefore +
    transactions.repeated +
    transactions.conflict +
    items.refused +
    items.parked +
    items.conflictInOrg +
    items.doubled
  );
}

/**
 * Tells whether the run is unfinished. What a dry run would send does not count. A dry run that could not ask the org
 * everything is unfinished.
 */
function isUnfinished({ ending, stopped, counts: { items } }: SyncReport): boolean {
  if (ending === 'planned') return stopped !== undefined;
  return ending !== 'complete' || items.ready + items.sent + items.unknown + items.held > 0;
}
