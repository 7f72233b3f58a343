import type { DatabaseSync } from '../../base/sqlite/sqlite.js';

/**
 * The run that was begun or resumed last: it is the one at work while somebody holds the outbox.
 *
 * The format number counts the tables without this one. It is added to an outbox that was made before it existed.
 */
export const latestRunTable = `
  CREATE TABLE latest_run (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    run INTEGER NOT NULL
  ) STRICT;
`;

export function rememberLatestRun(db: DatabaseSync, run: number): void {
  db.prepare('INSERT INTO latest_run (one, run) VALUES (1, ?) ON CONFLICT (one) DO UPDATE SET run = excluded.run').run(
    run,
  );
}

/** Returns the ids of the runs that have no end: the one that was begun or resumed last, and then the newest first. */
export function runsWithoutEnd(db: DatabaseSync): string[] {
  return db
    .prepare(
      `SELECT id FROM run WHERE ended_at IS NULL
       ORDER BY seq IN (SELECT latest_run.run FROM latest_run) DESC, seq DESC`,
    )
    .all()
    .map(({ id }) => String(id));
}
