/** Bulk API 2.0 guide: rows of one internal batch. Batches of a job are written in parallel. */
export const internalBatch = 10_000;

/** Positions of items. */
export interface ArrangedRows {
  readonly items: readonly number[];
  /** What does not fit. It goes into a later job. */
  readonly rest: readonly number[];
}

/**
 * Arranges rows so that those of a member are next to each other, in their order, and in one internal batch: members
 * with most rows first, the others where they fit. If nothing fits into what is left of a batch, the file ends there.
 * Rows of one locked member then disturb no other transaction of the job either.
 * @param members the items of each member, in their order
 */
export function arrangeRows(members: ReadonlyMap<string, readonly number[]>): ArrangedRows {
  let waiting = [...members]
    .sort(([one, these], [other, those]) => those.length - these.length || (one < other ? -1 : 1))
    .map(([, items]) => items);
  const items: number[] = [];
  for (let isFull = true; isFull && waiting.length > 0;) {
    let room = internalBatch;
    const later: (readonly number[])[] = [];
    for (const group of waiting) {
      if (group.length > room) later.push(group);
      else {
        items.push(...group);
        room -= group.length;
      }
    }
    isFull = room === 0;
    waiting = later;
  }
  return { items, rest: waiting.flat() };
}
