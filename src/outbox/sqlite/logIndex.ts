import type { DatabaseSync } from '../../base/sqlite/sqlite.js';

/**
 * Finds the batch of an item. Batches list their items, so that sending and settling two hundred of them writes one row;
 * this index of the lists is a temporary table of this connection, filled when somebody asks and continued from there.
 * An item with a state of its own is in no batch any more, whatever the index says.
 *
 * `item_now` shows every item with its present state, wherever that is stored. Call {@link LogIndex.refresh} before
 * reading it.
 */
export class LogIndex {
  readonly #db: DatabaseSync;

  constructor(db: DatabaseSync) {
    this.#db = db;
    db.exec(temporaryTables);
  }

  /** Adds the batches since the last call, and what has become since then of those that were under way. */
  refresh(): void {
    const row = this.#db.prepare(newsOfBatches).get();
    const [known, latest] = [Number(row?.['known']), Number(row?.['latest'])];
    if (row?.['has_ended'] === 1) {
      this.#db.exec(addAnswers);
      this.#db.exec(forgetEnded);
    }
    if (known >= latest) return;
    this.#db.prepare(addDone).run(known);
    this.#db.prepare(addSent).run(known);
    this.#db.prepare(awaitEnds).run(known);
    this.#setMark(latest);
  }

  /** Reads batches again from this one on, because it was changed. */
  readAgainFrom(batch: number): void {
    const known = Number(this.#db.prepare('SELECT batch FROM temp.log_mark').get()?.['batch']);
    if (batch <= known) this.#setMark(batch - 1);
  }

  #setMark(batch: number): void {
    this.#db.prepare('UPDATE temp.log_mark SET batch = ?').run(batch);
  }
}

const newsOfBatches = `SELECT (SELECT batch FROM temp.log_mark) AS known, coalesce(max(seq), 0) AS latest,
    EXISTS (SELECT 1 FROM temp.log_open WHERE batch NOT IN (SELECT seq FROM batch WHERE done IS NULL)) AS has_ended
  FROM batch`;

const doneEntries = `INSERT OR REPLACE INTO temp.log_entry (item, batch, is_done, journal_id, effect)
  SELECT CAST(entry.key AS INTEGER), batch.seq, 1, entry.value, CASE batch.has_effect WHEN 1 THEN
    batch.without_effect IS NULL OR CAST(entry.key AS INTEGER) NOT IN (SELECT value FROM json_each(batch.without_effect))
  END
  FROM batch, json_each(batch.done) AS entry WHERE batch.done IS NOT NULL`;

const addDone = `${doneEntries} AND batch.seq > ?`;

const addAnswers = `${doneEntries} AND batch.seq IN (SELECT batch FROM temp.log_open)`;

const addSent = `INSERT OR REPLACE INTO temp.log_entry (item, batch, is_done)
  SELECT entry.value, batch.seq, 0 FROM batch, json_each(batch.sent) AS entry
  WHERE batch.seq > ? AND batch.done IS NULL`;

const awaitEnds = 'INSERT OR IGNORE INTO temp.log_open (batch) SELECT seq FROM batch WHERE seq > ? AND done IS NULL';

const forgetEnded = 'DELETE FROM temp.log_open WHERE batch NOT IN (SELECT seq FROM batch WHERE done IS NULL)';

const temporaryTables = `
  CREATE TEMP TABLE log_entry (
    item INTEGER PRIMARY KEY,
    batch INTEGER NOT NULL,
    is_done INTEGER NOT NULL,
    journal_id TEXT,
    effect INTEGER
  ) STRICT;
  CREATE TEMP TABLE log_open (batch INTEGER PRIMARY KEY) STRICT;
  CREATE TEMP TABLE log_mark (batch INTEGER NOT NULL) STRICT;
  INSERT INTO temp.log_mark (batch) VALUES (0);
  CREATE TEMP VIEW item_now AS
    SELECT item.seq, item.key, item.details, item.feed, item.line, item.member,
      CASE own.kept_org WHEN 1 THEN '' ELSE item.content END AS content,
      coalesce(own.current, 1) AS current,
      coalesce(own.run, item.run) AS run,
      coalesce(own.origin, 'new') AS origin,
      coalesce(own.state, CASE entry.is_done WHEN 1 THEN 'done' WHEN 0 THEN 'sent' ELSE 'ready' END) AS state,
      coalesce(own.attempts, entry.item IS NOT NULL) AS attempts,
      coalesce(own.was_sent, entry.item IS NOT NULL) AS was_sent,
      coalesce(own.tries, 0) AS tries,
      coalesce(own.retries, 0) AS retries,
      coalesce(own.kept_org, 0) AS kept_org,
      own.until,
      CASE WHEN own.item IS NULL THEN entry.journal_id ELSE own.journal_id END AS journal_id,
      coalesce(own.found, 0) AS found,
      CASE WHEN own.item IS NULL THEN entry.effect ELSE own.effect END AS effect,
      coalesce(own.cancelled, 0) AS cancelled,
      own.code, own.message,
      own.item IS NULL AS is_plain
    FROM main.item AS item
    LEFT JOIN main.item_state AS own ON own.item = item.seq
    LEFT JOIN temp.log_entry AS entry ON entry.item = item.seq AND own.item IS NULL;
`;
