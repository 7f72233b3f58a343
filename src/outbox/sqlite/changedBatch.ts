import type { DatabaseSync } from '../../base/sqlite/sqlite.js';
import type { ItemRow } from './itemRows.js';

/**
 * Finds a contradiction in what was sent: each item has its state in exactly one place. If a disk had changed a byte in
 * the list of a batch, what is in the org would look as if it had never been sent.
 * @returns what has changed, as the subject of a sentence, or undefined
 */
export function changedBatch(db: DatabaseSync): string | undefined {
  const latest = db.prepare('SELECT coalesce(max(seq), 0) AS seq FROM item').get();
  const hasState = new Uint8Array(Number(latest?.['seq']) + 1);
  for (const { item } of db.prepare('SELECT item FROM item_state').iterate()) hasState[Number(item)] = 1;
  for (const row of db.prepare('SELECT seq, items, sent, done, without_effect FROM batch').iterate()) {
    if (!isWhole(row, hasState)) return `the list of the request ${Number(row['seq'])}`;
  }
  for (const { item } of db.prepare('SELECT item FROM payload').iterate()) hasState[Number(item)] ||= 1;
  for (const { seq } of db.prepare('SELECT seq FROM item').iterate())
    if (hasState[Number(seq)] === 0) return `the state of the transaction ${Number(seq)}`;
  return undefined;
}

/** Marks the items of a batch. Returns false if they are not those that it was stored with. */
function isWhole({ items, sent, done, without_effect: without }: ItemRow, hasState: Uint8Array): boolean {
  const seqs = done === null ? listed(sent) : keysOf(done);
  if (seqs === undefined || seqs.length !== items) return false;
  if (!listed(without ?? '[]')?.every((seq) => seqs.includes(seq))) return false;
  return seqs.every((seq) => {
    // A position beyond the last item has no entry, so it is not free either.
    const isFree = hasState[seq] === 0;
    if (isFree) hasState[seq] = 1;
    return isFree;
  });
}

function listed(text: unknown): number[] | undefined {
  try {
    return JSON.parse(String(text)) as number[];
  } catch {
    return undefined;
  }
}

function keysOf(text: unknown): number[] | undefined {
  const value = listed(text);
  return value && Object.keys(value).map(Number);
}
