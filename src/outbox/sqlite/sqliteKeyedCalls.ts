import type { DatabaseSync, SQLInputValue } from '../../base/sqlite/sqlite.js';
import type { KeyedCall, KeyedCalls } from '../outboxCalls.js';
import { forgottenKey } from './forgottenKey.js';
import { optionalText } from './itemRows.js';
import { storedJson } from './wholeOutbox.js';

export class SqliteKeyedCalls implements KeyedCalls {
  readonly #db: DatabaseSync;

  constructor(db: DatabaseSync) {
    this.#db = db;
  }

  async find(key: string): Promise<KeyedCall | undefined> {
    const select = this.#db.prepare('SELECT * FROM keyed_call WHERE key = ?');
    // The key of an erased member is known, so a call with it is not made again.
    const row = select.get(key) ?? select.get(forgottenKey(key));
    return (
      row && {
        key,
        member: optionalText(row['member']),
        hash: String(row['hash']),
        ...(row['hash'] === '' && { isErased: true }),
        state: row['state'] as KeyedCall['state'],
        sentAt: Number(row['sent_at']),
        before: storedJson(this.#db, `what is stored for ${key}`, row['before']),
        answer: storedJson(this.#db, `what is stored for ${key}`, row['answer']),
      }
    );
  }

  async begin(call: KeyedCall, known: KeyedCall | undefined): Promise<boolean> {
    const { changes } = known
      ? this.#db
          .prepare(
            `UPDATE keyed_call SET hash = ?2, state = ?3, sent_at = ?4, before = ?5, answer = ?6,
               member = ?7
             WHERE key = ?1 AND state = ?8 AND sent_at = ?9`,
          )
          .run(...columns(call), known.state, known.sentAt)
      : this.#db
          .prepare(
            `INSERT INTO keyed_call (key, hash, state, sent_at, before, answer, member)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
             ON CONFLICT DO NOTHING`,
          )
          .run(...columns(call));
    return changes === 1;
  }

  async end(call: KeyedCall): Promise<void> {
    this.#db
      .prepare(
        'UPDATE keyed_call SET hash = ?2, state = ?3, sent_at = ?4, before = ?5, answer = ?6, member = ?7 WHERE key = ?1',
      )
      .run(...columns(call));
  }
}

function columns({ key, member, hash, state, sentAt, before, answer }: KeyedCall): SQLInputValue[] {
  return [key, hash, state, sentAt, JSON.stringify(before ?? null), JSON.stringify(answer ?? null), member ?? null];
}
