/** Bulk API 2.0 guide: rows of one internal batch. Batches of a job are written in parallel. */
export const internalBatch = 10_000;

/** Share of the rows that the first of two jobs has: so soon the org begins, which takes longer for a row than we do. */
const firstShare = 0.3;

/** Internal batches from which rows are divided: each further job costs some calls. */
const leastToDivide = 4;

/** The rows of a member, in their order. */
export interface RowList extends Iterable<number> {
  readonly length: number;
}

/** Row numbers of a job: four bytes each, and `subarray` shares them. */
export interface ArrangedRows {
  readonly rows: Uint32Array;
  /** What does not fit. It goes into a later job. */
  readonly rest: Uint32Array;
}

/**
 * Arranges rows so that those of a member are next to each other, in their order, and in one internal batch: members
 * with most rows first, the others where they fit. If nothing fits into what is left of a batch, the file ends there.
 * Rows of one locked member then disturb no other transaction of the job either.
 * @param members the rows of each member, in their order
 */
export function arrangeRows(members: ReadonlyMap<string, RowList>, batch: number = internalBatch): ArrangedRows {
  let waiting = [...members]
    .sort(([one, these], [other, those]) => those.length - these.length || (one < other ? -1 : 1))
    .map(([, these]) => these);
  const rows = new Uint32Array(waiting.reduce((sum, { length }) => sum + length, 0));
  let count = 0;
  const add = (group: RowList): void => {
    for (const row of group) rows[count++] = row;
  };
  for (let isFull = true; isFull && waiting.length > 0;) {
    let room = batch;
    const later: RowList[] = [];
    for (const group of waiting) {
      if (group.length > room) later.push(group);
      else {
        add(group);
        room -= group.length;
      }
    }
    isFull = room === 0;
    waiting = later;
  }
  const fitting = count;
  waiting.forEach(add);
  return { rows: rows.subarray(0, fitting), rest: rows.subarray(fitting) };
}

/**
 * Divides arranged rows into the portions that get a job each: while the org writes one, the next is made. No internal
 * batch is divided.
 */
export function portionsOf(rows: Uint32Array, batch: number = internalBatch): readonly Uint32Array[] {
  if (rows.length < leastToDivide * batch) return [rows];
  const first = Math.ceil((rows.length * firstShare) / batch) * batch;
  return [rows.subarray(0, first), rows.subarray(first)];
}
