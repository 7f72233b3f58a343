import type { DatabaseSync, StatementSync } from '../../base/sqlite.js';
import type { ItemState } from '../item.js';
import type { KnownKey } from '../sameKey.js';
import { forgottenMark } from './forgottenKey.js';
import { optionalText } from './itemRows.js';

/** The current item of a key. */
export interface KnownItem {
  readonly seq: number;
  readonly key: string;
  readonly state: ItemState;
  readonly content: string;
  readonly details: string;
  readonly member: string;
  readonly run: number;
  readonly attempts: number;
  readonly until: number | undefined;
  readonly code: string | undefined;
  readonly message: string | undefined;
  readonly journalId: string | undefined;
  readonly wasSent: boolean;
  readonly keptOrg: boolean;
}

/** A line that brings a known key. */
interface LineAt {
  readonly run: number;
  readonly feed: number;
  readonly feedName: string;
  readonly line: number;
  readonly content: string;
}

type Seen = Pick<KnownKey, 'earlierInFile' | 'earlierInRun' | 'isOverruled'> & {
  /** Line of the same file that brought the key first. */
  readonly firstLine: number | undefined;
};

/** Reads what the outbox knows of a key: its current item, where it was seen, and what has been overruled. */
export class KnownItems {
  readonly #current: StatementSync;
  readonly #places: StatementSync;
  readonly #sight: StatementSync;
  readonly #overruled: StatementSync;
  readonly #forgotten: StatementSync;
  readonly #anyForgotten: StatementSync;

  public constructor(db: DatabaseSync) {
    this.#current = db.prepare('SELECT * FROM item WHERE key = ? AND current = 1');
    this.#places = db.prepare(
      `SELECT item.feed AS feed, item.line AS line, item.content AS content, feed.run AS run
       FROM item JOIN feed ON feed.id = item.feed WHERE item.key = ?1
       UNION ALL
       SELECT sighting.feed, sighting.line, item.content, feed.run
       FROM item JOIN sighting ON sighting.item = item.seq JOIN feed ON feed.id = sighting.feed WHERE item.key = ?1`,
    );
    this.#sight = db.prepare('INSERT INTO sighting (item, feed, line) VALUES (?, ?, ?) ON CONFLICT DO NOTHING');
    this.#overruled = db.prepare('SELECT 1 FROM overruled WHERE key = ? AND content = ? AND feed = ? AND line = ?');
    this.#forgotten = db.prepare('SELECT 1 FROM item WHERE key = ?');
    this.#anyForgotten = db.prepare('SELECT 1 FROM item WHERE key >= ? AND key < ? LIMIT 1');
  }

  public find(key: string): KnownItem | undefined {
    const row = this.#current.get(key);
    if (!row) return undefined;
    return {
      seq: Number(row['seq']),
      key,
      state: row['state'] as ItemState,
      content: String(row['content']),
      details: String(row['details']),
      member: String(row['member']),
      run: Number(row['run']),
      attempts: Number(row['attempts']),
      until: typeof row['until'] === 'number' ? row['until'] : undefined,
      code: optionalText(row['code']),
      message: optionalText(row['message']),
      journalId: optionalText(row['journal_id']) || undefined,
      wasSent: Number(row['attempts']) > 0,
      keptOrg: row['kept_org'] === 1,
    };
  }

  public isForgotten(hashed: string): boolean {
    return this.#anyForgotten.get(forgottenMark, '\u0001') !== undefined && this.#forgotten.get(hashed) !== undefined;
  }

  /** Where this run has met the key before. */
  public seen(key: string, at: LineAt): Seen {
    const places = this.#places.all(key).filter(({ run }) => run === at.run);
    const inFile = places.filter(({ feed }) => feed === at.feed);
    const last = inFile.reduce<(typeof inFile)[number] | undefined>(
      (found, place) => (found && Number(found['line']) > Number(place['line']) ? found : place),
      undefined,
    );
    return {
      earlierInFile: last && (last['content'] === at.content ? 'same' : 'other'),
      earlierInRun: places.length > inFile.length,
      isOverruled: this.#overruled.get(key, at.content, at.feedName, at.line) !== undefined,
      firstLine: inFile.length === 0 ? undefined : Math.min(...inFile.map(({ line }) => Number(line))),
    };
  }

  /** Takes note of a line that brought the content of an item again. */
  public sight(item: number, { feed, line }: { readonly feed: number; readonly line: number }): void {
    this.#sight.run(item, feed, line);
  }
}
