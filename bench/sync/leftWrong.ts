/** A journal as a feed asks for it, or as an org has it. */
export interface SeenJournal {
  /** Its number, which no other row of the feed has. */
  readonly key: string;
  readonly member: string;
}

/** How many rows of a feed an org has wrongly. */
export interface LeftWrong {
  readonly missing: number;
  /** Journals beyond the first of each row. */
  readonly doubled: number;
  /** Rows that the org received after a later row of the same member. */
  readonly outOfOrder: number;
  /** Journals that no row of the feed asked for, or asked for with another member. */
  readonly strange: number;
}

/**
 * Compares what an org has with what it was to have.
 * @param wanted in the order of the feed
 * @param stored in the order in which the org stored them
 */
export function leftWrong(wanted: readonly SeenJournal[], stored: readonly SeenJournal[]): LeftWrong {
  const places = new Map(wanted.map(({ key, member }, place) => [key, { place, member }]));
  const seen = new Set<string>();
  /** By member: the last place in the feed of what is stored so far. */
  const latest = new Map<string, number>();
  const wrong = { doubled: 0, outOfOrder: 0, strange: 0 };
  for (const { key, member } of stored) {
    const row = places.get(key);
    if (row?.member !== member) wrong.strange += 1;
    else if (seen.has(key)) wrong.doubled += 1;
    else {
      seen.add(key);
      const before = latest.get(member) ?? -1;
      if (row.place < before) wrong.outOfOrder += 1;
      latest.set(member, Math.max(before, row.place));
    }
  }
  return { missing: wanted.length - seen.size, ...wrong };
}
