/** What is still read. */
export interface RestOfFeeds {
  /** Whether a row that is read later may have the details of a member. */
  readonly mayBringDetails: boolean;
}

/**
 * Members who cannot be enrolled yet, because no row that was read by now has usable details of them. Their transactions
 * wait for a better row, so that it does not overtake them. They stop waiting when the feeds have been read, or when so
 * much is open that reading pauses: then waiting for rows would keep what is open from getting less.
 */
export class DetailsWait {
  /** As the feed has them, by number in lower case. */
  readonly #members = new Map<string, string>();
  #feeds: RestOfFeeds | undefined;

  /** @param feeds without them, nobody waits */
  follow(feeds: RestOfFeeds): void {
    this.#feeds = feeds;
  }

  /** Whether it is worth waiting. */
  get isUseful(): boolean {
    return this.#feeds?.mayBringDetails === true;
  }

  /** Whether members wait in vain. */
  get isOver(): boolean {
    return this.#members.size > 0 && !this.isUseful;
  }

  add(members: readonly string[]): void {
    for (const member of members) this.#members.set(member.toLowerCase(), member);
  }

  delete(members: readonly string[]): void {
    for (const member of members) this.#members.delete(member.toLowerCase());
  }

  /** Returns some of them, who no longer wait. */
  take(most: number): string[] {
    const taken = [...this.#members.values().take(most)];
    this.delete(taken);
    return taken;
  }
}
