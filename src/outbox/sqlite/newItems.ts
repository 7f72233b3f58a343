import type { DatabaseSync, SQLInputValue, StatementSync } from '../../base/sqlite/sqlite.js';
import type { Transaction } from '../../transaction.js';
import type { ItemOrigin } from '../item.js';
import { openStates } from '../item.js';
import { moveItems } from './itemMoves.js';
import { checkedItem } from './itemRows.js';
import type { KnownItem, LoadedItem } from './knownItems.js';

/** The place of a line: the run, the feed in that run, and the number of the line. */
export interface ItemPlace {
  readonly run: number;
  readonly feed: number;
  readonly line: number;
}

/** A transaction with the hashes of its values. */
export interface HashedTransaction {
  readonly transaction: Transaction;
  readonly content: string;
  readonly details: string;
}

interface Beginning {
  readonly origin: ItemOrigin;
  readonly state: 'ready' | 'unknown';
  /** For an unknown item: the time before which it must not be looked up. 0 when it is not in doubt. */
  readonly until?: number;
  readonly replaces?: LoadedItem;
}

const blocking = new Set(['held', 'sent', 'unknown', 'parked']);

/** How a chunk changes a queue. */
interface LaneChange {
  open: number;
  blocked: number;
  /** Whether items were added. If so, an absent member is looked up again. */
  hasGrown: boolean;
}

/**
 * Adds items to the queues of their members. Must be called within a transaction that begins with {@link
 * NewItems.startChunk} and ends with {@link NewItems.changeLanes}, so that a queue is written once for each chunk and
 * not once for each item.
 */
export class NewItems {
  readonly #db: DatabaseSync;
  readonly #insert: StatementSync;
  readonly #insertPayload: StatementSync;
  readonly #changeLane: StatementSync;
  readonly #changes = new Map<string, LaneChange>();
  readonly #overrule: StatementSync;

  constructor(db: DatabaseSync) {
    this.#db = db;
    this.#insert = db.prepare(
      `INSERT INTO item (key, content, details, run, origin, feed, line, member, state, until, attempts, replaces)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.#insertPayload = db.prepare('INSERT INTO payload (item, journal) VALUES (?, ?)');
    this.#changeLane = db.prepare(
      `INSERT INTO lane (member, open, blocked) VALUES (?1, ?2, ?3)
       ON CONFLICT (member) DO UPDATE SET open = open + ?2, blocked = blocked + ?3,
         checked = CASE WHEN ?4 AND checked = ${checkedItem.absent} THEN ${checkedItem.no} ELSE checked END`,
    );
    this.#overrule = db.prepare(
      `INSERT INTO overruled (key, content, feed, line)
       SELECT item.key, item.content, feed.name, item.line FROM item JOIN feed ON feed.id = item.feed WHERE item.seq = ?1
       UNION
       SELECT item.key, item.content, feed.name, sighting.line FROM item JOIN sighting ON sighting.item = item.seq
       JOIN feed ON feed.id = sighting.feed WHERE item.seq = ?1
       ON CONFLICT DO NOTHING`,
    );
  }

  add({ transaction, content, details }: HashedTransaction, place: ItemPlace, beginning: Beginning): void {
    const { key, member, journal } = transaction;
    const { origin, state, until = 0, replaces } = beginning;
    const values: SQLInputValue[] = [key, content, details, place.run, origin, place.feed, place.line, member, state];
    const { lastInsertRowid } = this.#insert.run(
      ...values,
      state === 'unknown' ? until : null,
      replaces?.attempts ?? 0,
      replaces?.seq ?? null,
    );
    this.#insertPayload.run(lastInsertRowid, JSON.stringify(journal));
    this.#grow(member, state === 'unknown' ? 1 : 0);
  }

  /** Discards the changes of an earlier chunk that was not stored. */
  startChunk(): void {
    this.#changes.clear();
  }

  /** Stores the changes of the queues. */
  changeLanes(): void {
    for (const [member, { open, blocked, hasGrown }] of this.#changes) {
      this.#changeLane.run(member, open, blocked, +hasGrown);
    }
  }

  /**
   * Replaces a known item by a correction, at a new position and in the queue of its own member. The new item waits as
   * long as the old one had to. While the old one is being sent, nobody can tell how long that is, so the new one waits
   * for its outcome.
   */
  replace(known: LoadedItem, line: HashedTransaction, place: ItemPlace & { readonly lookUp: boolean }): void {
    this.#overrule.run(known.seq);
    this.#retire(known, place.run);
    const until = known.state === 'sent' ? Infinity : known.state === 'unknown' ? (known.until ?? 0) : 0;
    const state = place.lookUp ? 'unknown' : 'ready';
    // A key that was only imported from the org is not an earlier version of ours.
    const origin = known.run === 0 ? 'new' : 'corrected';
    this.add(line, place, { origin, state, until, replaces: known });
  }

  /**
   * Holds an item that an earlier run refused because of its member, until the member has been looked up again. If the
   * member is already known to exist, the item is looked up instead, like any other that is taken up.
   */
  hold(known: LoadedItem, run: number): void {
    moveItems(this.#db, { run, origin: 'takenUpByItself', which: 'seq = $item', parameters: { $item: known.seq } });
    const lane = this.#db.prepare('SELECT checked FROM lane WHERE member = ?').get(known.member);
    const state = lane?.['checked'] === checkedItem.found ? 'unknown' : 'held';
    this.#db
      .prepare('UPDATE item SET state = ?, until = ? WHERE seq = ?')
      .run(state, state === 'unknown' ? 0 : null, known.seq);
    this.#grow(known.member, 1);
  }

  /** Adds an item that waits for a person to a run that has its line again. */
  touch(known: KnownItem, run: number): void {
    if (known.run === run) return;
    moveItems(this.#db, { run, origin: 'carriedOver', which: 'seq = $item', parameters: { $item: known.seq } });
  }

  /**
   * Makes an item `replaced` in this run. If an earlier run has ended it, the item stays unchanged in the report of
   * that run. An item that is being sent stays `sent` until its answer arrives, because the org may accept it.
   */
  #retire({ seq, state, run, member }: LoadedItem, inRun: number): void {
    if (state === 'sent') {
      this.#db.prepare('UPDATE item SET current = NULL WHERE seq = ?').run(seq);
      return;
    }
    const isOpen = openStates.includes(state);
    const becomes = isOpen || run === inRun ? 'replaced' : state;
    this.#db.prepare('UPDATE item SET current = NULL, state = ?, until = NULL WHERE seq = ?').run(becomes, seq);
    this.#db.prepare('DELETE FROM payload WHERE item = ?').run(seq);
    if (isOpen) this.#change(member, { open: -1, blocked: blocking.has(state) ? -1 : 0, hasGrown: false });
  }

  #grow(member: string, blocked: 0 | 1): void {
    this.#change(member, { open: 1, blocked, hasGrown: true });
  }

  #change(member: string, by: LaneChange): void {
    const change = this.#changes.get(member);
    if (!change) {
      this.#changes.set(member, by);
      return;
    }
    change.open += by.open;
    change.blocked += by.blocked;
    change.hasGrown ||= by.hasGrown;
  }
}
