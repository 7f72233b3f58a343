import type { Clock } from '../../base/clock.js';
import type { DatabaseSync, SQLInputValue, StatementSync } from '../../base/sqlite/sqlite.js';
import type { Transaction } from '../../transaction.js';
import type { ItemOrigin } from '../item.js';
import { openStates } from '../item.js';
import { moveItems } from './itemMoves.js';
import type { KnownItem, LoadedItem } from './knownItems.js';
import type { AddedItem, OpenItems } from './openItems.js';
import type { OwnStates } from './ownStates.js';

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

/** How the correction of an item begins. */
interface Beginning {
  readonly origin: ItemOrigin;
  readonly state: 'ready' | 'unknown';
  /** For an unknown item: the time before which it must not be looked up. 0 when it is not in doubt. */
  readonly until: number;
  readonly attempts: number;
}

/** Rows that are stored by one statement. */
const rowsAtOnce = 50;
const itemColumns = ['seq', 'key', 'content', 'details', 'run', 'feed', 'line', 'member', 'replaces', 'at'] as const;
const payloadColumns = ['item', 'journal'] as const;

/**
 * Adds items to the outbox and to the queues of their members. Must be called within a transaction that begins with
 * {@link NewItems.startChunk} and ends with {@link NewItems.store}: most items of a chunk are stored together.
 */
export class NewItems {
  readonly #db: DatabaseSync;
  readonly #clock: Clock;
  readonly #openItems: OpenItems;
  readonly #states: OwnStates;
  readonly #insertMany: StatementSync;
  readonly #insertOne: StatementSync;
  readonly #payloadMany: StatementSync;
  readonly #payloadOne: StatementSync;
  readonly #ownState: StatementSync;
  readonly #overrule: StatementSync;
  #next = 0;
  /** When the chunk is stored. */
  #at = 0;
  /** Values of the rows to be stored, one row after the other. */
  #rows: SQLInputValue[] = [];
  #payloads: SQLInputValue[] = [];
  #added: AddedItem[] = [];

  constructor(
    db: DatabaseSync,
    { openItems, states }: { readonly openItems: OpenItems; readonly states: OwnStates },
    clock: Clock,
  ) {
    this.#db = db;
    this.#clock = clock;
    this.#openItems = openItems;
    this.#states = states;
    const insert = (table: string, columns: readonly string[], rows: number): StatementSync => {
      const one = `(${columns.map(() => '?').join(', ')})`;
      const values = Array.from({ length: rows }, () => one).join(', ');
      return db.prepare(`INSERT INTO ${table} (${columns.join(', ')}) VALUES ${values}`);
    };
    this.#insertMany = insert('item', itemColumns, rowsAtOnce);
    this.#insertOne = insert('item', itemColumns, 1);
    this.#payloadMany = insert('payload', payloadColumns, rowsAtOnce);
    this.#payloadOne = insert('payload', payloadColumns, 1);
    this.#ownState = db.prepare(
      `INSERT INTO item_state (item, member, run, origin, state, until, attempts, counted)
       VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, coalesce((SELECT counted FROM item_state WHERE item = ?8), 0))`,
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

  /** Adds an item whose key was not known. With `lookUpFirst`, it is looked up before it is sent. */
  add(line: HashedTransaction, place: ItemPlace, { lookUpFirst }: { readonly lookUpFirst: boolean }): void {
    const seq = this.#put(line, place, null);
    const { member } = line.transaction;
    this.#added.push({ seq, member, isReady: !lookUpFirst, hasDetails: hasDetails(line) });
    if (lookUpFirst) this.#ownState.run(seq, member, place.run, 'new', 'unknown', 0, 0, null);
  }

  /** Discards the items of an earlier chunk that was not stored. */
  startChunk(): void {
    const latest = this.#db.prepare('SELECT coalesce(max(seq), 0) AS seq FROM item').get();
    this.#next = Number(latest?.['seq']) + 1;
    this.#at = this.#clock.now();
    this.#rows = [];
    this.#payloads = [];
    this.#added = [];
  }

  /** Stores the items that were added since the last call. */
  store(): void {
    insertAll(this.#rows, itemColumns.length, { many: this.#insertMany, one: this.#insertOne });
    insertAll(this.#payloads, payloadColumns.length, { many: this.#payloadMany, one: this.#payloadOne });
    this.#rows = [];
    this.#payloads = [];
  }

  /** Puts what was stored into the queues. Must be called after the commit. */
  enqueue(): void {
    this.#openItems.add(this.#added);
    this.#added = [];
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
    this.#addCorrection(line, { place, known }, { origin, state, until, attempts: known.attempts });
  }

  /**
   * Holds an item that an earlier run refused because of its member, until the member has been looked up again. If the
   * member is already known to exist, the item is looked up instead, like any other that is taken up.
   */
  hold(known: LoadedItem, run: number): void {
    const { seq, member } = known;
    moveItems(this.#db, { run, origin: 'takenUpByItself', seqs: [seq] });
    const isFound = this.#db.prepare('SELECT 1 FROM found_member WHERE member = ?').get(member) !== undefined;
    const state = isFound ? 'unknown' : 'held';
    this.#db.prepare('UPDATE item_state SET state = ?, until = ? WHERE item = ?').run(state, isFound ? 0 : null, seq);
    this.#added.push({ seq, member, isReady: false, hasDetails: true });
  }

  /** Adds an item that waits for a person to a run that has its line again. */
  addToRun(known: KnownItem, run: number): void {
    if (known.run === run) return;
    this.#states.give([known.seq]);
    moveItems(this.#db, { run, origin: 'carriedOver', seqs: [known.seq] });
  }

  #addCorrection(
    line: HashedTransaction,
    { place, known }: { readonly place: ItemPlace; readonly known: LoadedItem },
    { origin, state, until, attempts }: Beginning,
  ): void {
    const seq = this.#put(line, place, known.seq);
    this.store();
    const { member } = line.transaction;
    this.#ownState.run(seq, member, place.run, origin, state, state === 'unknown' ? until : null, attempts, known.seq);
    this.#added.push({ seq, member, isReady: state === 'ready', hasDetails: hasDetails(line) });
  }

  #put({ transaction, content, details }: HashedTransaction, place: ItemPlace, replaces: number | null): number {
    const seq = this.#next++;
    const { key, member, journal } = transaction;
    this.#rows.push(seq, key, content, details, place.run, place.feed, place.line, member, replaces, this.#at);
    this.#payloads.push(seq, JSON.stringify(journal));
    return seq;
  }

  /**
   * Makes an item `replaced` in this run. If an earlier run has ended it, the item stays unchanged in the report of
   * that run. An item that is being sent stays `sent` until its answer arrives, because the org may accept it.
   */
  #retire({ seq, state, run, member }: LoadedItem, inRun: number): void {
    this.#states.give([seq]);
    if (state === 'sent') {
      this.#db.prepare('UPDATE item_state SET current = 0 WHERE item = ?').run(seq);
      return;
    }
    const wasOpen = openStates.includes(state);
    const becomes = wasOpen || run === inRun ? 'replaced' : state;
    this.#db.prepare('UPDATE item_state SET current = 0, state = ?, until = NULL WHERE item = ?').run(becomes, seq);
    this.#db.prepare('DELETE FROM payload WHERE item = ?').run(seq);
    if (!wasOpen) return;
    const isAdded = this.#added.findIndex((each) => each.seq === seq);
    if (isAdded >= 0) this.#added.splice(isAdded, 1);
    else this.#openItems.withdraw({ seq, member }, state);
  }
}

function hasDetails({ transaction: { enrollment } }: HashedTransaction): boolean {
  return enrollment !== undefined && !('problem' in enrollment);
}

/** @param width number of values in a row */
function insertAll(
  values: readonly SQLInputValue[],
  width: number,
  { many, one }: { readonly many: StatementSync; readonly one: StatementSync },
): void {
  const block = rowsAtOnce * width;
  const whole = values.length - (values.length % block);
  for (let at = 0; at < whole; at += block) many.run(...values.slice(at, at + block));
  for (let at = whole; at < values.length; at += width) one.run(...values.slice(at, at + width));
}
