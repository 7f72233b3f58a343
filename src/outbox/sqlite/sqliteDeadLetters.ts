import { inTransaction } from '../../base/sqlite/sqlite.js';
import type { DatabaseSync, SQLInputValue } from '../../base/sqlite/sqlite.js';
import type { OutboxItem } from '../item.js';
import type { DeadLetterFilter, DeadLetters } from '../outbox.js';
import { checkedItem, itemColumns, itemTables, needsPerson, toItem } from './itemRows.js';
import { moveItems } from './itemMoves.js';
import { runSeq } from './sqliteRuns.js';

/**
 * Items that need a person. Lists are passed as JSON, because they may be longer than the number of parameters that a
 * statement may have.
 */
const chosen = `current = 1 AND ${needsPerson}
  AND ($of IS NULL OR run = $of OR EXISTS (SELECT 1 FROM past WHERE past.item = item.seq AND past.run = $of))
  AND ($keys IS NULL OR key IN (SELECT value FROM json_each($keys)))
  AND ($codes IS NULL OR code IN (SELECT value FROM json_each($codes)))`;

/** An item that the run has read itself keeps its origin, because the run's transactions are counted by it. */
const takenUpOrigin = `CASE origin WHEN 'carriedOver' THEN 'takenUpAgain' ELSE origin END`;

export class SqliteDeadLetters implements DeadLetters {
  readonly #db: DatabaseSync;

  constructor(db: DatabaseSync) {
    this.#db = db;
  }

  async takeUp(into: string, { run, keys, codes }: DeadLetterFilter): Promise<number> {
    const parameters = {
      $of: run === undefined ? null : runSeq(this.#db, run),
      $keys: listOf(keys),
      $codes: listOf(codes),
    };
    return inTransaction(this.#db, () => {
      const taken = this.#db.prepare(`SELECT seq FROM item WHERE ${chosen}`).all(parameters);
      const $taken = JSON.stringify(taken.map(({ seq }) => seq));
      moveItems(this.#db, {
        run: runSeq(this.#db, into),
        origin: 'takenUpAgain',
        which: 'seq IN (SELECT value FROM json_each($taken))',
        parameters: { $taken },
      });
      // Must come before their state changes, because afterwards they look like any other unknown items.
      this.#reopen({ $taken });
      return taken.length;
    });
  }

  #reopen(parameters: Record<string, SQLInputValue>): void {
    this.#db.prepare(reopenLanes).run(parameters);
    this.#db
      .prepare(
        `UPDATE item SET state = 'unknown', until = 0, retries = retries + 1, tries = 0, mend = 1,
         origin = ${takenUpOrigin}
         WHERE seq IN (SELECT value FROM json_each($taken))`,
      )
      .run(parameters);
  }

  async unknownKeys(keys: readonly string[], run?: string): Promise<string[]> {
    const rows = this.#db
      .prepare(
        `SELECT value FROM json_each($keys) WHERE NOT EXISTS (
           SELECT 1 FROM item WHERE key = value AND current = 1 AND ($of IS NULL OR run = $of
             OR EXISTS (SELECT 1 FROM past WHERE past.item = item.seq AND past.run = $of)))`,
      )
      .all({ $keys: JSON.stringify(keys), $of: run === undefined ? null : runSeq(this.#db, run) });
    return rows.map(({ value }) => String(value));
  }

  async contradictions(key: string): Promise<OutboxItem | 'lines' | undefined> {
    const row = this.#db
      .prepare(
        `SELECT ${itemColumns} FROM ${itemTables} WHERE item.key = ? AND item.current = 1
         AND item.${needsPerson}`,
      )
      .get(key);
    if (row) return toItem(row);
    const lines = this.#db.prepare(
      `SELECT 1 FROM line JOIN item ON item.key = line.key AND item.current = 1 AND item.state = 'done'
       WHERE line.key = ? AND line.kind = 'conflict' AND NOT EXISTS (
         SELECT 1 FROM overruled WHERE overruled.key = line.key AND overruled.content = line.content
         AND overruled.feed = line.feed AND overruled.line = line.line)`,
    );
    return lines.get(key) ? 'lines' : undefined;
  }

  async keepOrg(into: string, key: string, journalId: string | undefined): Promise<void> {
    inTransaction(this.#db, () => {
      this.#overrule(key);
      const where = `key = $key AND current = 1 AND ${needsPerson}`;
      moveItems(this.#db, {
        run: runSeq(this.#db, into),
        origin: 'takenUpAgain',
        which: where,
        parameters: { $key: key },
      });
      this.#db
        .prepare(
          `UPDATE lane SET open = open - 1, blocked = blocked - 1
           WHERE member IN (SELECT member FROM item WHERE key = ? AND current = 1 AND state = 'parked')`,
        )
        .run(key);
      this.#db.prepare(`DELETE FROM payload WHERE item IN (SELECT seq FROM item WHERE ${where})`).run({ $key: key });
      // The overruled content is no longer the known content of the key.
      this.#db
        .prepare(
          `UPDATE item SET state = 'done', content = '', kept_org = 1, found = 1, journal_id = $id, code = NULL,
           message = NULL, origin = ${takenUpOrigin} WHERE ${where}`,
        )
        .run({ $key: key, $id: journalId ?? null });
    });
  }

  /** Overrules every content of the key that contradicts the org, at every line that has it. */
  #overrule(key: string): void {
    this.#db
      .prepare(
        `INSERT INTO overruled (key, content, feed, line)
         SELECT key, content, feed, line FROM line WHERE key = ?1 AND kind = 'conflict' AND content IS NOT NULL
         UNION
         SELECT item.key, item.content, feed.name, item.line FROM item JOIN feed ON feed.id = item.feed
         WHERE item.key = ?1 AND item.current = 1 AND item.state <> 'done'
         UNION
         SELECT item.key, item.content, feed.name, sighting.line FROM item JOIN sighting ON sighting.item = item.seq
         JOIN feed ON feed.id = sighting.feed WHERE item.key = ?1 AND item.current = 1 AND item.state <> 'done'
         ON CONFLICT DO NOTHING`,
      )
      .run(key);
  }
}

/** An unknown item blocks its lane, so that later items wait for its look-up. A parked item already blocks it. */
const reopenLanes = `UPDATE lane SET open = open + again.count, blocked = blocked + again.count,
  checked = CASE checked WHEN ${checkedItem.absent} THEN ${checkedItem.no} ELSE checked END
  FROM (SELECT member, sum(state <> 'parked') AS count FROM item WHERE seq IN (SELECT value FROM json_each($taken))
        GROUP BY member) AS again
  WHERE lane.member = again.member`;

function listOf(texts: readonly string[] | undefined): string | null {
  return texts === undefined ? null : JSON.stringify(texts);
}
