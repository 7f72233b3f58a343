import { inTransaction } from '../../base/sqlite/sqlite.js';
import type { DatabaseSync, StatementSync } from '../../base/sqlite/sqlite.js';
import type {
  BareItem,
  BareOutcome,
  Batch,
  DoneJournal,
  ItemFailure,
  OutboxItem,
  PositionBatch,
  PreparedDone,
} from '../item.js';
import type { AbsentReason, Delivery, EndedItem, ItemRefusal, PackingWish } from '../outboxDelivery.js';
import { BatchPacker } from './batchPacker.js';
import { CommitTurn } from './commitTurn.js';
import { itemColumns, ownStateTables, toItem } from './itemRows.js';
import { JournalCounter } from './journalCounter.js';
import { markDoubled } from './markDoubled.js';
import { MemberChecks } from './memberChecks.js';
import { OutcomeWriter } from './outcomeWriter.js';
import type { PackOptions } from '../queues/memberQueues.js';
import type { OutboxStore } from './outboxStore.js';
import { PreparedAnswers } from './preparedAnswers.js';
import { ReadyItems } from './readyItems.js';
import { recoverItems } from './recoverItems.js';
import { recordJournalIds, withoutJournalId } from './unnamedItems.js';
import { waitsForMember } from '../sameKey.js';

/** What is done may still have its payload: see `payloads.ts`. */
const oldestOpen = `
  SELECT item.at FROM payload JOIN item ON item.seq = payload.item
  LEFT JOIN item_state AS own ON own.item = payload.item
  WHERE (own.item IS NULL OR own.state IN ('held', 'ready', 'sent', 'unknown'))
    AND payload.item NOT IN (
      SELECT CAST(entry.key AS INTEGER) FROM batch, json_each(batch.done) AS entry
      WHERE batch.seq > (SELECT batch FROM payload_mark) AND batch.done IS NOT NULL)
  ORDER BY payload.item LIMIT 1`;

export class SqliteDelivery implements Delivery {
  readonly #store: OutboxStore;
  readonly #db: DatabaseSync;
  readonly #mustBeOurs: () => void;
  readonly #outcomes: OutcomeWriter;
  readonly #prepared: PreparedAnswers;
  readonly #journals: JournalCounter;
  readonly #checks: MemberChecks;
  readonly #packer: BatchPacker;
  readonly #turn: CommitTurn;
  readonly #hasDue: StatementSync;
  readonly #due: StatementSync;
  readonly #firstUnknownOf: StatementSync;
  readonly #postpone: StatementSync;
  readonly #nextUnknown: StatementSync;
  readonly #note: StatementSync;
  readonly #heldOf: StatementSync;
  readonly #touch: StatementSync;
  readonly #oldest: StatementSync;
  readonly #ready: ReadyItems;

  /**
   * @param mustBeOurs throws when the outbox no longer belongs to this process; is called within the transaction that
   * stores an intent
   */
  constructor(store: OutboxStore, mustBeOurs: () => void) {
    const { db } = store;
    this.#store = store;
    this.#db = db;
    this.#mustBeOurs = mustBeOurs;
    this.#outcomes = new OutcomeWriter(db, store);
    this.#prepared = new PreparedAnswers(store);
    this.#journals = new JournalCounter(db);
    this.#checks = new MemberChecks(db, store);
    this.#packer = new BatchPacker(store);
    this.#turn = new CommitTurn((work) =>
      store.change(() => {
        mustBeOurs();
        this.#journals.counting(work);
      }),
    );
    this.#hasDue = db.prepare(`SELECT 1 FROM item_state WHERE state = 'unknown' AND until <= ? LIMIT 1`);
    this.#due = db.prepare(
      `SELECT ${itemColumns} FROM ${ownStateTables} WHERE own.state = 'unknown' AND own.until <= ?
       ORDER BY own.until, own.item LIMIT ?`,
    );
    this.#firstUnknownOf = db.prepare(
      `SELECT item AS seq, until FROM item_state WHERE state = 'unknown' AND member = ? ORDER BY item LIMIT 1`,
    );
    this.#postpone = db.prepare('UPDATE item_state SET until = ? WHERE item = ?');
    this.#nextUnknown = db.prepare(`SELECT min(until) AS due FROM item_state WHERE state = 'unknown'`);
    this.#note = db.prepare(
      `UPDATE item_state SET code = ?1, message = ?2, tries = tries + 1
       WHERE item IN (SELECT value FROM json_each(?3))
         AND (state = 'ready' OR (state = 'held' AND coalesce(code, '') <> '${waitsForMember}'))`,
    );
    this.#touch = db.prepare(
      `INSERT INTO touched_member (member, touches) SELECT DISTINCT value COLLATE NOCASE, 1 FROM json_each(?) WHERE true
       ON CONFLICT DO UPDATE SET touches = touches + 1, reads = 0, due = 0`,
    );
    this.#heldOf = db.prepare(`SELECT item FROM item_state WHERE member = ? AND state = 'held'`);
    this.#oldest = db.prepare(oldestOpen);
    this.#ready = new ReadyItems(store);
  }

  async recover(settledAt: number): Promise<void> {
    this.#store.openItems.forgetAll();
    this.#store.changeTables(() => {
      this.#mustBeOurs();
      recoverItems(this.#store, settledAt);
    });
  }

  async uncheckedMembers(limit: number): Promise<string[]> {
    this.#store.openItems.loadForTurn();
    this.#store.openItems.refill();
    return this.#store.openItems.queues.unchecked(limit);
  }

  async checkedMembers(
    found: readonly string[],
    absent: readonly string[],
    reason: AbsentReason,
  ): Promise<readonly EndedItem[]> {
    const ended = this.#store.change(() => {
      this.#checks.found(found);
      return absent.flatMap((member) => this.#checks.absent(member, reason));
    });
    return this.#db
      .prepare('SELECT key, member FROM item WHERE seq IN (SELECT value FROM json_each(?)) ORDER BY seq')
      .all(JSON.stringify(ended))
      .map(({ key, member }) => ({ key: String(key), member: String(member) }));
  }

  async recheckMembers(): Promise<void> {
    this.#store.openItems.load();
    this.#store.openItems.queues.recheck();
  }

  async open(): Promise<number> {
    this.#store.openItems.loadForTurn();
    return this.#store.openItems.deliverable;
  }

  async oldestOpen(): Promise<number | undefined> {
    const at = this.#oldest.get()?.['at'];
    return at === undefined ? undefined : Number(at);
  }

  longestQueue(): number {
    this.#store.openItems.loadForTurn();
    return this.#store.openItems.queues.longest;
  }

  async pack(options: PackingWish): Promise<Batch[]> {
    return this.#packWith(options, (wanted) => this.#packer.pack(wanted));
  }

  async packPositions(options: PackingWish): Promise<PositionBatch[]> {
    return this.#packWith(options, (wanted) => this.#packer.packPositions(wanted));
  }

  async read(positions: readonly number[]): Promise<OutboxItem[]> {
    return this.#packer.read(positions);
  }

  async readBare(positions: readonly number[]): Promise<BareItem[]> {
    return this.#packer.readBare(positions);
  }

  mustBeOurs(): void {
    this.#mustBeOurs();
  }

  async repack(items: readonly OutboxItem[]): Promise<Batch> {
    return this.#store.change(() => {
      this.#mustBeOurs();
      const batch = this.#packer.repack(items);
      const sent = new Set(batch.items.map(({ seq }) => seq));
      this.#outcomes.endReplaced(items.filter(({ seq }) => !sent.has(seq)));
      return batch;
    });
  }

  /**
   * Answers often arrive together, and a commit costs the same for one as for many. What is settled and packed in one
   * turn of the event loop shares a commit.
   */
  async settle(outcomes: readonly BareOutcome[], touched: readonly string[] = []): Promise<void> {
    return this.#turn.begin(() => {
      const alone = this.#outcomes.write(outcomes);
      this.#journals.count(outcomes, alone);
      if (touched.length > 0) this.#touch.run(JSON.stringify(touched));
    });
  }

  async prepareDone(done: readonly DoneJournal[]): Promise<PreparedDone | undefined> {
    this.#store.openItems.load();
    return this.#prepared.prepare(done);
  }

  async settlePrepared(prepared: PreparedDone): Promise<boolean> {
    return this.#turn.begin(() => {
      const brought = this.#prepared.store(prepared);
      if (brought) this.#journals.bring(brought);
      return brought !== undefined;
    });
  }

  async markDoubled(keys: readonly string[], run?: string): Promise<number> {
    return this.#store.change(() => markDoubled(this.#store, keys, run));
  }

  async noteFailure(members: readonly string[], { code, message }: ItemFailure): Promise<void> {
    this.#store.change(() => {
      const ready = members.flatMap((member) => this.#store.openItems.queues.readyOf(member));
      this.#store.states.giveReady(ready);
      const held = members.flatMap((member) => this.#heldOf.all(member).map(({ item }) => Number(item)));
      this.#note.run(code, message, JSON.stringify([...ready, ...held]));
    });
  }

  async dueUnknown(now: number, limit: number): Promise<OutboxItem[]> {
    // Asked before every request, and mostly in vain.
    return this.#hasDue.get(now) ? this.#due.all(now, limit).map(toItem) : [];
  }

  async firstUnknown(items: readonly OutboxItem[]): Promise<OutboxItem[]> {
    return inTransaction(this.#db, () =>
      items.filter(({ seq, member }) => {
        const first = this.#firstUnknownOf.get(member);
        if (first?.['seq'] === seq) return true;
        this.#postpone.run(first?.['until'] ?? null, seq);
        return false;
      }),
    );
  }

  async nextDue(sends: boolean): Promise<number | undefined> {
    const { openItems } = this.#store;
    openItems.loadForTurn();
    openItems.refill();
    if (openItems.queues.hasUnchecked) return 0;
    const unknown = this.#nextUnknown.get()?.['due'];
    const times = [typeof unknown === 'number' ? unknown : undefined, sends ? openItems.queues.nextFree : undefined];
    const due = times.filter((time) => time !== undefined);
    return due.length === 0 ? undefined : Math.min(...due);
  }

  async withoutJournalId(limit: number): Promise<OutboxItem[]> {
    return withoutJournalId(this.#store, limit);
  }

  async recordJournalIds(found: readonly { seq: number; journalId: string | undefined }[]): Promise<void> {
    recordJournalIds(this.#store, found);
  }

  async readyAfter(seq: number, limit: number): Promise<OutboxItem[]> {
    return this.#ready.after(seq, limit);
  }

  async refuseReady(refusals: readonly ItemRefusal[]): Promise<void> {
    this.#ready.refuse(refusals);
  }

  async #packWith<T>(options: PackingWish, pack: (wanted: PackOptions) => T[]): Promise<T[]> {
    const wanted = { ...options, perMember: options.perMember ?? 1 };
    // Not in the transaction, which reading the queues may begin with one of its own.
    const { openItems } = this.#store;
    openItems.loadForTurn();
    const canPack = (): boolean => {
      openItems.refill();
      return openItems.queues.canTake(wanted);
    };
    return this.#turn.join(() => pack(wanted), canPack);
  }
}
