/** A file that was handed in as a whole for a shared outbox. */
export interface NewStoredFeed {
  /** Its path on the machine that hands it in. */
  readonly name: string;
  /** What every key begins with. */
  readonly source: string;
  /** The text of its mapping. */
  readonly mapping: string;
  /** Its format, where the path does not tell it. */
  readonly format: string | undefined;
  /** The size of the file. */
  readonly bytes: number;
  /** The same for the same file with the same mapping, and for nothing else. */
  readonly digest: string;
}

/** A file that waits for the one that delivers. */
export interface StoredFeed extends NewStoredFeed {
  /** Feeds are read in the order of their numbers. */
  readonly number: number;
}

/** What became of a feed that was handed in. */
export interface StoredFeedReceipt {
  readonly number: number;
  /** False if the same file with the same mapping waits already. It waits once. */
  readonly isNew: boolean;
  /** Numbers of the refused files of the same name and source that it has replaced. */
  readonly replaced: readonly number[];
}

/** Feeds that are not read. */
export interface UnreadFeeds {
  /** How many wait for a worker. */
  readonly waiting: number;
  /** Name and number of those that could not be read as a whole. They wait for a person. */
  readonly refused: readonly string[];
}
