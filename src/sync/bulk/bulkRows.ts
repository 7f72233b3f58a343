import type { BareItem } from '../../outbox/index.js';

/** Bulk API 2.0 guide: rows of one internal batch. Batches of a job are written in parallel. */
export const internalBatch = 10_000;

export interface ArrangedRows<Row> {
  readonly rows: readonly Row[];
  /** What does not fit. It goes into a later job. */
  readonly rest: readonly Row[];
}

/**
 * Arranges rows so that those of a member are next to each other, in their order, and in one internal batch: members
 * with most rows first, the others where they fit. If nothing fits into what is left of a batch, the file ends there.
 * Rows of one locked member then disturb no other transaction of the job either.
 */
export function arrangeRows<Row extends { readonly item: BareItem }>(
  all: readonly Row[],
  most = Infinity,
): ArrangedRows<Row> {
  let waiting = [...Map.groupBy(all, ({ item }) => item.member.toLowerCase()).entries()]
    .sort(([one, these], [other, those]) => those.length - these.length || (one < other ? -1 : 1))
    .map(([, rows]) => rows);
  const rows: Row[] = [];
  for (let isFull = true; isFull && waiting.length > 0 && rows.length < most;) {
    let room = Math.min(internalBatch, most - rows.length);
    const later: Row[][] = [];
    for (const group of waiting) {
      if (group.length > room) later.push(group);
      else {
        rows.push(...group);
        room -= group.length;
      }
    }
    isFull = room === 0;
    waiting = later;
  }
  return { rows, rest: waiting.flat() };
}
