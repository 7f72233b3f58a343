import type { Transaction } from '../transaction.js';
import type { LineDecision, LineReport } from './runRecord.js';

export interface Intake {
  /**
   * Returns the position after the last stored chunk of a feed, and whether that chunk was the last one of the feed.
   */
  progress(run: string, feed: string): Promise<{ position: unknown; complete: boolean } | undefined>;
  /** Returns the feeds of a run that were begun and not read to their ends, in the order of their beginnings. */
  unread(run: string): Promise<string[]>;
  /** Returns the position that a run has stored last for a feed of this name; undefined if none has. */
  lastPosition(feed: string): Promise<unknown>;
  hasEndedGroup(run: string, feed: string, group: string): boolean;
  /** Returns how often a key of a feed that is not complete has occurred up to its position. */
  keyCount(run: string, feed: string, key: string): number;
  /** Stores a chunk. Returns what each of its transactions turned out to be, in their order. */
  accept(chunk: IntakeChunk): Promise<readonly LineDecision[]>;
}

/** A stretch of a feed, stored in one commit with the position after it. */
export interface IntakeChunk {
  readonly run: string;
  readonly feed: string;
  readonly transactions: readonly ChunkTransaction[];
  /** Number of rows that these are of. Default: one row for each transaction. */
  readonly used?: number | undefined;
  readonly rejections: readonly LineReport[];
  readonly skipped: number;
  /** Groups of rows that ended in this stretch: see the feed room. */
  readonly endedGroups: readonly string[];
  /** How often these keys have occurred up to the position, for a feed that numbers them: see the feed room. */
  readonly keyCounts?: ReadonlyMap<string, number> | undefined;
  readonly position: unknown;
  /** True in the last chunk of a feed. */
  readonly complete: boolean;
  /**
   * Whether the org may already have these transactions. If so, they begin as `unknown`, so that they are looked up
   * first.
   */
  readonly lookUpFirst: boolean;
  /**
   * Whether lines of one file with the same key and content are one transaction, and so are not reported to a person.
   */
  readonly acceptsRepeats: boolean;
  /** Whether the details of members are stored, because those whom the program does not have are enrolled. */
  readonly enrolls?: boolean | undefined;
  /** Whether each line stands alone, as a push does, so that no line is an earlier line of the same file. */
  readonly standAlone?: boolean | undefined;
}

export interface ChunkTransaction {
  readonly line: number;
  readonly transaction: Transaction;
  /** Set if it was made of rows at the beginning or the end of the feed, which may go on in another one. */
  readonly edges?: GroupEdges | undefined;
}

/** Whether a group of rows is the first one of its feed, and whether it is the last one. */
export interface GroupEdges {
  readonly first: boolean;
  readonly last: boolean;
}
