/**
 * The progress of members in cumulative promotions, followed while their transactions are delivered. It is optional, and
 * empty while nobody follows.
 *
 * - A member is **touched** when a transaction of it is done, in the same commit, until its progress was read since.
 * - **Known progress** is what was read last. `peak` is how far the round of the promotion has ever been.
 * - A **crossed threshold** is stored in the same commit as the reading that shows it, and is untold until somebody has
 *   acknowledged it.
 */
export interface FollowedProgress {
  /**
   * Begins the work of a process: all touched members are due. Members of whom no progress is known are looked up again
   * before anything is sent for them.
   */
  begin(): Promise<void>;
  /** Returns those of these members of whom no progress is known. */
  unread(members: readonly string[]): Promise<string[]>;
  /** Stores what was read before anything was sent for these members, unless something is known of them. */
  storeFirst(members: readonly string[], progress: readonly KnownProgress[]): Promise<void>;
  /** Returns touched members that are due. */
  due(now: number, limit: number): Promise<TouchedMember[]>;
  /** Returns when the next touched member is due: a past time if there is one now, undefined if nobody is touched. */
  nextDue(): Promise<number | undefined>;
  /** Returns what is known of these members, by number in lower case. A member that was never read is left out. */
  known(members: readonly string[]): Promise<ReadonlyMap<string, readonly KnownProgress[]>>;
  /** Stores a reading, and the thresholds that it shows as crossed. */
  store(reading: ProgressReading): Promise<void>;
  /** Returns thresholds that nobody has acknowledged yet, oldest first, except for these. */
  untold(limit: number, except: readonly string[]): Promise<StoredThreshold[]>;
  told(ids: readonly string[]): Promise<void>;
  /** Yields the thresholds of a run, in the order in which they were crossed. */
  thresholds(run: string): Iterable<StoredThreshold & { readonly isTold: boolean }>;
}

export interface TouchedMember {
  readonly member: string;
  /** How often it was touched since it was last read. */
  readonly touches: number;
  /** How often it was read since then without showing any change. */
  readonly reads: number;
}

export interface KnownProgress {
  readonly member: string;
  readonly promotionId: string;
  /** Id of the org's record that holds the value. */
  readonly recordId: string;
  /** Name of the engagement attribute; empty if the promotion has its own target. */
  readonly attribute: string;
  readonly restarts: number;
  readonly completed: number;
  /** Greatest percentage of the round so far. */
  readonly peak: number;
}

export interface ProgressReading {
  readonly run: string;
  /** Members whose progress need not be read again, unless they were touched again meanwhile. */
  readonly settled: readonly TouchedMember[];
  /** Members that are read again at a time of the monotonic clock, unless they are touched before. */
  readonly later: readonly { readonly member: TouchedMember; readonly due: number }[];
  /** Of all these members. Replaces what was known of the same promotions. */
  readonly progress: readonly KnownProgress[];
  readonly crossed: readonly StoredThreshold[];
}

/** A crossed threshold as it is told. */
export interface StoredThreshold {
  /** Stable: the same crossing has the same id in every process. */
  readonly id: string;
  readonly member: string;
  /** What is told. */
  readonly event: unknown;
}
