import { randomBytes } from 'node:crypto';
import type { Clock } from '../../base/clock.js';
import { inTransaction } from '../../base/sqlite/sqlite.js';
import type { DatabaseSync } from '../../base/sqlite/sqlite.js';
import type { ItemOrigin, ItemState } from '../item.js';
import type { Runs } from '../outbox.js';
import type { ItemReport, LineKind, LineReport, Run, RunCounts, RunEnding, RunNote, StopReason } from '../runRecord.js';
import { shownKey } from './forgottenKey.js';
import { carryOver } from './itemMoves.js';
import { optionalFlag, optionalNumber, optionalText } from './itemRows.js';
import type { ItemRow } from './itemRows.js';
import { countRun } from './runCounts.js';
import { storedJson } from './wholeOutbox.js';

export class SqliteRuns implements Runs {
  readonly #db: DatabaseSync;
  readonly #clock: Clock;

  constructor(db: DatabaseSync, clock: Clock) {
    this.#db = db;
    this.#clock = clock;
  }

  async begin(settings: Record<string, unknown>): Promise<Run> {
    const startedAt = this.#clock.now();
    const id = runId(startedAt);
    inTransaction(this.#db, () => {
      const { lastInsertRowid } = this.#db
        .prepare('INSERT INTO run (id, started_at, settings) VALUES (?, ?, ?)')
        .run(id, startedAt, JSON.stringify(settings));
      carryOver(this.#db, Number(lastInsertRowid));
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

  async resume(run: string): Promise<void> {
    inTransaction(this.#db, () => {
      this.#db
        .prepare(`UPDATE run SET ended_at = NULL, ending = NULL, stopped = NULL, notes = '[]' WHERE id = ?`)
        .run(run);
      carryOver(this.#db, runSeq(this.#db, run));
    });
  }

  /** Ends a run. Once its own feeds are read, what it has merely seen again proves nothing to later runs. */
  async end(run: string, ending: RunEnding, stopped?: StopReason): Promise<void> {
    inTransaction(this.#db, () => {
      this.#db
        .prepare('UPDATE run SET ended_at = ?, ending = ?, stopped = ? WHERE id = ?')
        .run(this.#clock.now(), ending, stopped ? JSON.stringify(stopped) : null, run);
      if (ending !== 'complete') return;
      this.#db
        .prepare(
          `DELETE FROM sighting WHERE feed IN (SELECT id FROM feed WHERE run = ?)
           AND EXISTS (SELECT 1 FROM item WHERE item.seq = sighting.item AND item.state = 'done')`,
        )
        .run(runSeq(this.#db, run));
    });
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

  async counts(run: string): Promise<RunCounts> {
    return countRun(this.#db, run);
  }

  *items(run: string, states: readonly ItemState[]): Iterable<ItemReport> {
    const columns = 'origin, state, attempts, tries, retries, journal_id, found, effect, code, message';
    const select = this.#db.prepare(
      `SELECT item.seq AS seq, ${place}, ${waitsFor}, ${prefixed('item', columns)} FROM item
       WHERE run = $run AND state IN (SELECT value FROM json_each($states))
       UNION ALL
       SELECT item.seq, ${place}, NULL, ${prefixed('past', columns)} FROM past JOIN item ON item.seq = past.item
       WHERE past.run = $run AND past.state IN (SELECT value FROM json_each($states))
       ORDER BY seq`,
    );
    const bound = { $run: runSeq(this.#db, run), $states: JSON.stringify(states) };
    for (const row of select.iterate(bound)) yield toItemReport(row);
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
  'item.key AS key, item.member AS member, nullif(item.line, 0) AS line, ' +
  '(SELECT name FROM feed WHERE feed.id = item.feed) AS feed';

/** A parked item holds up all of its member. What an item was at the end of an earlier run waits for nothing. */
const waitsFor = `CASE item.state WHEN 'ready' THEN (
  SELECT parked.key FROM item AS parked WHERE parked.state = 'parked' AND parked.member = item.member
  ORDER BY parked.seq LIMIT 1) END AS waits_for`;

function prefixed(table: string, columns: string): string {
  return columns
    .split(', ')
    .map((column) => `${table}.${column}`)
    .join(', ');
}

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

function toItemReport(row: ItemRow): ItemReport {
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

function toLine(row: ItemRow): LineReport {
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
