import type { DatabaseSync, SQLInputValue } from '../../base/sqlite/sqlite.js';
import { openStates } from '../item.js';
import type { ItemOrigin } from '../item.js';
import { needsPerson } from './itemRows.js';

/**
 * Moves items to a run. Their state at the end of their previous run stays in `past`. An item that returns to a run
 * that had it before gets its previous origin in that run.
 */
export interface Move {
  /** Position of the run in the table `run`. */
  readonly run: number;
  readonly origin: ItemOrigin;
  /** A condition on rows of `item`, and its named parameters. */
  readonly which: string;
  readonly parameters?: Record<string, SQLInputValue>;
}

const columns = 'state, attempts, tries, retries, journal_id, found, effect, cancelled, code, message';

/** Used instead of a run for items that no report has mentioned. The next run that begins reports them. */
export const untold = 0;

/** Must be called within a transaction. */
export function moveItems(db: DatabaseSync, { run, origin, which, parameters = {} }: Move): void {
  const bound = { $run: run, ...parameters };
  db.prepare(
    `INSERT INTO past (run, item, origin, ${columns})
     SELECT run, seq, origin, ${columns} FROM item WHERE run NOT IN ($run, ${untold}) AND ${which}`,
  ).run(bound);
  db.prepare(
    `UPDATE item SET run = $run,
       origin = coalesce((SELECT past.origin FROM past WHERE past.run = $run AND past.item = item.seq), $origin)
     WHERE run <> $run AND ${which}`,
  ).run({ ...bound, $origin: origin });
  db.prepare(
    'DELETE FROM past WHERE run = ? AND EXISTS (SELECT 1 FROM item WHERE seq = past.item AND item.run = past.run)',
  ).run(run);
}

/**
 * Moves the open items of earlier runs to this one, and also items that the org has twice and that no report has
 * mentioned: a run that was cut off has made no report, and its feed may no longer have the line.
 */
export function carryOver(db: DatabaseSync, run: number): void {
  moveItems(db, { run, origin: 'carriedOver', which: `run = ${untold}` });
  const cutOff = 'SELECT seq FROM run WHERE ending IS NULL AND seq <> $run';
  // Uses the index of items that need a person, because a run that was cut off may have a million items.
  const which = `${needsPerson} AND state = 'doubled' AND +run IN (${cutOff})`;
  moveItems(db, { run, origin: 'carriedOver', which });
  const isOpen = db.prepare('SELECT 1 FROM lane WHERE open > 0 LIMIT 1').get() !== undefined;
  if (!isOpen) return;
  const states = openStates.map((state) => `'${state}'`).join(', ');
  moveItems(db, { run, origin: 'carriedOver', which: `state IN (${states})` });
}
