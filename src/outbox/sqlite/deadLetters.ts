import { inTransaction, type DatabaseSync } from '../../base/sqlite.js';
import type { DeadLetterFilter, DeadLetters } from '../outbox.js';
import { checked } from './rows.js';

/** Lists come as JSON, since they may be longer than a statement may have parameters. */
const chosen = `run = (SELECT seq FROM run WHERE id = $run) AND state = 'refused'
  AND ($keys IS NULL OR key IN (SELECT value FROM json_each($keys)))
  AND ($codes IS NULL OR code IN (SELECT value FROM json_each($codes)))`;

export class SqliteDeadLetters implements DeadLetters {
  public constructor(private readonly db: DatabaseSync) {}

  public async retry(run: string, { keys, codes }: DeadLetterFilter): Promise<number> {
    const parameters = { $run: run, $keys: listOf(keys), $codes: listOf(codes) };
    return inTransaction(this.db, () => {
      // While they are refused: afterwards nothing tells them from others that are unknown.
      this.db.prepare(reopenLanes).run(parameters);
      return Number(this.db.prepare(reopenItems).run(parameters).changes);
    });
  }

  public async unknownKeys(run: string, keys: readonly string[]): Promise<string[]> {
    const rows = this.db
      .prepare(
        `SELECT value FROM json_each(?) WHERE value NOT IN
         (SELECT key FROM item WHERE key = value AND run = (SELECT seq FROM run WHERE id = ?))`,
      )
      .all(JSON.stringify(keys), run);
    return rows.map(({ value }) => String(value));
  }
}

/** An unknown item blocks its lane, so that what comes behind it waits for its look-up. */
const reopenLanes = `UPDATE lane SET open = open + again.count, blocked = blocked + again.count,
  checked = CASE checked WHEN ${checked.absent} THEN ${checked.no} ELSE checked END
  FROM (SELECT member, count(*) AS count FROM item WHERE ${chosen} GROUP BY member) AS again
  WHERE lane.member = again.member`;

const reopenItems = `UPDATE item SET state = 'unknown', until = 0, code = NULL, message = NULL, retries = retries + 1
  WHERE ${chosen}`;

function listOf(texts: readonly string[] | undefined): string | null {
  return texts === undefined ? null : JSON.stringify(texts);
}
