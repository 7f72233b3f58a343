import type { DatabaseSync, StatementSync } from '../../base/sqlite/sqlite.js';
import type { BareOutcome, OutboxItem } from '../item.js';
import type { BatchLog } from './batchLog.js';
import type { OpenItems } from './openItems.js';
import type { OwnStates } from './ownStates.js';
import type { Payloads } from './payloads.js';

type Waiting = Extract<BareOutcome, { to: 'ready' | 'unknown' }>;
type Done = Extract<BareOutcome, { to: 'done' }>;

export interface OutcomeParts {
  readonly log: BatchLog;
  readonly states: OwnStates;
  readonly openItems: OpenItems;
  readonly payloads: Payloads;
}

/**
 * Writes what became of items. Items of one batch that are simply done need only the answer in the row of the batch;
 * any other item gets a state of its own. Must be called within a transaction.
 */
export class OutcomeWriter {
  readonly #log: BatchLog;
  readonly #states: OwnStates;
  readonly #openItems: OpenItems;
  readonly #payloads: Payloads;
  readonly #settle: StatementSync;
  readonly #await: StatementSync;
  readonly #endReplaced: StatementSync;
  readonly #release: StatementSync;
  readonly #forgetIncrement: StatementSync;

  constructor(db: DatabaseSync, { log, states, openItems, payloads }: OutcomeParts) {
    this.#log = log;
    this.#states = states;
    this.#openItems = openItems;
    this.#payloads = payloads;
    this.#settle = db.prepare(
      `UPDATE item_state SET state = ?, until = NULL, mend = 0, journal_id = ?, found = ?, effect = ?, cancelled = ?,
         code = ?, message = ? WHERE item = ? AND current = 1`,
    );
    // A look-up that finds nothing gives no new reason, so the reason of the failure before it stays.
    this.#await = db.prepare(
      `UPDATE item_state SET state = ?1, until = ?2, code = coalesce(?3, code), message = coalesce(?4, message),
       tries = tries + (?3 IS NOT NULL), attempts = attempts - ?6 WHERE item = ?5 AND current = 1`,
    );
    this.#endReplaced = db.prepare(
      `UPDATE item_state SET state = ?, until = NULL, journal_id = ?, found = ?, effect = ?, cancelled = ?
       WHERE item = ? AND current = 0 AND state = 'sent'`,
    );
    this.#forgetIncrement = db.prepare('DELETE FROM increment WHERE item = ?');
    // Releases items that no longer wait for a request. `firstUnknown` may have made others wait for them.
    this.#release = db.prepare(
      `UPDATE item_state SET until = ? WHERE state = 'unknown' AND until = 9e999 AND NOT EXISTS (
         SELECT 1 FROM item AS mine JOIN item AS old ON old.key = mine.key
         JOIN item_state AS own ON own.item = old.seq AND own.current = 0 AND own.state = 'sent'
         WHERE mine.seq = item_state.item)`,
    );
  }

  /** Returns the positions of the items that have a state of their own now. */
  write(outcomes: readonly BareOutcome[]): ReadonlySet<number> {
    const { answers, others } = this.#sorted(outcomes);
    const released = others.flatMap(({ item: { seq } }) => (this.#log.batchOf(seq) === undefined ? [] : seq));
    this.#states.giveSent(released);
    const changed = this.#log.release(released);
    for (const [batch, all] of answers) this.#answer(batch, all);
    this.#log.store(changed);
    const alone = new Set(others.map(({ item }) => item.seq));
    this.#states.give([...alone]);
    const ended = others.flatMap((outcome) => (this.#writeOne(outcome) ? outcome.item.seq : []));
    if (ended.length > 0) this.#payloads.dropNow(ended);
    if (this.#openItems.open === 0) this.#payloads.dropWaiting();
    return alone;
  }

  /** Ends those of these items that were corrected while they were being sent, and are certainly not in the org. */
  endReplaced(items: readonly OutboxItem[]): void {
    const ended = items.filter((item) => this.#writeReplaced({ item, to: 'ready', until: 0 }));
    this.#payloads.dropNow(ended.map(({ seq }) => seq));
  }

  /** Finds the batches that these outcomes end without any exception, but for the others. */
  #sorted(outcomes: readonly BareOutcome[]): { answers: Map<number, Done[]>; others: BareOutcome[] } {
    const others: BareOutcome[] = [];
    const answers = new Map<number, Done[]>();
    const left = new Map<number, Set<number>>();
    for (const outcome of outcomes) {
      const { seq } = outcome.item;
      const batch = this.#log.batchOf(seq);
      if (batch === undefined) {
        others.push(outcome);
        continue;
      }
      const open = left.get(batch) ?? new Set(this.#log.itemsOf(batch));
      left.set(batch, open);
      if (!open.delete(seq)) continue;
      const dones = answers.get(batch) ?? [];
      answers.set(batch, dones);
      if (fitsBatchRow(outcome) && knowsEffect(outcome) === knowsEffect(dones[0] ?? outcome)) dones.push(outcome);
      else others.push(outcome);
    }
    for (const [batch, dones] of answers) {
      // What is still under way keeps the batch open.
      if (left.get(batch)?.size === 0 && dones.length > 0) continue;
      others.push(...dones);
      answers.delete(batch);
    }
    return { answers, others };
  }

  #answer(batch: number, dones: readonly Done[]): void {
    const items = dones.map(({ item: { seq }, journalId, effect }) => ({ seq, journalId, effect }));
    this.#log.answer(batch, items);
    for (const { item } of dones) this.#openItems.end(item);
    this.#payloads.dropLater(items.map(({ seq }) => seq));
  }

  /** Returns whether the payload of the item is no longer needed. */
  #writeOne(outcome: BareOutcome): boolean {
    if (outcome.endsIncrement) this.#forgetIncrement.run(outcome.item.seq);
    const isCurrent = isWaiting(outcome) ? this.#wait(outcome) : this.#end(outcome);
    if (isCurrent) return outcome.to === 'done';
    this.#writeReplaced(outcome);
    return true;
  }

  /** Returns false, like the next method, if a correction has replaced the item. */
  #end(outcome: Exclude<BareOutcome, Waiting>): boolean {
    const { item, to, journalId = null } = outcome;
    const isDone = outcome.to === 'done';
    const { changes } = isDone
      ? this.#settle.run(to, journalId, ...howDone(outcome), null, null, item.seq)
      : this.#settle.run(to, journalId, 0, null, 0, outcome.code, outcome.message, item.seq);
    if (changes === 0) return false;
    // A parked item still holds its member up.
    if (to === 'parked') this.#openItems.park(item);
    else this.#openItems.end(item);
    return true;
  }

  #wait({ item, to, until, failure, neverLeft = false }: Waiting): boolean {
    const isReady = to === 'ready';
    const { code = null, message = null } = failure ?? {};
    const values = [to, isReady ? null : until, code, message, item.seq, +neverLeft];
    if (this.#await.run(...values).changes === 0) return false;
    if (isReady) this.#openItems.makeReady(item, until);
    else this.#openItems.wait(item);
    return true;
  }

  /**
   * Ends an item that was corrected while it was being sent. It is done if the org accepted it; otherwise it is
   * replaced. Its correction has waited for this, and is looked up when the doubt is over. An item that was replaced
   * during its look-up is already settled.
   */
  #writeReplaced(outcome: BareOutcome): boolean {
    const isDone = outcome.to === 'done';
    const how = isDone ? [outcome.journalId ?? null, ...howDone(outcome)] : [null, 0, null, 0];
    const { item } = outcome;
    if (this.#endReplaced.run(isDone ? 'done' : 'replaced', ...how, item.seq).changes === 0) return false;
    this.#release.run(outcome.to === 'unknown' ? outcome.until : 0);
    this.#openItems.end(item);
    return true;
  }
}

function isWaiting(outcome: BareOutcome): outcome is Waiting {
  return outcome.to === 'ready' || outcome.to === 'unknown';
}

/** Returns whether the row of a batch can say this. */
function fitsBatchRow(outcome: BareOutcome): outcome is Done {
  return outcome.to === 'done' && !outcome.found && outcome.cancelled !== true;
}

function knowsEffect(outcome: BareOutcome): boolean {
  return outcome.to === 'done' && outcome.effect !== undefined;
}

/** Returns whether it was found, whether it had an effect, and whether it was cancelled. */
function howDone({ found, effect, cancelled = false }: Done): (number | null)[] {
  return [+found, effect === undefined ? null : +effect, +cancelled];
}
