/** What the outbox knows of a source, and how far that can be proved. */
export interface SourceRecord {
  /** Whether new transactions are looked up before they are sent. */
  readonly lookUpFirst: boolean;
  /**
   * Whether a process has lived through one settle window since the outbox first met the source. Whatever another
   * process was sending at that time is in the org by now.
   */
  readonly windowPassed: boolean;
  /**
   * Journals are counted from this time of the org, in milliseconds since the epoch. Undefined if the time is not
   * known.
   */
  readonly countedSince: number | undefined;
  /**
   * Number of journals from that time on that the org had when the count began, less those that were deleted since, and
   * the time when it began, by the org's clock.
   */
  readonly counted: number;
  readonly countedAt: number | undefined;
  /** Ids of the journals among them that were created at that time or later. */
  readonly countedThen: readonly string[];
  /** Number of journals that this outbox has created or found since then. */
  readonly brought: number;
  /** Identifies this outbox in the org, so that it recognizes its own insert. */
  readonly ownerToken: string | undefined;
  /** The greatest epoch that this outbox has had. */
  readonly epoch: number;
  /** What a clean end wrote both here and into the org. */
  readonly cleanEnd: string | undefined;
}

/**
 * What an outbox knows of the journal of a key.
 *
 * - `done`: it has created or found it, and the org has run it.
 * - `notDone`: it has created or found it, and a person has to look at it.
 * - `underWay`: its transaction is being sent, or was sent without a known result.
 */
export type KnownJournal = 'done' | 'notDone' | 'underWay';

export interface Sources {
  /** Returns the names of all sources that the outbox has met. */
  names(): Promise<string[]>;
  find(source: string): Promise<SourceRecord | undefined>;
  /** Changes the given properties. Others stay unchanged. */
  remember(source: string, news: Partial<SourceRecord>): Promise<void>;
  /** Returns how many transactions of the source were sent without a known result. */
  inDoubt(source: string): Promise<number>;
  /** Transactions of the source whose requests the org may not have finished yet. */
  underWay(source: string): Promise<number>;
  /** Returns what this outbox knows of the journals of these keys. Those that it cannot have made are left out. */
  journalsOf(keys: readonly string[]): Promise<ReadonlyMap<string, KnownJournal>>;
  /** Returns those of these Ids whose journals are counted by their Ids, so that they are not counted again. */
  countedById(source: string, ids: readonly string[]): Promise<ReadonlySet<string>>;
  /** What is ready is looked up first: this outbox may not be the newest truth. Returns how many. */
  doubtReady(): Promise<number>;
  /**
   * Imports keys that the org has and the outbox does not know. A line with one of them is looked up first. Keys of
   * erased members are left out.
   */
  importKeys(keys: readonly string[]): Promise<number>;
}
