/** The progress of a member before an increment, which leaves no key in the org: stored before it is sent. */
export interface Increment {
  /** Position of the item. */
  readonly seq: number;
  readonly before: number;
}

/** What is known of the progress before an item. */
export interface ProgressBefore {
  readonly before: number;
  /** False if it was stored for an earlier content of the same key, which may have been sent. */
  readonly isOwn: boolean;
}

/** What tells afterwards whether increments happened. */
export interface Increments {
  /** Stores these, in place of those of earlier tries and earlier contents. */
  begin(increments: readonly Increment[]): Promise<void>;
  /**
   * Returns the stored progress of these items, by their positions. An item without one was not sent, or is certainly not in the org:
   * it goes when its item becomes ready again or is refused, because later increments of its member may then follow.
   */
  of(seqs: readonly number[]): Promise<ReadonlyMap<number, ProgressBefore>>;
}
