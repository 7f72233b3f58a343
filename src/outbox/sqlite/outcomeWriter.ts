import type { DatabaseSync, StatementSync } from '../../base/sqlite/sqlite.js';
import type { Outcome } from '../item.js';
import { checkedItem } from './itemRows.js';

/** Writes what became of an item into its row and its member's queue. Must be called within a transaction. */
export class OutcomeWriter {
  readonly #settle: StatementSync;
  readonly #await: StatementSync;
  readonly #changeLane: StatementSync;
  readonly #dropPayloads: StatementSync;
  readonly #replace: StatementSync;
  readonly #release: StatementSync;
  readonly #keepPayloads: boolean;

  constructor(db: DatabaseSync, keepPayloads: boolean) {
    this.#keepPayloads = keepPayloads;
    this.#settle = db.prepare(
      `UPDATE item SET state = ?, until = NULL, mend = 0, journal_id = ?, found = ?, effect = ?, cancelled = ?, code = ?,
       message = ? WHERE seq = ? AND current = 1`,
    );
    // A look-up that finds nothing gives no new reason, so the reason of the failure before it stays.
    this.#await = db.prepare(
      `UPDATE item SET state = ?1, until = ?2, code = coalesce(?3, code), message = coalesce(?4, message),
       tries = tries + (?3 IS NOT NULL), attempts = attempts - ?6 WHERE seq = ?5 AND current = 1`,
    );
    // An item that is ready again may belong to a member who was looked up while it was being sent.
    this.#changeLane = db.prepare(
      `UPDATE lane SET open = open + ?, blocked = blocked + ?, until = ?,
       checked = CASE checked WHEN ${checkedItem.absent} THEN ${checkedItem.no} ELSE checked END WHERE member = ?`,
    );
    this.#dropPayloads = db.prepare('DELETE FROM payload WHERE item IN (SELECT value FROM json_each(?))');
    this.#replace = db.prepare(
      `UPDATE item SET state = ?, until = NULL, journal_id = ?, found = ?, effect = ?, cancelled = ?
       WHERE seq = ? AND current IS NULL AND state = 'sent'`,
    );
    // Releases items that no longer wait for a request. `firstUnknown` may have made others wait for them.
    this.#release = db.prepare(
      `UPDATE item SET until = ? WHERE state = 'unknown' AND until = 9e999 AND NOT EXISTS (
         SELECT 1 FROM item AS old WHERE old.key = item.key AND old.current IS NULL AND old.state = 'sent')`,
    );
  }

  write(outcomes: readonly Outcome[]): void {
    const ended = outcomes.flatMap((outcome) => (this.#writeOne(outcome) ? outcome.item.seq : []));
    if (ended.length > 0) this.#dropPayloads.run(JSON.stringify(ended));
  }

  /** Returns whether the payload of the item is no longer needed. */
  #writeOne(outcome: Outcome): boolean {
    const isCurrent = isWaiting(outcome) ? this.#wait(outcome) : this.#end(outcome);
    if (isCurrent) return outcome.to === 'done' && !this.#keepPayloads;
    this.#endReplaced(outcome);
    return true;
  }

  /** Returns false, like the next method, if a correction has replaced the item. */
  #end(outcome: Exclude<Outcome, Waiting>): boolean {
    const { item, to, journalId = null } = outcome;
    const isDone = outcome.to === 'done';
    const { changes } = isDone
      ? this.#settle.run(to, journalId, ...howDone(outcome), null, null, item.seq)
      : this.#settle.run(to, journalId, 0, null, 0, outcome.code, outcome.message, item.seq);
    if (changes === 0) return false;
    // A parked item still holds its member up.
    const ended = to === 'parked' ? 0 : -1;
    this.#changeLane.run(ended, ended, 0, item.member);
    return true;
  }

  #wait({ item, to, until, failure, neverLeft = false }: Waiting): boolean {
    const isReady = to === 'ready';
    const { code = null, message = null } = failure ?? {};
    const values = [to, isReady ? null : until, code, message, item.seq, +neverLeft];
    if (this.#await.run(...values).changes === 0) return false;
    this.#changeLane.run(0, isReady ? -1 : 0, isReady ? until : 0, item.member);
    return true;
  }

  /**
   * Ends an item that was corrected while it was being sent. It is done if the org accepted it; otherwise it is
   * replaced. Its correction has waited for this, and is looked up when the doubt is over. An item that was replaced
   * during its look-up is already settled.
   */
  #endReplaced(outcome: Outcome): void {
    const isDone = outcome.to === 'done';
    const how = isDone ? [outcome.journalId ?? null, ...howDone(outcome)] : [null, 0, null, 0];
    const { seq, member } = outcome.item;
    if (this.#replace.run(isDone ? 'done' : 'replaced', ...how, seq).changes === 0) return;
    this.#release.run(outcome.to === 'unknown' ? outcome.until : 0);
    this.#changeLane.run(-1, -1, 0, member);
  }
}

type Waiting = Extract<Outcome, { to: 'ready' | 'unknown' }>;
type Done = Extract<Outcome, { to: 'done' }>;

function isWaiting(outcome: Outcome): outcome is Waiting {
  return outcome.to === 'ready' || outcome.to === 'unknown';
}

/** Returns whether it was found, whether it had an effect, and whether it was cancelled. */
function howDone({ found, effect, cancelled = false }: Done): (number | null)[] {
  return [+found, flag(effect), +cancelled];
}

function flag(value: boolean | undefined): number | null {
  return value === undefined ? null : +value;
}
