import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { openDatabase } from '../../src/base/sqlite/sqlite.js';
import type { DatabaseSync } from '../../src/base/sqlite/sqlite.js';
import { explainOutbox } from '../../src/outbox/sqlite/explainOutbox.js';
import { OutboxHolder } from '../../src/outbox/sqlite/outboxHolder.js';
import { prepareSchema } from '../../src/outbox/sqlite/outboxSchema.js';

describe('a lock that is released while another program writes', () => {
  let folder: string;
  let path: string;
  let db: DatabaseSync;
  let writer: DatabaseSync;

  /** A database that waits for nobody. */
  const opened = (): DatabaseSync => openDatabase(path, { timeout: 0, explain: explainOutbox(path) });

  const holders = (): number => Number(writer.prepare('SELECT count(*) AS n FROM holder').get()?.['n']);

  /** Locks the outbox, and releases the lock while another connection writes. */
  const releasedMeanwhile = (): OutboxHolder => {
    const holder = new OutboxHolder(db, path, path);
    const lock = holder.acquire();
    writer.exec('BEGIN IMMEDIATE');
    lock[Symbol.dispose]();
    writer.exec('ROLLBACK');
    return holder;
  };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'loyalty-released-'));
    path = join(folder, 'till.outbox');
    db = opened();
    prepareSchema(db, path);
    writer = opened();
  });

  afterEach(() => {
    db.close();
    writer.close();
    rmSync(folder, { recursive: true });
  });

  it('is free, for this object and for others', () => {
    const holder = releasedMeanwhile();
    expect(holder.isHeld).to.equal(false);
    holder.acquire()[Symbol.dispose]();
    new OutboxHolder(writer, path, path).acquire()[Symbol.dispose]();
  });

  it('leaves no name in the outbox when that is closed', () => {
    const holder = releasedMeanwhile();
    expect(holders()).to.equal(1);
    holder.releaseAll();
    expect(holders()).to.equal(0);
  });
});
