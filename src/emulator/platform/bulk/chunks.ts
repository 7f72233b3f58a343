import type { UploadedRows } from './uploadedRows.js';

/** Rows of a transaction, and transactions of an internal batch: 200 and 10,000 rows. */
const chunkRows = 200;
export const batchChunks = 50;

/** Rows that are written together, by their place in the upload. */
export interface Chunk {
  readonly from: number;
  readonly to: number;
}

/** Divides an upload into internal batches of chunks, one at a time. @throws JobFailure for a line that ends otherwise */
export function* batchesOf(rows: UploadedRows, headerEnd: number): Generator<Chunk[]> {
  let batch: Chunk[] = [];
  for (let from = headerEnd; from < rows.end;) {
    const { to, count } = chunkAt(rows, from);
    if (count > 0) batch.push({ from, to });
    from = to;
    if (batch.length < batchChunks && from < rows.end) continue;
    if (batch.length > 0) yield batch;
    batch = [];
  }
}

function chunkAt(rows: UploadedRows, from: number): { to: number; count: number } {
  let to = from;
  let count = 0;
  while (count < chunkRows && to < rows.end) {
    const next = rows.next(to);
    if (!rows.isBlank(to, next)) count += 1;
    to = next;
  }
  return { to, count };
}
