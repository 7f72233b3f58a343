import type { DatabaseSync, StatementSync } from '../../base/sqlite/sqlite.js';
import type { ItemState } from '../item.js';
import type { KnownKey } from '../sameKey.js';
import { forgottenKey, forgottenMark } from './forgottenKey.js';
import { optionalNumber, optionalText } from './itemRows.js';
import type { ItemRow } from './itemRows.js';

/** The current item of a key, with the columns that decide what a line is. */
export interface KnownItem extends Pick<KnownKey, 'state' | 'code' | 'wasSent' | 'keptOrg'> {
  readonly seq: number;
  readonly content: string;
  readonly details: string;
  readonly run: number;
}

export interface LoadedItem extends KnownItem {
  readonly key: string;
  readonly member: string;
  readonly attempts: number;
  readonly until: number | undefined;
  readonly message: string | undefined;
  readonly journalId: string | undefined;
}

/** The feed that is being read, and the other feeds that its run has read. */
export interface FeedAmongOthers {
  readonly feed: number;
  readonly others: readonly number[];
}

/** What an outbox knows of a key, and where the run has met it before. */
export interface KnownBefore extends Pick<KnownKey, 'earlierInRun'> {
  readonly item: KnownItem;
  /** Content of the last line of the same file that had the key. */
  readonly contentInFile: string | undefined;
}

/** Reads what the outbox knows of a key: its current item, where it was seen, and what has been overruled. */
export class KnownItems {
  readonly #find: StatementSync;
  readonly #among: StatementSync;
  readonly #others: StatementSync;
  readonly #elsewhere: StatementSync;
  readonly #first: StatementSync;
  readonly #load: StatementSync;
  readonly #sight: StatementSync;
  readonly #overruled: StatementSync;
  readonly #hadBefore: StatementSync;
  readonly #forgotten: StatementSync;
  readonly #anyForgotten: StatementSync;

  constructor(db: DatabaseSync) {
    // Includes the replaced items of a key, because their lines count as lines of the key. For nearly every line of a
    // feed that is read again, these columns are enough.
    this.#find = db.prepare(
      `SELECT seq, current, state, content, details, run, feed, line, was_sent, kept_org, code,
         (SELECT max(sighting.line) FROM sighting WHERE sighting.item = seq AND sighting.feed = ?2) AS again
       FROM item_now WHERE key = ?1`,
    );
    this.#among = db.prepare(
      `SELECT value AS key FROM json_each(?) WHERE EXISTS (SELECT 1 FROM item WHERE item.key = value)`,
    );
    this.#others = db.prepare('SELECT id FROM feed WHERE run = ? AND id <> ?');
    this.#elsewhere = db.prepare('SELECT 1 FROM sighting WHERE item = ? AND feed = ? LIMIT 1');
    this.#first = db.prepare(
      `SELECT min(line) AS line FROM (
         SELECT line FROM item WHERE key = ?1 AND feed = ?2
         UNION ALL
         SELECT sighting.line FROM item JOIN sighting ON sighting.item = item.seq
         WHERE item.key = ?1 AND sighting.feed = ?2)`,
    );
    this.#load = db.prepare('SELECT key, member, attempts, until, message, journal_id FROM item_now WHERE seq = ?');
    this.#sight = db.prepare('INSERT INTO sighting (item, feed, line) VALUES (?, ?, ?) ON CONFLICT DO NOTHING');
    this.#overruled = db.prepare('SELECT 1 FROM overruled WHERE key = ? AND content = ? AND feed = ? AND line = ?');
    this.#hadBefore = db.prepare('SELECT 1 FROM past WHERE run = ? AND item = ?');
    this.#forgotten = db.prepare('SELECT 1 FROM item WHERE key = ? LIMIT 1');
    this.#anyForgotten = db.prepare('SELECT 1 FROM item WHERE key >= ? AND key < ? LIMIT 1');
  }

  /** Returns those of these keys that the outbox has. Nearly every key of a new feed needs nothing else. */
  known(keys: readonly string[]): Set<string> {
    return new Set(this.#among.all(JSON.stringify(keys)).map(({ key }) => String(key)));
  }

  /** Is called once for many lines. */
  amongOthers(run: number, feed: number): FeedAmongOthers {
    return { feed, others: this.#others.all(run, feed).map(({ id }) => Number(id)) };
  }

  find(key: string, at: FeedAmongOthers): KnownBefore | undefined {
    const rows = this.#find.all(key, at.feed);
    const current = rows.find((row) => row['current'] === 1);
    if (!current) return undefined;
    let lastRow = current;
    for (const row of rows) if (lastLine(row, at.feed) > lastLine(lastRow, at.feed)) lastRow = row;
    return {
      item: toKnownItem(current),
      contentInFile: lastLine(lastRow, at.feed) === 0 ? undefined : String(lastRow['content']),
      earlierInRun: at.others.some((feed) =>
        rows.some((row) => row['feed'] === feed || this.#elsewhere.get(Number(row['seq']), feed) !== undefined),
      ),
    };
  }

  /** Returns the first line of a feed that had the key. */
  firstLine(key: string, feed: number): number {
    return Number(this.#first.get(key, feed)?.['line']);
  }

  /** Reads the columns of an item that are needed only if a line changes something or is reported. */
  load(item: KnownItem): LoadedItem {
    const row = this.#load.get(item.seq) ?? {};
    return {
      ...item,
      key: String(row['key']),
      member: String(row['member']),
      attempts: Number(row['attempts']),
      until: optionalNumber(row['until']),
      message: optionalText(row['message']),
      journalId: optionalText(row['journal_id']) || undefined,
    };
  }

  /** Returns whether a correction or a person has overruled this content of this line of a feed. */
  isOverruled(key: string, content: string, at: { readonly feed: string; readonly line: number }): boolean {
    return this.#overruled.get(key, content, at.feed, at.line) !== undefined;
  }

  /** Returns whether the run has the item, or had it before it was resumed. */
  isOfRun({ seq, run }: KnownItem, inRun: number): boolean {
    return run === inRun || this.#hadBefore.get(inRun, seq) !== undefined;
  }

  /** Is called once for many lines. The result is nearly always false, which saves hashing each key. */
  hasForgotten(): boolean {
    return this.#anyForgotten.get(forgottenMark, '\u0001') !== undefined;
  }

  /** Whether the key was one of a member who has been erased. */
  isForgotten(key: string): boolean {
    return this.#forgotten.get(forgottenKey(key)) !== undefined;
  }

  /** Stores that a line had the content of an item again. */
  sight(item: number, { feed, line }: { readonly feed: number; readonly line: number }): void {
    this.#sight.run(item, feed, line);
  }
}

function toKnownItem(row: ItemRow): KnownItem {
  return {
    seq: Number(row['seq']),
    state: row['state'] as ItemState,
    content: String(row['content']),
    details: String(row['details']),
    run: Number(row['run']),
    code: optionalText(row['code']),
    wasSent: row['was_sent'] === 1,
    keptOrg: row['kept_org'] === 1,
  };
}

/** Returns the last line of a feed that had an item, or 0 if there is none. */
function lastLine({ feed, line, again }: ItemRow, of: number): number {
  return Math.max(feed === of ? Number(line) : 0, Number(again ?? 0));
}
