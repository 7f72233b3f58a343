import type { DatabaseSync, StatementSync } from '../../base/sqlite.js';
import type { AbsentReason } from '../outbox.js';
import { checked } from './itemRows.js';

/** What follows for the items of members who have been looked for. To be called within a transaction. */
export class LaneChecks {
  readonly #lookUpHeld: StatementSync;
  readonly #check: StatementSync;
  readonly #refuse: StatementSync;
  readonly #reportAgain: StatementSync;
  readonly #restore: StatementSync;
  readonly #forgetPast: StatementSync;
  readonly #end: StatementSync;

  public constructor(db: DatabaseSync) {
    this.#lookUpHeld = db.prepare(`UPDATE item SET state = 'unknown', until = 0 WHERE member = ? AND state = 'held'`);
    this.#check = db.prepare('UPDATE lane SET checked = ? WHERE member = ?');
    this.#refuse = db.prepare(
      'UPDATE item SET state = ?, code = ?, message = ? WHERE member = ? AND state = ? RETURNING seq',
    );
    // The line that took it up. Others of this run that brought it again are counted already.
    this.#reportAgain = db.prepare(
      `INSERT INTO line (run, kind, feed, line, key, member, code, message)
       SELECT item.run, 'refusedBefore', feed.name, sighting.line, item.key, item.member, item.code, item.message
       FROM item JOIN sighting ON sighting.item = item.seq JOIN feed ON feed.id = sighting.feed
       WHERE ${takenUp} AND (sighting.feed, sighting.line) = (
         SELECT first.feed, first.line FROM sighting AS first JOIN feed AS place ON place.id = first.feed
         WHERE first.item = item.seq AND place.run = item.run ORDER BY first.feed, first.line LIMIT 1)
       ORDER BY sighting.feed, sighting.line`,
    );
    this.#restore = db.prepare(
      `UPDATE item SET run = past.run, origin = past.origin, state = past.state
       FROM past WHERE ${takenUp} AND past.seq = (SELECT max(seq) FROM past AS other WHERE other.item = item.seq)
       RETURNING item.seq`,
    );
    this.#forgetPast = db.prepare('DELETE FROM past WHERE item = ? AND run = (SELECT run FROM item WHERE seq = ?)');
    this.#end = db.prepare('UPDATE lane SET checked = ?, open = open - ?, blocked = blocked - ? WHERE member = ?');
  }

  /** Held items of a member that exists are looked up, since they may have been sent before. */
  public found(member: string): void {
    this.#lookUpHeld.run(member);
    this.#check.run(checked.found, member);
  }

  /**
   * Ready items are refused. Held ones are what they were before this run read them again, and the run reports that
   * they were refused before. Returns how many came to their end.
   */
  public absent(member: string, { code, message }: AbsentReason): number {
    const ready = this.#refuse.all('refused', code, message(member), member, 'ready').length;
    const held = this.#giveBack(member) + this.#refuse.all('refused', code, message(member), member, 'held').length;
    this.#end.run(checked.absent, ready + held, held, member);
    return ready + held;
  }

  #giveBack(member: string): number {
    this.#reportAgain.run(member);
    const restored = this.#restore.all(member);
    for (const { seq } of restored) this.#forgetPast.run(Number(seq), Number(seq));
    return restored.length;
  }
}

/** Items that this run holds only because it has read them again. */
const takenUp = `item.member = ? AND item.state = 'held' AND item.origin = 'takenUpByItself'`;
