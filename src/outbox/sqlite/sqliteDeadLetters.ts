import type { DatabaseSync } from '../../base/sqlite/sqlite.js';
import type { OutboxItem } from '../item.js';
import type { DeadLetterFilter, DeadLetters } from '../deadLetters.js';
import { itemColumns, itemTables, needsPerson, ownStateTables, toItem } from './itemRows.js';
import { moveItems } from './itemMoves.js';
import type { OutboxStore } from './outboxStore.js';
import { runSeq } from './sqliteRuns.js';

/**
 * Items that need a person. Lists are passed as JSON, because they may be longer than the number of parameters that a
 * statement may have.
 */
const chosen = `own.current = 1 AND own.${needsPerson}
  AND ($of IS NULL OR own.run = $of OR EXISTS (SELECT 1 FROM past WHERE past.item = own.item AND past.run = $of))
  AND ($keys IS NULL OR item.key IN (SELECT value FROM json_each($keys)))
  AND ($codes IS NULL OR own.code IN (SELECT value FROM json_each($codes)))`;

/** An item that the run has read itself keeps its origin, because the run's transactions are counted by it. */
const takenUpOrigin = `CASE origin WHEN 'carriedOver' THEN 'takenUpAgain' ELSE origin END`;

export class SqliteDeadLetters implements DeadLetters {
  readonly #store: OutboxStore;
  readonly #db: DatabaseSync;

  constructor(store: OutboxStore) {
    this.#store = store;
    this.#db = store.db;
  }

  async takeUp(into: string, { run, keys, codes }: DeadLetterFilter): Promise<number> {
    const parameters = {
      $of: run === undefined ? null : runSeq(this.#db, run),
      $keys: listOf(keys),
      $codes: listOf(codes),
    };
    return this.#store.changeTables(() => {
      const taken = this.#db
        .prepare(`SELECT own.item, item.member FROM ${ownStateTables} WHERE ${chosen}`)
        .all(parameters);
      this.#store.openItems.lookUpAgain(taken.map(({ member }) => String(member)));
      const seqs = taken.map(({ item }) => Number(item));
      moveItems(this.#db, { run: runSeq(this.#db, into), origin: 'takenUpAgain', seqs });
      this.#db
        .prepare(
          `UPDATE item_state SET state = 'unknown', until = 0, retries = retries + 1, tries = 0, mend = 1,
           origin = ${takenUpOrigin}
           WHERE item IN (SELECT value FROM json_each(?))`,
        )
        .run(JSON.stringify(seqs));
      return seqs.length;
    });
  }

  async unknownKeys(keys: readonly string[], run?: string): Promise<string[]> {
    const rows = this.#db
      .prepare(
        `SELECT value FROM json_each($keys) WHERE NOT EXISTS (
           SELECT 1 FROM item LEFT JOIN item_state AS own ON own.item = item.seq
           WHERE item.key = value AND own.current IS NOT 0 AND ($of IS NULL OR coalesce(own.run, item.run) = $of
             OR EXISTS (SELECT 1 FROM past WHERE past.item = item.seq AND past.run = $of)))`,
      )
      .all({ $keys: JSON.stringify(keys), $of: run === undefined ? null : runSeq(this.#db, run) });
    return rows.map(({ value }) => String(value));
  }

  async contradictions(key: string): Promise<OutboxItem | 'lines' | undefined> {
    const row = this.#db
      .prepare(`SELECT ${itemColumns} FROM ${itemTables} WHERE item.key = ? AND own.current = 1 AND own.${needsPerson}`)
      .get(key);
    if (row) return toItem(row);
    this.#store.index.refresh();
    const lines = this.#db.prepare(
      `SELECT 1 FROM line JOIN item_now AS item ON item.key = line.key AND item.current = 1 AND item.state = 'done'
       WHERE line.key = ? AND line.kind = 'conflict' AND NOT EXISTS (
         SELECT 1 FROM overruled WHERE overruled.key = line.key AND overruled.content = line.content
         AND overruled.feed = line.feed AND overruled.line = line.line)`,
    );
    return lines.get(key) ? 'lines' : undefined;
  }

  async keepOrg(into: string, key: string, journalId: string | undefined): Promise<void> {
    this.#store.changeTables(() => {
      this.#store.index.refresh();
      this.#overrule(key);
      const seqs = this.#db
        .prepare(`SELECT own.item FROM ${ownStateTables} WHERE item.key = ? AND own.current = 1 AND own.${needsPerson}`)
        .all(key)
        .map(({ item }) => Number(item));
      moveItems(this.#db, { run: runSeq(this.#db, into), origin: 'takenUpAgain', seqs });
      this.#db.prepare('DELETE FROM payload WHERE item IN (SELECT value FROM json_each(?))').run(JSON.stringify(seqs));
      // The overruled content is no longer the known content of the key.
      this.#db
        .prepare(
          `UPDATE item_state SET state = 'done', kept_org = 1, found = 1, journal_id = $id, code = NULL, message = NULL,
           origin = ${takenUpOrigin} WHERE item IN (SELECT value FROM json_each($seqs))`,
        )
        .run({ $seqs: JSON.stringify(seqs), $id: journalId ?? null });
    });
  }

  /** Overrules every content of the key that contradicts the org, at every line that has it. */
  #overrule(key: string): void {
    this.#db
      .prepare(
        `INSERT INTO overruled (key, content, feed, line)
         SELECT key, content, feed, line FROM line WHERE key = ?1 AND kind = 'conflict' AND content IS NOT NULL
         UNION
         SELECT item.key, item.content, feed.name, item.line FROM item_now AS item JOIN feed ON feed.id = item.feed
         WHERE item.key = ?1 AND item.current = 1 AND item.state <> 'done'
         UNION
         SELECT item.key, item.content, feed.name, sighting.line
         FROM item_now AS item JOIN sighting ON sighting.item = item.seq JOIN feed ON feed.id = sighting.feed WHERE item.key = ?1 AND item.current = 1 AND item.state <> 'done'
         ON CONFLICT DO NOTHING`,
      )
      .run(key);
  }
}

function listOf(texts: readonly string[] | undefined): string | null {
  return texts === undefined ? null : JSON.stringify(texts);
}
