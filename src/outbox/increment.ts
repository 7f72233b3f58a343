/** Where a member was in a promotion that may start again at its target. */
export interface StoredPosition {
  readonly completed: number;
  /** How often the target was reached. Null if nobody could see it. */
  readonly rounds: number | null;
}

/** The progress of a member before an increment, which leaves no key in the org: stored before it is sent. */
export interface Increment {
  /** Position of the item. */
  readonly seq: number;
  readonly before: StoredPosition;
}

/** What is known of the progress before an item. */
export interface ProgressBefore {
  readonly before: StoredPosition;
  /** False if it was stored for an earlier content of the same key, which may have been sent. */
  readonly isOwn: boolean;
}

/** What tells afterwards whether increments happened. */
export interface Increments {
  /** Stores these, in place of those of earlier tries and earlier contents. */
  begin(increments: readonly Increment[]): Promise<void>;
  /**
   * Returns the stored progress of these items, by their positions. An item without one was not sent, or is certainly
   * not in the org: it goes when the route that advances progress has found that out, because later increments of its
   * member may then follow. What another route finds out about the item proves nothing here.
   */
  of(seqs: readonly number[]): Promise<ReadonlyMap<number, ProgressBefore>>;
}
