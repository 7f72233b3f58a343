import type { DatabaseSync, StatementSync } from '../../base/sqlite.js';
import type { Outcome } from '../item.js';
import { checked } from './itemRows.js';

/** Writes what became of an item into its row and its member's queue. To be called within a transaction. */
export class OutcomeWriter {
  readonly #settle: StatementSync;
  readonly #wait: StatementSync;
  readonly #changeLane: StatementSync;
  readonly #dropPayload: StatementSync;
  readonly #keepPayloads: boolean;

  public constructor(db: DatabaseSync, keepPayloads: boolean) {
    this.#keepPayloads = keepPayloads;
    this.#settle = db.prepare(
      `UPDATE item SET state = ?, until = NULL, mend = 0, journal_id = ?, found = ?, effect = ?, cancelled = ?, code = ?,
       message = ? WHERE seq = ?`,
    );
    // A look-up that finds nothing says no more than the failure that made it necessary: that stays.
    this.#wait = db.prepare(
      `UPDATE item SET state = ?1, until = ?2, code = coalesce(?3, code), message = coalesce(?4, message),
       tries = tries + (?3 IS NOT NULL), attempts = attempts - ?6 WHERE seq = ?5`,
    );
    // An item that is ready again may belong to a member who was looked for while it was on its way.
    this.#changeLane = db.prepare(
      `UPDATE lane SET open = open + ?, blocked = blocked + ?, until = ?,
       checked = CASE checked WHEN ${checked.absent} THEN ${checked.no} ELSE checked END WHERE member = ?`,
    );
    this.#dropPayload = db.prepare('DELETE FROM payload WHERE item = ?');
  }

  public write(outcome: Outcome): void {
    const { item } = outcome;
    switch (outcome.to) {
      case 'ready':
      case 'unknown':
        this.#writeWaiting(outcome);
        return;
      case 'done': {
        const { journalId, found, effect, cancelled = false } = outcome;
        this.#settle.run('done', journalId ?? null, +found, flag(effect), +cancelled, null, null, item.seq);
        if (!this.#keepPayloads) this.#dropPayload.run(item.seq);
        break;
      }
      default: {
        const { to, journalId, code, message } = outcome;
        this.#settle.run(to, journalId ?? null, 0, null, 0, code, message, item.seq);
      }
    }
    // A parked item still holds its member up.
    const ended = outcome.to === 'parked' ? 0 : -1;
    this.#changeLane.run(ended, ended, 0, item.member);
  }

  #writeWaiting({ item, to, until, failure, neverLeft = false }: Extract<Outcome, { to: 'ready' | 'unknown' }>): void {
    const isReady = to === 'ready';
    this.#wait.run(to, isReady ? null : until, failure?.code ?? null, failure?.message ?? null, item.seq, +neverLeft);
    this.#changeLane.run(0, isReady ? -1 : 0, isReady ? until : 0, item.member);
  }
}

function flag(value: boolean | undefined): number | null {
  return value === undefined ? null : +value;
}
