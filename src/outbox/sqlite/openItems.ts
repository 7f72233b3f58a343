import type { DatabaseSync, StatementSync } from '../../base/sqlite/sqlite.js';
import { MemberQueues } from '../queues/memberQueues.js';
import type { QueuedItem } from '../queues/memberQueues.js';
import type { ItemState } from '../item.js';
import type { BatchLog } from './batchLog.js';
import { isOpen, needsPerson } from './itemRows.js';
import type { ItemRow } from './itemRows.js';
import type { Payloads } from './payloads.js';

interface ItemOfMember {
  readonly seq: number;
  readonly member: string;
}

/** An item that has just been stored. */
export type AddedItem = QueuedItem & ItemOfMember;

/** Most open items in memory, whoever they belong to. */
const mostInMemory = 500_000;

/** Most rows that are read at a time. */
const stride = 50_000;

/**
 * The queues of the members, as far as they fit into memory: the first open items in the order of the outbox, up to
 * `#horizon`. Items after it are only counted until there is room, so that memory does not grow with what is open.
 *
 * What is in memory only repeats what is stored. It is read again after a failed commit, and when another connection has
 * written.
 */
export class OpenItems {
  readonly #db: DatabaseSync;
  readonly #log: BatchLog;
  readonly #payloads: Payloads;
  readonly #most: number;
  readonly #version: StatementSync;
  readonly #foundAmong: StatementSync;
  #queues: MemberQueues | undefined;
  /** The queues before they have to be read again. */
  #stale: MemberQueues | undefined;
  #readAt: unknown;
  /** Whether it was asked in this turn of the event loop what other connections have written. */
  #isFresh = false;
  /** Position of the last item that is in memory, or Infinity if all are. */
  #horizon = Infinity;
  /** Position of the last item that has been read or added. */
  #latest = 0;
  /** Open items after the horizon. */
  #beyond = 0;
  #parked = 0;

  constructor(db: DatabaseSync, parts: { readonly log: BatchLog; readonly payloads: Payloads }, most = mostInMemory) {
    this.#db = db;
    this.#log = parts.log;
    this.#payloads = parts.payloads;
    this.#most = most;
    this.#version = db.prepare('PRAGMA data_version');
    this.#foundAmong = db.prepare('SELECT member FROM found_member WHERE member IN (SELECT value FROM json_each(?))');
  }

  /** Discards what is in memory. What only memory knows, such as a pause of a member, is kept for the next reading. */
  forget(): void {
    this.#stale = this.#queues ?? this.#stale;
    this.#queues = undefined;
    this.#log.forget();
    this.#payloads.forget();
  }

  /**
   * As {@link OpenItems.load}, but sees what other connections write only in the next turn of the event loop. Enough for
   * whoever changes nothing.
   */
  loadForTurn(): void {
    if (this.#queues && this.#isFresh) return;
    this.load();
    this.#isFresh = true;
    setImmediate(() => (this.#isFresh = false));
  }

  /** Reads what is open, unless it is known. Must not be called within a transaction. */
  load(): void {
    const version = this.#version.get()?.['data_version'];
    if (this.#queues && version === this.#readAt) return;
    this.forget();
    this.#readAt = version;
    this.#queues = new MemberQueues();
    this.#payloads.dropLeftIfAny();
    this.#horizon = 0;
    this.#parked = this.#countParked();
    this.#read(this.#queues, this.#most);
    if (this.#stale) this.#queues.adopt(this.#stale);
    this.#stale = undefined;
  }

  /** Discards also what only memory knows: a process begins. */
  forgetAll(): void {
    this.forget();
    this.#stale = undefined;
  }

  /** Absent members among these are looked up again. */
  lookUpAgain(members: readonly string[]): void {
    for (const member of members) (this.#queues ?? this.#stale)?.touch(member, { ended: 0 });
  }

  /**
   * Reads more items if there is room, or if all that is in memory waits for something that may never end: a parked item
   * holds up its own member only.
   */
  refill(): void {
    if (this.#beyond > 0 && this.queues.open * 2 < this.#most) this.#read(this.queues, this.#most - this.queues.open);
    while (this.#beyond > 0 && this.#isHeldUp()) this.#read(this.queues, stride);
  }

  #isHeldUp(): boolean {
    const { nextFree, hasUnchecked } = this.queues;
    return nextFree === undefined && !hasUnchecked && !this.#log.isUnderWay;
  }

  get queues(): MemberQueues {
    if (!this.#queues) throw new Error('The queues have not been read.');
    return this.#queues;
  }

  /** Number of all open items. */
  get open(): number {
    return this.queues.open + this.#beyond;
  }

  /** Number of those that do not wait for a person. */
  get deliverable(): number {
    return this.open - this.#parked;
  }

  /** Whether the item is open without being in memory. */
  isBeyond(seq: number): boolean {
    return seq > this.#horizon;
  }

  /** A blocked item has ended. */
  end({ seq, member }: ItemOfMember): void {
    if (this.isBeyond(seq)) this.#beyond -= 1;
    else this.queues.touch(member, { ended: 1 });
  }

  /** An open item has been replaced. */
  withdraw({ seq, member }: ItemOfMember, was: ItemState): void {
    if (was === 'parked') this.#parked -= 1;
    if (this.isBeyond(seq)) this.#beyond -= 1;
    else this.queues.withdraw(member, seq, was === 'ready');
  }

  /** A blocked item is ready again, but nothing of its member may be sent before `until`. */
  makeReady({ seq, member }: ItemOfMember, until: number): void {
    if (!this.isBeyond(seq)) this.queues.makeReady(member, seq, until);
  }

  /** A blocked item waits on. */
  wait({ seq, member }: ItemOfMember): void {
    if (!this.isBeyond(seq)) this.queues.touch(member, { ended: 0 });
  }

  /** A blocked item waits for a person from now on. */
  park(item: ItemOfMember): void {
    this.#parked += 1;
    this.wait(item);
  }

  /** Adds items that were stored, in their order. */
  add(items: readonly AddedItem[]): void {
    const { queues } = this;
    const fresh = new Set(items.flatMap(({ member }) => (queues.has(member) ? [] : member)));
    const found = this.#found([...fresh]);
    for (const item of items) {
      // An old item, which a feed has taken up, must not put the horizon before items that are in memory.
      const isFull = this.#horizon === Infinity && queues.open >= this.#most;
      if (isFull && item.seq > this.#latest) this.#horizon = item.seq - 1;
      this.#latest = Math.max(this.#latest, item.seq);
      if (this.isBeyond(item.seq)) this.#beyond += 1;
      else queues.add(item.member, item, found.has(item.member.toLowerCase()));
    }
  }

  #found(members: readonly string[]): Set<string> {
    if (members.length === 0) return new Set();
    const rows = this.#foundAmong.all(JSON.stringify(members));
    return new Set(rows.map(({ member }) => String(member).toLowerCase()));
  }

  /** Reads up to `count` items after the horizon. */
  #read(queues: MemberQueues, count: number): void {
    const select = this.#db.prepare(
      `SELECT payload.item AS seq, item.member, own.state, found.member IS NOT NULL AS found
       FROM payload JOIN item ON item.seq = payload.item
       LEFT JOIN item_state AS own ON own.item = payload.item
       LEFT JOIN found_member AS found ON found.member = item.member
       WHERE payload.item > ? AND (own.item IS NULL OR own.${isOpen}) ORDER BY payload.item LIMIT ?`,
    );
    for (let left = count; left > 0; left -= stride) {
      const wanted = Math.min(stride, left);
      const rows = select.all(this.#horizon, wanted);
      for (const row of rows) this.#readOne(queues, row);
      if (rows.length < wanted) {
        this.#horizon = Infinity;
        this.#beyond = 0;
        return;
      }
    }
    this.#beyond = this.#countBeyond();
  }

  #readOne(queues: MemberQueues, { seq, member, state, found }: ItemRow): void {
    const isReady = state === 'ready' || (state === null && this.#log.batchOf(Number(seq)) === undefined);
    queues.add(String(member), { seq: Number(seq), isReady }, found === 1);
    this.#horizon = Number(seq);
    this.#latest = Math.max(this.#latest, this.#horizon);
  }

  #countParked(): number {
    // The first condition follows from the second. It lets SQLite use an index.
    const row = this.#db
      .prepare(`SELECT count(*) AS n FROM item_state WHERE ${needsPerson} AND state = 'parked'`)
      .get();
    return Number(row?.['n']);
  }

  #countBeyond(): number {
    const row = this.#db
      .prepare(
        `SELECT count(*) AS n FROM payload LEFT JOIN item_state AS own ON own.item = payload.item
         WHERE payload.item > ? AND (own.item IS NULL OR own.${isOpen})`,
      )
      .get(this.#horizon);
    return Number(row?.['n']);
  }
}
