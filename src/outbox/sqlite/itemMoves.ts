import type { DatabaseSync } from '../../base/sqlite/sqlite.js';
import type { ItemOrigin } from '../item.js';
import { isOpen, needsPerson } from './itemRows.js';
import type { OwnStates } from './ownStates.js';

export interface Move {
  /** Position of the run in the table `run`. */
  readonly run: number;
  readonly origin: ItemOrigin;
  readonly seqs: readonly number[];
}

const columns = 'state, attempts, tries, retries, journal_id, found, effect, cancelled, code, message';

/** Used instead of a run for items that no report has mentioned. The next run that begins reports them. */
export const untold = 0;

/**
 * Moves items that have a state of their own to a run. Their state at the end of their previous run stays in `past`. An
 * item that returns to a run that had it before gets its previous origin in that run. Must be called within a transaction.
 */
export function moveItems(db: DatabaseSync, { run, origin, seqs }: Move): void {
  if (seqs.length === 0) return;
  const bound = { $run: run, $seqs: JSON.stringify(seqs) };
  const which = 'item IN (SELECT value FROM json_each($seqs))';
  db.prepare(
    `INSERT INTO past (run, item, origin, ${columns})
     SELECT run, item, origin, ${columns} FROM item_state WHERE run NOT IN ($run, ${untold}) AND ${which}`,
  ).run(bound);
  db.prepare(
    `UPDATE item_state SET run = $run, origin = coalesce(
       (SELECT past.origin FROM past WHERE past.run = $run AND past.item = item_state.item), $origin)
     WHERE run <> $run AND ${which}`,
  ).run({ ...bound, $origin: origin });
  db.prepare(
    `DELETE FROM past WHERE run = $run AND ${which}
     AND EXISTS (SELECT 1 FROM item_state AS own WHERE own.item = past.item AND own.run = past.run)`,
  ).run(bound);
}

/**
 * Moves the open items of earlier runs to this one, and also items that the org has twice and that no report has
 * mentioned: a run that was cut off has made no report, and its feed may no longer have the line.
 */
export function carryOver(db: DatabaseSync, states: OwnStates, run: number): void {
  const seqsOf = (which: string): number[] =>
    db
      .prepare(`SELECT item FROM item_state WHERE ${which}`)
      .all({ $run: run })
      .map(({ item }) => Number(item));
  moveItems(db, { run, origin: 'carriedOver', seqs: seqsOf(`run = ${untold} AND run <> $run`) });
  const cutOff = 'SELECT seq FROM run WHERE ending IS NULL AND seq <> $run';
  // Uses the index of items that need a person, because a run that was cut off may have a million items.
  const isDoubled = `${needsPerson} AND state = 'doubled' AND +run IN (${cutOff})`;
  moveItems(db, { run, origin: 'carriedOver', seqs: seqsOf(isDoubled) });
  states.give(plainOpen(db, run));
  moveItems(db, { run, origin: 'carriedOver', seqs: seqsOf(`${isOpen} AND +run <> $run`) });
}

/**
 * Returns open items that have no state of their own; all of them, or those that another run has made. Payloads of done
 * items must have been dropped.
 */
export function plainOpen(db: DatabaseSync, exceptOf?: number): number[] {
  return db
    .prepare(
      `SELECT payload.item FROM payload JOIN item ON item.seq = payload.item WHERE item.run IS NOT ?
       AND NOT EXISTS (SELECT 1 FROM item_state AS own WHERE own.item = payload.item)`,
    )
    .all(exceptOf ?? null)
    .map(({ item }) => Number(item));
}
