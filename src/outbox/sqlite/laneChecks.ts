import type { DatabaseSync, StatementSync } from '../../base/sqlite/sqlite.js';
import type { AbsentReason } from '../outbox.js';
import { checkedItem } from './itemRows.js';

/** Applies the look-ups of members to their items. Must be called within a transaction. */
export class LaneChecks {
  readonly #lookUpHeld: StatementSync;
  readonly #check: StatementSync;
  readonly #refuseReady: StatementSync;
  readonly #refuseHeld: StatementSync;
  readonly #reportAgain: StatementSync;
  readonly #restore: StatementSync;
  readonly #forgetPast: StatementSync;
  readonly #end: StatementSync;

  constructor(db: DatabaseSync) {
    this.#lookUpHeld = db.prepare(`UPDATE item SET state = 'unknown', until = 0 WHERE member = ? AND state = 'held'`);
    this.#check = db.prepare('UPDATE lane SET checked = ? WHERE member = ?');
    // The states are literals, so that SQLite uses the partial indexes for them.
    const refuse = (state: string): StatementSync =>
      db.prepare(`UPDATE item SET state = 'refused', code = ?, message = ? WHERE member = ? AND state = '${state}'`);
    this.#refuseReady = refuse('ready');
    this.#refuseHeld = refuse('held');
    this.#reportAgain = db.prepare(
      `INSERT INTO line (run, kind, feed, line, key, member, code, message)
       SELECT item.run, 'refusedBefore', feed.name, sighting.line, item.key, item.member, past.code, past.message
       FROM item JOIN sighting ON sighting.item = item.seq JOIN feed ON feed.id = sighting.feed JOIN past ON ${latest}
       WHERE ${takenUp} AND (sighting.feed, sighting.line) = (
         SELECT first.feed, first.line FROM sighting AS first JOIN feed AS own ON own.id = first.feed
         WHERE first.item = item.seq AND own.run = item.run ORDER BY first.feed, first.line LIMIT 1)
       ORDER BY sighting.feed, sighting.line`,
    );
    this.#restore = db.prepare(
      `UPDATE item SET run = past.run, origin = past.origin, state = past.state, tries = past.tries, code = past.code,
         message = past.message
       FROM past WHERE ${takenUp} AND ${latest} RETURNING item.seq`,
    );
    this.#forgetPast = db.prepare('DELETE FROM past WHERE item = ? AND run = (SELECT run FROM item WHERE seq = ?)');
    this.#end = db.prepare('UPDATE lane SET checked = ?, open = open - ?, blocked = blocked - ? WHERE member = ?');
  }

  /**
   * Makes held items of an existing member unknown, so that they are looked up, because they may have been sent before.
   */
  found(member: string): void {
    this.#lookUpHeld.run(member);
    this.#check.run(checkedItem.found, member);
  }

  /**
   * Refuses ready items. Held ones return to the state that they had before this run read them again, and the run
   * reports that they were refused before. Returns how many items ended.
   */
  absent(member: string, { code, message }: AbsentReason): number {
    const ready = Number(this.#refuseReady.run(code, message(member), member).changes);
    const held = this.#giveBack(member) + Number(this.#refuseHeld.run(code, message(member), member).changes);
    this.#end.run(checkedItem.absent, ready + held, held, member);
    return ready + held;
  }

  #giveBack(member: string): number {
    this.#reportAgain.run(member);
    const restored = this.#restore.all(member);
    for (const { seq } of restored) this.#forgetPast.run(Number(seq), Number(seq));
    return restored.length;
  }
}

/** The state of an item before the run took it up. */
const latest = 'past.seq = (SELECT max(other.seq) FROM past AS other WHERE other.item = item.seq)';

/** Items that this run holds only because it has read them again. */
const takenUp = `item.member = ? AND item.state = 'held' AND item.origin = 'takenUpByItself'`;
