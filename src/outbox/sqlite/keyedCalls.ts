import type { DatabaseSync } from '../../base/sqlite.js';
import type { KeyedCall, KeyedCalls } from '../outbox.js';

export class SqliteKeyedCalls implements KeyedCalls {
  public constructor(private readonly db: DatabaseSync) {}

  public find(key: string): Promise<KeyedCall | undefined> {
    const row = this.db.prepare('SELECT * FROM keyed_call WHERE key = ?').get(key);
    return Promise.resolve(
      row && {
        key,
        hash: String(row['hash']),
        state: row['state'] as KeyedCall['state'],
        sentAt: Number(row['sent_at']),
        before: JSON.parse(String(row['before'])) as unknown,
        answer: JSON.parse(String(row['answer'])) as unknown,
      },
    );
  }

  public save({ key, hash, state, sentAt, before, answer }: KeyedCall): Promise<void> {
    this.db
      .prepare(
        `INSERT INTO keyed_call (key, hash, state, sent_at, before, answer) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT DO UPDATE SET hash = ?2, state = ?3, sent_at = ?4, before = ?5, answer = ?6`,
      )
      .run(key, hash, state, sentAt, JSON.stringify(before ?? null), JSON.stringify(answer ?? null));
    return Promise.resolve();
  }
}
