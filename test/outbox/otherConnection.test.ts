import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { openDatabase } from '../../src/base/sqlite/sqlite.js';
import { SqliteOutbox } from '../../src/outbox/index.js';
import { SqliteDelivery } from '../../src/outbox/sqlite/sqliteDelivery.js';
import { OutboxStore } from '../../src/outbox/sqlite/outboxStore.js';
import { prepareSchema } from '../../src/outbox/sqlite/outboxSchema.js';
import { purchases } from '../sync/org/arrayFeed.js';
import { done, filled } from './outboxFixture.js';

describe('an outbox to which another connection writes', () => {
  it('settles and packs in one turn, even if that happens just before its transaction begins', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'loyalty-connections-'));
    const path = join(folder, 'till.outbox');
    const filling = await SqliteOutbox.open(path);
    await filled(filling, purchases(4, ['A1', 'B2']));
    const db = openDatabase(path);
    try {
      prepareSchema(db, path);
      const delivery = new SqliteDelivery(new OutboxStore(db, { keepPayloads: false }), () => undefined);
      const options = { size: 1, atLeast: 1, count: 1, now: 0 };
      const [first] = await delivery.pack(options);
      const [second] = await delivery.pack(options);
      // Leaves a payload that is not dropped yet.
      await delivery.settle(first!.items.map((item) => done(item)));

      const exec = db.exec.bind(db);
      db.exec = (sql) => {
        if (sql === 'BEGIN IMMEDIATE') writeElsewhere();
        exec(sql);
      };
      let writes = 0;
      function writeElsewhere(): void {
        const other = openDatabase(path);
        other.prepare('INSERT INTO source (name) VALUES (?)').run(`other-${++writes}`);
        other.close();
      }
      const settled = delivery.settle(second!.items.map((item) => done(item, '0lV2')));
      const [next] = await delivery.pack(options);
      await settled;
      expect(next?.items).to.have.length(1);
      expect(writes).to.be.greaterThan(0);
    } finally {
      db.close();
      await filling.close();
      rmSync(folder, { recursive: true });
    }
  });
});
