import type { ItemState } from './item.js';

/** A transaction as the outbox knows it now, for a comparison with the org. */
export interface KnownTransaction {
  readonly key: string;
  readonly member: string;
  readonly state: ItemState;
  /**
   * Hash of its content. Undefined if only the org knows it: a person has decided that the org's content is right, or the
   * key was taken over from the org.
   */
  readonly content: string | undefined;
  /** What is to be sent, or was sent. Undefined if it has been dropped: then the hash is all that is left. */
  readonly journal: Readonly<Record<string, string | number | boolean>> | undefined;
  readonly journalId: string | undefined;
  /** Whether a look-up found its journal cancelled. */
  readonly isCancelled: boolean;
  /** Whether it advanced a member's progress, of which the org keeps no journal. */
  readonly isIncrement: boolean;
  readonly code: string | undefined;
  readonly message: string | undefined;
  /** Where it was read. Undefined for a key that was taken over from the org. */
  readonly feed: string | undefined;
  readonly line: number | undefined;
}

/** A line of a feed, as far as decisions about its content go. */
export interface ContentLine {
  readonly key: string;
  readonly content: string;
  readonly feed: string;
  readonly line: number;
}
