import type { DatabaseSync, StatementSync } from '../../base/sqlite/sqlite.js';
import type { AbsentReason } from '../outboxDelivery.js';
import { waitsForMember } from '../sameKey.js';
import { StoredMemberDetails } from './memberDetails.js';
import type { ItemRow } from './itemRows.js';
import type { OpenItems } from './openItems.js';
import type { OwnStates } from './ownStates.js';

/** Applies the look-ups of members to their items. Must be called within a transaction. */
export class MemberChecks {
  readonly #openItems: OpenItems;
  readonly #states: OwnStates;
  readonly #details: StoredMemberDetails;
  readonly #lookUpHeld: StatementSync;
  readonly #found: StatementSync;
  readonly #absent: StatementSync;
  readonly #refuseReady: StatementSync;
  readonly #refuseHeld: StatementSync;
  readonly #hold: StatementSync;
  readonly #reportAgain: StatementSync;
  readonly #restore: StatementSync;
  readonly #forgetPast: StatementSync;

  constructor(db: DatabaseSync, { openItems, states }: { readonly openItems: OpenItems; readonly states: OwnStates }) {
    this.#openItems = openItems;
    this.#states = states;
    this.#details = new StoredMemberDetails(db);
    this.#lookUpHeld = db.prepare(
      `UPDATE item_state SET state = 'unknown', until = 0
       WHERE state = 'held' AND member IN (SELECT value FROM json_each(?))`,
    );
    this.#found = db.prepare(
      'INSERT INTO found_member (member) SELECT value FROM json_each(?) WHERE true ON CONFLICT DO NOTHING',
    );
    this.#absent = db.prepare('DELETE FROM found_member WHERE member = ?');
    this.#refuseReady = db.prepare(
      `UPDATE item_state SET state = 'refused', code = ?, message = ?
       WHERE item IN (SELECT value FROM json_each(?)) AND state = 'ready' RETURNING item`,
    );
    this.#hold = db.prepare(
      `UPDATE item_state SET state = 'held', code = ?1, message = ?2
       WHERE (item IN (SELECT value FROM json_each(?3)) AND state = 'ready') OR (member = ?4 AND state = 'held')`,
    );
    this.#refuseHeld = db.prepare(
      `UPDATE item_state SET state = 'refused', code = ?, message = ? WHERE member = ? AND state = 'held' AND coalesce(code, '') <> ? RETURNING item`,
    );
    this.#reportAgain = db.prepare(
      `INSERT INTO line (run, kind, feed, line, key, member, code, message)
       SELECT own.run, 'refusedBefore', feed.name, sighting.line, item.key, item.member, past.code, past.message
       FROM item_state AS own JOIN item ON item.seq = own.item JOIN sighting ON sighting.item = own.item
       JOIN feed ON feed.id = sighting.feed JOIN past ON ${latest}
       WHERE ${takenUp} AND (sighting.feed, sighting.line) = (
         SELECT first.feed, first.line FROM sighting AS first JOIN feed AS theirs ON theirs.id = first.feed
         WHERE first.item = own.item AND theirs.run = own.run ORDER BY first.feed, first.line LIMIT 1)
       ORDER BY sighting.feed, sighting.line`,
    );
    this.#restore = db.prepare(
      `UPDATE item_state AS own SET run = past.run, origin = past.origin, state = past.state, tries = past.tries,
         code = past.code, message = past.message
       FROM past WHERE ${takenUp} AND ${latest} RETURNING item`,
    );
    this.#forgetPast = db.prepare(
      'DELETE FROM past WHERE item = ?1 AND run = (SELECT run FROM item_state WHERE item = ?1)',
    );
  }

  /**
   * Makes held items of existing members unknown, so that they are looked up, because they may have been sent before.
   */
  found(members: readonly string[]): void {
    const list = JSON.stringify(members);
    this.#lookUpHeld.run(list);
    this.#found.run(list);
    this.#details.erase(members);
    for (const member of members) this.#openItems.queues.setPresence(member, 'found');
  }

  /**
   * Refuses ready items, or holds them. Held ones that this run has read again return to the state that they had before,
   * and the run reports that they were refused before. Returns the items that ended.
   */
  absent(member: string, reason: AbsentReason): readonly number[] {
    const ended = reason.policy === 'hold' ? this.#holdAll(member, reason) : this.#refuseAll(member, reason);
    this.#absent.run(member);
    this.#openItems.queues.setPresence(member, 'absent');
    return ended;
  }

  #holdAll(member: string, { code, message }: AbsentReason): readonly number[] {
    const ready = this.#openItems.queues.readyOf(member);
    this.#states.giveReady(ready);
    this.#hold.run(code, message(member), JSON.stringify(ready), member);
    this.#openItems.queues.holdReady(member);
    return [];
  }

  #refuseAll(member: string, { code, message, policy }: AbsentReason): readonly number[] {
    const ready = this.#openItems.queues.readyOf(member);
    this.#states.giveReady(ready);
    const refused = itemsOf(this.#refuseReady.all(code, message(member), JSON.stringify(ready)));
    const kept = policy === 'refuseHeld' ? '' : waitsForMember;
    const held = [
      ...this.#giveBack(member, kept),
      ...itemsOf(this.#refuseHeld.all(code, message(member), member, kept)),
    ];
    this.#openItems.queues.endReady(member);
    for (const seq of held) this.#openItems.end({ seq, member });
    return [...refused, ...held];
  }

  #giveBack(member: string, kept: string): readonly number[] {
    this.#reportAgain.run(member, kept);
    const restored = itemsOf(this.#restore.all(member, kept));
    for (const item of restored) this.#forgetPast.run(item);
    return restored;
  }
}

function itemsOf(rows: readonly ItemRow[]): number[] {
  return rows.map(({ item }) => Number(item));
}

/** The state of an item before the run took it up. */
const latest = 'past.seq = (SELECT max(other.seq) FROM past AS other WHERE other.item = own.item)';

/** Items that this run holds only because it has read them again. */
const takenUp = `own.member = ?1 AND own.state = 'held' AND own.origin = 'takenUpByItself' AND coalesce(own.code, '') <> ?2`;
