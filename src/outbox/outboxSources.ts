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
  /**
   * Ids of the journals among them that were created at that time or later, and of those that were brought since and
   * that may be found again.
   */
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

/** What an outbox knows of the journals that the org has of some keys. */
export interface JournalsOfKeys {
  /** How many of the keys have a journal that this outbox has created or found. */
  readonly known: number;
  /** Whether each of the others is being sent, or was sent without a known result. */
  readonly areAllKnown: boolean;
}

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
  /** Tells whether this outbox can have made the journals that the org has of these keys. */
  journalsOf(keys: readonly string[]): Promise<JournalsOfKeys>;
  /** What is ready is looked up first: this outbox may not be the newest truth. Returns how many. */
  doubtReady(): Promise<number>;
  /**
   * Imports keys that the org has and the outbox does not know. A line with one of them is looked up first. Keys of
   * erased members are left out.
   */
  importKeys(keys: readonly string[]): Promise<number>;
}
