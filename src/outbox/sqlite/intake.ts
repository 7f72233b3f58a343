import { inTransaction, type DatabaseSync, type StatementSync } from '../../base/sqlite.js';
import { contentHash, type Transaction } from '../../transaction.js';
import type { Intake, IntakeChunk, Reject } from '../outbox.js';

export class SqliteIntake implements Intake {
  private readonly insertItem: StatementSync;
  private readonly hashOfKey: StatementSync;
  private readonly growLane: StatementSync;
  private readonly insertReject: StatementSync;
  private readonly insertGroup: StatementSync;
  private readonly findGroup: StatementSync;

  public constructor(private readonly db: DatabaseSync) {
    this.insertItem = db.prepare(
      `INSERT INTO item (key, hash, run, member, journal, state, until)
       VALUES (?, ?, (SELECT seq FROM run WHERE id = ?), ?, ?, ?, ?)
       ON CONFLICT (key) DO NOTHING`,
    );
    this.hashOfKey = db.prepare('SELECT hash FROM item WHERE key = ?');
    this.growLane = db.prepare(
      `INSERT INTO lane (member, open, blocked) VALUES (?1, ?2, ?3)
       ON CONFLICT (member) DO UPDATE SET open = open + ?2, blocked = blocked + ?3`,
    );
    this.insertReject = db.prepare(
      `INSERT INTO reject (run, kind, feed, line, column_name, value, key, code, message, raw)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.insertGroup = db.prepare('INSERT INTO ended_group (run, feed, name) VALUES (?, ?, ?) ON CONFLICT DO NOTHING');
    this.findGroup = db.prepare('SELECT 1 FROM ended_group WHERE run = ? AND feed = ? AND name = ?');
  }

  public async looksUpFirst(source: string): Promise<boolean | undefined> {
    const row = this.db.prepare('SELECT look_up_first FROM source WHERE name = ?').get(source);
    return row && row['look_up_first'] === 1;
  }

  public async rememberSource(source: string, lookUpFirst: boolean): Promise<void> {
    this.db
      .prepare('INSERT INTO source (name, look_up_first) VALUES (?, ?) ON CONFLICT DO NOTHING')
      .run(source, lookUpFirst ? 1 : 0);
  }

  public async progress(run: string, feed: string): Promise<{ position: unknown; complete: boolean } | undefined> {
    const row = this.db.prepare('SELECT position, complete FROM feed WHERE run = ? AND name = ?').get(run, feed);
    return row && { position: JSON.parse(String(row['position'])) as unknown, complete: row['complete'] === 1 };
  }

  public hasEndedGroup(run: string, feed: string, group: string): boolean {
    return this.findGroup.get(run, feed, group) !== undefined;
  }

  public async accept(chunk: IntakeChunk): Promise<void> {
    inTransaction(this.db, () => {
      const { duplicates, conflicts } = this.addItems(chunk);
      const rejects = [...chunk.rejections, ...conflicts].sort((a, b) => a.line - b.line);
      for (const reject of rejects) this.addReject(chunk.run, reject);
      for (const group of chunk.endedGroups) this.insertGroup.run(chunk.run, chunk.feed, group);
      this.db
        .prepare('UPDATE run SET used = used + ?, skipped = skipped + ?, duplicate = duplicate + ? WHERE id = ?')
        .run(chunk.transactions.length, chunk.skipped, duplicates, chunk.run);
      this.db
        .prepare(
          `INSERT INTO feed (run, name, position, complete) VALUES (?1, ?2, ?3, ?4)
           ON CONFLICT DO UPDATE SET position = ?3, complete = ?4`,
        )
        .run(chunk.run, chunk.feed, JSON.stringify(chunk.position ?? null), chunk.complete ? 1 : 0);
    });
  }

  private addItems(chunk: IntakeChunk): { duplicates: number; conflicts: Reject[] } {
    const grown = new Map<string, number>();
    const conflicts: Reject[] = [];
    let duplicates = 0;
    for (const { line, transaction } of chunk.transactions) {
      const hash = contentHash(transaction);
      if (this.addItem(chunk, transaction, hash)) {
        grown.set(transaction.member, (grown.get(transaction.member) ?? 0) + 1);
      } else if (this.hashOfKey.get(transaction.key)?.['hash'] === hash) {
        duplicates += 1;
      } else {
        conflicts.push(conflict(chunk.feed, line, transaction));
      }
    }
    for (const [member, count] of grown) this.growLane.run(member, count, chunk.lookUpFirst ? count : 0);
    return { duplicates, conflicts };
  }

  private addItem(chunk: IntakeChunk, transaction: Transaction, hash: string): boolean {
    const { key, member, journal } = transaction;
    const state = chunk.lookUpFirst ? 'unknown' : 'ready';
    const until = chunk.lookUpFirst ? 0 : null;
    return this.insertItem.run(key, hash, chunk.run, member, JSON.stringify(journal), state, until).changes === 1;
  }

  private addReject(run: string, reject: Reject): void {
    const { kind, feed, line, column, value, key, code, message, raw } = reject;
    this.insertReject.run(
      run,
      kind,
      feed,
      line,
      column ?? null,
      value ?? null,
      key ?? null,
      code,
      message,
      raw ?? null,
    );
  }
}

function conflict(feed: string, line: number, { key, member }: Transaction): Reject {
  return {
    kind: 'conflict',
    feed,
    line,
    key,
    code: 'conflict',
    message:
      `The key ${key} (member ${member}) is known with other content. Nothing was sent. ` +
      'If the source corrected the event, give the correction a key of its own.',
  };
}
