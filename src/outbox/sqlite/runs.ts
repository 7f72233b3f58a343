import { randomBytes } from 'node:crypto';
import type { Clock } from '../../base/clock.js';
import type { DatabaseSync } from '../../base/sqlite.js';
import type { ItemReport, ItemState, Reject, Run, RunCounts, RunEnding, Runs } from '../outbox.js';
import { optionalNumber, optionalText, type Row } from './rows.js';

const itemStates: readonly ItemState[] = ['held', 'ready', 'sent', 'unknown', 'parked', 'done', 'refused'];

export class SqliteRuns implements Runs {
  public constructor(
    private readonly db: DatabaseSync,
    private readonly clock: Clock,
  ) {}

  public async begin(settings: Record<string, unknown>): Promise<Run> {
    const startedAt = this.clock.now();
    const id = runId(startedAt);
    this.db
      .prepare('INSERT INTO run (id, started_at, settings) VALUES (?, ?, ?)')
      .run(id, startedAt, JSON.stringify(settings));
    return { id, startedAt, endedAt: undefined, settings, ending: undefined };
  }

  public async resume(run: string): Promise<void> {
    this.db.prepare('UPDATE run SET ended_at = NULL, ending = NULL WHERE id = ?').run(run);
  }

  public async end(run: string, ending: RunEnding): Promise<void> {
    this.db.prepare('UPDATE run SET ended_at = ?, ending = ? WHERE id = ?').run(this.clock.now(), ending, run);
  }

  public async find(id?: string): Promise<Run | undefined> {
    const row =
      id === undefined
        ? this.db.prepare('SELECT * FROM run ORDER BY seq DESC LIMIT 1').get()
        : this.db.prepare('SELECT * FROM run WHERE id = ?').get(id);
    return row && toRun(row);
  }

  public async counts(run: string): Promise<RunCounts> {
    const { used, skipped, duplicate } = this.db
      .prepare('SELECT used, skipped, duplicate FROM run WHERE id = ?')
      .get(run) as Record<'used' | 'skipped' | 'duplicate', number>;
    const rejects = this.tally('SELECT kind AS name, count(*) AS n FROM reject WHERE run = ? GROUP BY kind', run);
    const items = this.tally(
      'SELECT state AS name, count(*) AS n FROM item WHERE run = (SELECT seq FROM run WHERE id = ?) GROUP BY state',
      run,
    );
    const states = Object.fromEntries(itemStates.map((state) => [state, items.get(state) ?? 0]));
    const rejected = rejects.get('rejection') ?? 0;
    return {
      rows: { read: used + skipped + rejected, used, skipped, rejected },
      transactions: {
        made: used,
        accepted: [...items.values()].reduce((sum, n) => sum + n, 0),
        duplicate,
        conflict: rejects.get('conflict') ?? 0,
        ...(states as Record<ItemState, number>),
      },
    };
  }

  public async retried(run: string): Promise<number> {
    const row = this.db
      .prepare('SELECT count(*) AS n FROM item WHERE run = (SELECT seq FROM run WHERE id = ?) AND retries > 0')
      .get(run);
    return Number(row?.['n']);
  }

  public *items(run: string, states: readonly ItemState[]): Iterable<ItemReport> {
    const marks = states.map(() => '?').join(', ');
    const select = this.db.prepare(
      `SELECT key, member, state, journal_id, code, message, attempts, retries FROM item
       WHERE run = (SELECT seq FROM run WHERE id = ?) AND state IN (${marks}) ORDER BY seq`,
    );
    for (const row of select.iterate(run, ...states)) yield toItemReport(row);
  }

  public *rejects(run: string): Iterable<Reject> {
    for (const row of this.db.prepare('SELECT * FROM reject WHERE run = ? ORDER BY seq').iterate(run)) {
      yield toReject(row);
    }
  }

  private tally(sql: string, run: string): Map<string, number> {
    return new Map(
      this.db
        .prepare(sql)
        .all(run)
        .map((row) => [String(row['name']), Number(row['n'])]),
    );
  }
}

/** Sorts by time, can be read and typed by a person: `20260403-080000-1f9c`. */
function runId(startedAt: number): string {
  const time = new Date(startedAt).toISOString().slice(0, 19).replace(/[-:]/g, '').replace('T', '-');
  return `${time}-${randomBytes(2).toString('hex')}`;
}

function toRun(row: Row): Run {
  return {
    id: String(row['id']),
    startedAt: Number(row['started_at']),
    endedAt: optionalNumber(row['ended_at']),
    settings: JSON.parse(String(row['settings'])) as Run['settings'],
    ending: optionalText(row['ending']) as RunEnding | undefined,
  };
}

function toItemReport(row: Row): ItemReport {
  return {
    key: String(row['key']),
    member: String(row['member']),
    state: row['state'] as ItemState,
    journalId: optionalText(row['journal_id']) || undefined,
    code: optionalText(row['code']),
    message: optionalText(row['message']),
    attempts: Number(row['attempts']),
    retries: Number(row['retries']),
  };
}

function toReject(row: Row): Reject {
  return {
    kind: row['kind'] as Reject['kind'],
    feed: String(row['feed']),
    line: Number(row['line']),
    column: optionalText(row['column_name']),
    value: optionalText(row['value']),
    key: optionalText(row['key']),
    code: String(row['code']),
    message: String(row['message']),
    raw: optionalText(row['raw']),
  };
}
