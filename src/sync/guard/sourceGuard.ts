import type { MonotonicClock } from '../../base/clock.js';
import type { LoyaltyClient } from '../../client/index.js';
import type { Outbox, RunNote } from '../../outbox/index.js';
import type { StopReason } from '../attempt.js';
import type { OrgFacts } from '../preflight.js';

/**
 * Decides how far a local "not sent" can be trusted: a backup may have been restored, a disk may be empty, or two
 * machines may have been started. What a guard can promise is its level, which the report of every run names:
 *
 * - **0**: only queries. Holds under the assumptions in `docs/sync-protocol.md`.
 * - **1**: a marker in the org says whose turn it is to send.
 * - **2**: the org refuses a second journal of a key.
 */
export interface SourceGuard {
  /** The level, and what it rests on, for the report. */
  readonly level: RunNote;
  /** Asks the org before anything is read or sent. May be asked again after a failure. */
  begin(): Promise<GuardStart>;
  /** Whether new transactions are looked up before they are sent. Set by `begin`; may change from true to false during a run. */
  readonly looksUpFirst: boolean;
  /** Tells whether a request may leave. Called when the intent is on disk, before the first byte. */
  mayLeave(leaving: LeavingRequest): Promise<Departure>;
  /**
   * Looks once more at the end of a run, and leaves a mark of a clean end if nothing is in doubt. Can be called again
   * after a failure.
   * @throws {LoyaltyApiError} or another failure of the call, if the org does not answer
   */
  end(): Promise<GuardFinding | undefined>;
  /**
   * Called when this process will send nothing more, because it failed or was told to end. Releases its sources, so
   * that the next process neither waits nor is refused. Never throws.
   */
  leave(): Promise<void>;
}

export interface LeavingRequest {
  /** Its transactions, as a share of a full request. */
  readonly share: number;
  /** Returns how many transactions of a source, or of all, have left and are not settled. */
  readonly inFlight: (source?: string) => number;
  /** Whether none of its transactions is in flight yet, so that it can wait until nothing is. */
  readonly isNew: boolean;
}

export interface GuardStart {
  /** From this time of the monotonic clock on, a key that the org does not show is absent. */
  readonly absentCountsFrom: number;
  readonly notes: readonly RunNote[];
  /** Keys that the org has more than once. */
  readonly doubled: readonly string[];
}

/** How a run begins with one of its sources. */
export interface SourceStart extends GuardStart {
  /** Whether its new transactions are looked up before they are sent, at first. */
  readonly lookUpFirst: boolean;
}

export type Departure = 'go' | GuardFinding;

/** Why nothing more may be sent, and which keys the org has more than once. */
export interface GuardFinding {
  readonly stop: StopReason;
  readonly doubled: readonly string[];
}

/** What a guard works with. */
export interface GuardContext {
  readonly client: LoyaltyClient;
  readonly facts: OrgFacts;
  readonly outbox: Outbox;
  /** Source of this run's feeds. Undefined for a run that only delivers. */
  readonly source: string | undefined;
  readonly clock: MonotonicClock;
  /** Milliseconds after which a request without an answer has certainly been carried out or not. */
  readonly settleWindow: number;
  readonly emptyOutbox: EmptyOutbox;
  /** Ends what the guard has requests wait for. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * What to do about a source that the outbox has never seen.
 *
 * - `auto`: a source that the org has never seen either is sent at once. Otherwise every key is looked up, and keys
 *   that the org does not show are looked up again one settle window after this process began.
 * - `lookup`: every key is looked up once, without waiting.
 * - `wait`: every source is treated as `auto` treats one that the org knows.
 * - `trust`: nothing is looked up.
 */
export type EmptyOutbox = 'auto' | 'lookup' | 'wait' | 'trust';

/** What `sync probe` found out about the unique field of this org. */
export interface ProbedField {
  /** ISO 8601. */
  readonly at: string;
  readonly honored: boolean;
}

/** Returns all sources that this run may send. */
export async function sourcesOf({ outbox, source }: GuardContext): Promise<string[]> {
  const names = await outbox.sources.names();
  return [...new Set([...(source === undefined ? [] : [source]), ...names])];
}
