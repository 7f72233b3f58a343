import { inTransaction } from '../../base/sqlite/sqlite.js';
import type { DatabaseSync, SQLInputValue, StatementSync } from '../../base/sqlite/sqlite.js';
import type { KnownJournal, SourceRecord, Sources } from '../outboxSources.js';
import { CountedJournals } from './countedJournals.js';
import { forgottenKey } from './forgottenKey.js';
import { plainOpen } from './itemMoves.js';
import { isOpen, needsPerson, optionalNumber, optionalText, ownStateTables } from './itemRows.js';
import type { OutboxStore } from './outboxStore.js';
import { storedJson } from './wholeOutbox.js';

const columns: Readonly<Record<keyof SourceRecord, string>> = {
  lookUpFirst: 'look_up_first',
  windowPassed: 'window_passed',
  countedSince: 'counted_since',
  counted: 'counted',
  countedAt: 'counted_at',
  countedThen: 'counted_then',
  brought: 'brought',
  ownerToken: 'owner_token',
  epoch: 'epoch',
  cleanEnd: 'clean_end',
};

/** A transaction may have several items, if it was corrected. The first of these that any of them is counts. */
const knownJournals: readonly KnownJournal[] = ['done', 'notDone', 'underWay'];
const rankOfJournal = `CASE
  WHEN item.state = 'done' THEN 0
  WHEN item.state IN ('conflictInOrg', 'doubled') THEN 1
  WHEN item.state IN ('refused', 'parked') AND item.journal_id IS NOT NULL THEN 1
  WHEN item.state = 'sent' OR (item.state = 'unknown' AND item.attempts > 0) THEN 2
END`;

export class SqliteSources implements Sources {
  readonly #store: OutboxStore;
  readonly #db: DatabaseSync;
  readonly #counted: CountedJournals;
  readonly #names: StatementSync;
  readonly #find: StatementSync;
  readonly #inDoubt: StatementSync;

  constructor(store: OutboxStore) {
    const { db } = store;
    this.#store = store;
    this.#db = db;
    this.#counted = new CountedJournals(db);
    this.#names = db.prepare('SELECT name FROM source ORDER BY name');
    this.#find = db.prepare('SELECT * FROM source WHERE name = ?');
    this.#inDoubt = db.prepare(
      `SELECT count(*) AS n FROM ${ownStateTables}
       WHERE own.state = 'unknown' AND own.attempts > 0 AND substr(item.key, 1, ?) = ?`,
    );
  }

  async names(): Promise<string[]> {
    return this.#names.all().map(({ name }) => String(name));
  }

  async find(source: string): Promise<SourceRecord | undefined> {
    const row = this.#find.get(source);
    return (
      row && {
        lookUpFirst: row['look_up_first'] === 1,
        windowPassed: row['window_passed'] === 1,
        countedSince: optionalNumber(row['counted_since']),
        counted: Number(row['counted']),
        countedAt: optionalNumber(row['counted_at']),
        countedThen: storedJson(this.#db, `what is stored of the source ${source}`, row['counted_then']) as string[],
        brought: Number(row['brought']),
        ownerToken: optionalText(row['owner_token']),
        epoch: Number(row['epoch']),
        cleanEnd: optionalText(row['clean_end']),
      }
    );
  }

  async remember(source: string, news: Partial<SourceRecord>): Promise<void> {
    inTransaction(this.#db, () => {
      this.#db.prepare('INSERT INTO source (name) VALUES (?) ON CONFLICT DO NOTHING').run(source);
      if ('countedAt' in news) this.#forgetCounted(source);
      for (const [name, column] of Object.entries(columns)) {
        if (!(name in news)) continue;
        const value = toSql(news[name as keyof SourceRecord]);
        this.#db.prepare(`UPDATE source SET ${column} = ? WHERE name = ?`).run(value, source);
      }
    });
  }

  async inDoubt(source: string): Promise<number> {
    const prefix = `${source}:`;
    return Number(this.#inDoubt.get(prefix.length, prefix)?.['n']);
  }

  async underWay(source: string): Promise<number> {
    const prefix = `${source}:`;
    // What is only to be looked up, because the org may have it from elsewhere, was never sent and waits for no time.
    const row = this.#db
      .prepare(
        `SELECT count(*) AS n FROM ${ownStateTables} WHERE own.${isOpen}
           AND (own.state = 'sent' OR (own.state = 'unknown' AND (own.attempts > 0 OR own.until > 0)))
           AND substr(item.key, 1, ?) = ?`,
      )
      .get(prefix.length, prefix);
    const inBatches = this.#db
      .prepare(
        `SELECT count(*) AS n FROM batch, json_each(batch.sent) AS entry JOIN item ON item.seq = entry.value
         WHERE batch.done IS NULL AND substr(item.key, 1, ?) = ?`,
      )
      .get(prefix.length, prefix);
    return Number(row?.['n']) + Number(inBatches?.['n']);
  }

  async doubtReady(): Promise<number> {
    return this.#store.changeTables(() => {
      this.#store.states.give(plainOpen(this.#db));
      const { changes } = this.#db
        .prepare(`UPDATE item_state SET state = 'unknown', until = 0 WHERE ${isOpen} AND state = 'ready'`)
        .run();
      return Number(changes);
    });
  }

  async importKeys(keys: readonly string[]): Promise<number> {
    const insert = this.#db.prepare(
      `INSERT INTO item (key, content, details, run, feed, line, member) SELECT ?1, '', '', 0, 0, 0, ''
       WHERE NOT EXISTS (SELECT 1 FROM item WHERE key IN (?1, ?2)) RETURNING seq`,
    );
    const state = this.#db.prepare(
      `INSERT INTO item_state (item, member, run, origin, state, found, kept_org, journal_id)
       VALUES (?, '', 0, 'new', 'done', 1, 1, '')`,
    );
    return inTransaction(this.#db, () =>
      keys.reduce((sum, key) => {
        const row = insert.get(key, forgottenKey(key));
        if (!row) return sum;
        state.run(Number(row['seq']));
        return sum + 1;
      }, 0),
    );
  }

  async journalsOf(keys: readonly string[]): Promise<ReadonlyMap<string, KnownJournal>> {
    this.#store.index.refresh();
    const known = this.#knownAs(keys, (key) => key);
    const others = keys.filter((key) => !known.has(key));
    return new Map([...known, ...this.#knownAs(others, forgottenKey)]);
  }

  async countedById(source: string, ids: readonly string[]): Promise<ReadonlySet<string>> {
    const counted = this.#counted.of(source);
    return new Set(ids.filter((id) => counted.has(id)));
  }

  /** @param storedAs returns the key under which its items are stored */
  #knownAs(keys: readonly string[], storedAs: (key: string) => string): Map<string, KnownJournal> {
    const rows = this.#db
      .prepare(
        `SELECT wanted.value ->> 0 AS key, min(${rankOfJournal}) AS rank
         FROM json_each(?) AS wanted JOIN item_now AS item ON item.key = wanted.value ->> 1 GROUP BY 1`,
      )
      .all(JSON.stringify(keys.map((key) => [key, storedAs(key)])));
    return new Map(
      rows.flatMap(({ key, rank }) => {
        const known = rank === null ? undefined : knownJournals[Number(rank)];
        return known === undefined ? [] : [[String(key), known] as const];
      }),
    );
  }

  /**
   * A count begins, which includes the journals that were counted before. Items that are done bring nothing more.
   */
  #forgetCounted(source: string): void {
    this.#counted.forget(source);
    const prefix = `${source}:`;
    for (const canBeSent of [isOpen, needsPerson]) {
      this.#db
        .prepare(
          `UPDATE item_state SET counted = 0 WHERE ${canBeSent} AND counted > 0
             AND EXISTS (SELECT 1 FROM item WHERE item.seq = item_state.item AND substr(item.key, 1, ?) = ?)`,
        )
        .run(prefix.length, prefix);
    }
  }
}

function toSql(value: SourceRecord[keyof SourceRecord]): SQLInputValue {
  if (value === undefined) return null;
  if (typeof value === 'boolean') return +value;
  return typeof value === 'object' ? JSON.stringify(value) : value;
}
