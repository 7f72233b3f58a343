import { randomBytes } from 'node:crypto';
import type { Clock } from '../../base/clock.js';
import { inTransaction } from '../../base/sqlite/sqlite.js';
import type { DatabaseSync } from '../../base/sqlite/sqlite.js';
import type { ItemOrigin, ItemState } from '../item.js';
import type { DoneItems, ItemPosition, LatestRuns, Runs } from '../outboxRuns.js';
import type { ItemReport, LineKind, LineReport, Run, RunCounts, RunEnding, RunNote, StopReason } from '../runRecord.js';
import { shownKey } from './forgottenKey.js';
import { carryOver } from './itemMoves.js';
import { optionalFlag, optionalNumber, optionalText } from './itemRows.js';
import type { ItemRow } from './itemRows.js';
import { rememberLatestRun, runsWithoutEnd } from './latestRun.js';
import type { OutboxStore } from './outboxStore.js';
import { countRun, plainStates } from './runCounts.js';
import { storedJson } from './wholeOutbox.js';

export class SqliteRuns implements Runs {
  readonly #store: OutboxStore;
  readonly #db: DatabaseSync;
  readonly #clock: Clock;

  constructor(store: OutboxStore, clock: Clock) {
    this.#store = store;
    this.#db = store.db;
    this.#clock = clock;
  }

  async begin(settings: Record<string, unknown>): Promise<Run> {
    const startedAt = this.#clock.now();
    const id = this.#newId(startedAt);
    this.#store.changeTables(() => {
      const { lastInsertRowid } = this.#db
        .prepare('INSERT INTO run (id, started_at, settings) VALUES (?, ?, ?)')
        .run(id, startedAt, JSON.stringify(settings));
      rememberLatestRun(this.#db, Number(lastInsertRowid));
      carryOver(this.#db, this.#store.states, Number(lastInsertRowid));
    });
    return {
      id,
      startedAt,
      endedAt: undefined,
      settings,
      ending: undefined,
      stopped: undefined,
      notes: [],
      results: undefined,
    };
  }

  /** Of two runs that begin in the same second, one in 65,536 would get the id of the other. */
  #newId(startedAt: number): string {
    const exists = this.#db.prepare('SELECT 1 FROM run WHERE id = ?');
    let id = runId(startedAt);
    while (exists.get(id)) id = runId(startedAt);
    return id;
  }

  async resume(run: string): Promise<void> {
    this.#store.changeTables(() => {
      this.#db
        .prepare(`UPDATE run SET ended_at = NULL, ending = NULL, stopped = NULL, notes = '[]' WHERE id = ?`)
        .run(run);
      rememberLatestRun(this.#db, runSeq(this.#db, run));
      carryOver(this.#db, this.#store.states, runSeq(this.#db, run));
    });
  }

  /** Ends a run. Once its own feeds are read, what it has merely seen again proves nothing to later runs. */
  async end(run: string, ending: RunEnding, stopped?: StopReason): Promise<void> {
    inTransaction(this.#db, () => {
      this.#db
        .prepare('UPDATE run SET ended_at = ?, ending = ?, stopped = ? WHERE id = ?')
        .run(this.#clock.now(), ending, stopped ? JSON.stringify(stopped) : null, run);
      this.#store.payloads.dropWaiting();
      if (ending === 'complete') this.#dropSightings(runSeq(this.#db, run));
    });
  }

  #dropSightings(run: number): void {
    const which = 'feed IN (SELECT id FROM feed WHERE run = ?)';
    if (!this.#db.prepare(`SELECT 1 FROM sighting WHERE ${which} LIMIT 1`).get(run)) return;
    this.#store.index.refresh();
    this.#db
      .prepare(
        `DELETE FROM sighting WHERE ${which}
         AND EXISTS (SELECT 1 FROM item_now WHERE item_now.seq = sighting.item AND item_now.state = 'done')`,
      )
      .run(run);
  }

  async note(run: string, note: RunNote): Promise<void> {
    this.#db
      .prepare(`UPDATE run SET notes = json_insert(notes, '$[#]', json(?)) WHERE id = ?`)
      .run(JSON.stringify(note), run);
  }

  async find(id?: string): Promise<Run | undefined> {
    const row =
      id === undefined
        ? this.#db.prepare('SELECT * FROM run ORDER BY seq DESC LIMIT 1').get()
        : this.#db.prepare('SELECT * FROM run WHERE id = ?').get(id);
    return row && toRun(this.#db, row);
  }

  async latest(limit: number): Promise<LatestRuns> {
    const rows = this.#db.prepare('SELECT * FROM run ORDER BY seq DESC LIMIT ?').all(limit);
    const all = Number(this.#db.prepare('SELECT count(*) AS n FROM run').get()?.['n']);
    return { runs: rows.map((row) => toRun(this.#db, row)), leftOut: all - rows.length };
  }

  async withoutEnd(): Promise<readonly string[]> {
    return runsWithoutEnd(this.#db);
  }

  async counts(run: string): Promise<RunCounts> {
    return countRun(this.#db, run);
  }

  *items(run: string, states: readonly ItemState[], after = 0): Iterable<ItemReport> {
    const seq = runSeq(this.#db, run);
    const plain = plainStates(this.#db, seq).filter((state) => states.includes(state));
    if (plain.length > 0) this.#store.index.refresh();
    const select = this.#db.prepare(`${itemsOfRun} ${plain.length > 0 ? plainItemsOfRun : ''} ORDER BY seq`);
    const values = { $run: seq, $states: JSON.stringify(states), $after: after };
    for (const row of select.iterate(values)) yield toItemReport(row);
  }

  doneAfter(run: string, { first, last }: ItemPosition, limit: number): DoneItems {
    const values = { $run: runSeq(this.#db, run), $after: last, $limit: limit };
    const select = this.#db.prepare(nextItems);
    let rows = select.all(values);
    if (rows[0]?.['state'] !== 'done') {
      this.#store.index.refresh();
      rows = select.all(values);
    }
    const open = rows.findIndex((row) => row['is_plain'] !== 1 || row['state'] !== 'done' || !row['journal_id']);
    const done = open < 0 ? rows : rows.slice(0, open);
    const position = { first: first || Number(rows[0]?.['seq'] ?? 0), last: Number(done.at(-1)?.['seq'] ?? last) };
    return { items: done.map(toItemReport), position };
  }

  isStillDone(run: string, { first, last }: ItemPosition): boolean {
    const values = { $run: runSeq(this.#db, run), $first: first, $last: last };
    return this.#db.prepare(ownUpTo).get(values) === undefined;
  }

  /** Returns an item as it is now. */
  current(key: string): ItemReport | undefined {
    this.#store.index.refresh();
    const row = this.#db.prepare(itemOfKey).get(key);
    return row && toItemReport(row);
  }

  *lines(run: string): Iterable<LineReport> {
    const select = this.#db.prepare('SELECT * FROM line WHERE run = ? ORDER BY seq');
    for (const row of select.iterate(runSeq(this.#db, run))) yield toLine(row);
  }

  async exported(run: string, folder: string, lines: number): Promise<void> {
    inTransaction(this.#db, () => {
      const { changes } = this.#db
        .prepare('UPDATE run SET results = ? WHERE id = ? AND ended_at IS NOT NULL')
        .run(folder, run);
      if (changes === 0) return;
      this.#db
        .prepare(
          `UPDATE line SET value = NULL, raw = NULL, exported = 1
           WHERE (value IS NOT NULL OR raw IS NOT NULL)
             AND seq IN (SELECT seq FROM line WHERE run = ? ORDER BY seq LIMIT ?)`,
        )
        .run(runSeq(this.#db, run), lines);
    });
  }
}

export function runSeq(db: DatabaseSync, id: string): number {
  return Number(db.prepare('SELECT seq FROM run WHERE id = ?').get(id)?.['seq'] ?? 0);
}

/** Which purchase it is, and where it was read. A key that was taken over from the org was read nowhere. */
const place =
  'item.seq AS seq, item.key AS key, item.member AS member, nullif(item.line, 0) AS line, ' +
  '(SELECT name FROM feed WHERE feed.id = item.feed) AS feed';

function columnsOf(table: string): string {
  return ['origin', 'state', 'attempts', 'tries', 'retries', 'journal_id', 'found', 'effect', 'code', 'message']
    .map((column) => `${table}.${column}`)
    .join(', ');
}

/** A parked item holds up all of its member. What an item was at the end of an earlier run waits for nothing. */
function waitsFor(table: string): string {
  return `CASE ${table}.state WHEN 'ready' THEN (
    SELECT other.key FROM item_state AS parked JOIN item AS other ON other.seq = parked.item
    WHERE parked.state = 'parked' AND parked.member = item.member ORDER BY parked.item LIMIT 1) END AS waits_for`;
}

const amongStates = 'state IN (SELECT value FROM json_each($states))';

/** What {@link toItemReport} reads, of `item_now AS item`. */
export const itemReportColumns = `${place}, ${waitsFor('item')}, ${columnsOf('item')}`;

const itemOfKey = `SELECT ${itemReportColumns} FROM item_now AS item WHERE item.key = ? AND item.current = 1`;

/** Items with a state of their own, and those that the run had before. */
const itemsOfRun = `
  SELECT ${place}, ${waitsFor('own')}, ${columnsOf('own')}
  FROM item_state AS own JOIN item ON item.seq = own.item WHERE own.run = $run AND own.item > $after AND own.${amongStates}
  UNION ALL
  SELECT ${place}, NULL, ${columnsOf('past')} FROM past JOIN item ON item.seq = past.item
  WHERE past.run = $run AND past.item > $after AND past.${amongStates}`;

/** All others. */
const plainItemsOfRun = `
  UNION ALL
  SELECT ${place}, ${waitsFor('item')}, ${columnsOf('item')} FROM item_now AS item
  WHERE item.seq IN (SELECT seq FROM main.item WHERE run = $run AND seq > $after)
    AND item.is_plain AND item.${amongStates}`;

/** The next items that a run has made, as far as {@link LogIndex} knows what became of them. */
const nextItems = `
  SELECT ${place}, NULL AS waits_for, item.is_plain, ${columnsOf('item')} FROM item_now AS item
  WHERE item.seq IN (SELECT seq FROM main.item WHERE run = $run AND seq > $after ORDER BY seq LIMIT $limit)
  ORDER BY item.seq`;

/** Whatever changes an item that is done gives it a state of its own. */
const ownUpTo = `
  SELECT 1 FROM item_state WHERE item <= $last AND (item >= $first OR run = $run)
  UNION ALL SELECT 1 FROM past WHERE run = $run AND item <= $last LIMIT 1`;

/** Returns an id that sorts by time and that a person can read and type: `20260403-080000-1f9c`. */
function runId(startedAt: number): string {
  const time = new Date(startedAt).toISOString().slice(0, 19).replace(/[-:]/g, '').replace('T', '-');
  return `${time}-${randomBytes(2).toString('hex')}`;
}

function toRun(db: DatabaseSync, row: ItemRow): Run {
  const what = `what is stored of the run ${String(row['id'])}`;
  return {
    id: String(row['id']),
    startedAt: Number(row['started_at']),
    endedAt: optionalNumber(row['ended_at']),
    settings: storedJson(db, what, row['settings']) as Run['settings'],
    ending: optionalText(row['ending']) as RunEnding | undefined,
    stopped: (storedJson(db, what, optionalText(row['stopped']) ?? 'null') as StopReason | null) ?? undefined,
    notes: storedJson(db, what, row['notes']) as RunNote[],
    results: optionalText(row['results']),
  };
}

export function toItemReport(row: ItemRow): ItemReport {
  return {
    key: shownKey(String(row['key'])),
    member: String(row['member']),
    feed: optionalText(row['feed']),
    line: optionalNumber(row['line']),
    state: row['state'] as ItemState,
    origin: row['origin'] as ItemOrigin,
    journalId: optionalText(row['journal_id']) || undefined,
    code: optionalText(row['code']),
    message: optionalText(row['message']),
    attempts: Number(row['attempts']),
    tries: Number(row['tries']),
    retries: Number(row['retries']),
    found: row['found'] === 1,
    effect: optionalFlag(row['effect']),
    waitsFor: optionalText(row['waits_for']),
  };
}

export function toLine(row: ItemRow): LineReport {
  return {
    kind: row['kind'] as LineKind,
    feed: String(row['feed']),
    line: Number(row['line']),
    column: optionalText(row['column_name']),
    value: optionalText(row['value']),
    key: optionalText(row['key']),
    member: optionalText(row['member']),
    code: String(row['code']),
    message: String(row['message']),
    raw: optionalText(row['raw']),
    exported: row['exported'] === 1,
  };
}
