import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { OutboxDamagedError, SqliteOutbox } from '../../src/outbox/index.js';
import { intake } from '../../src/sync/intake.js';
import { failureOf } from '../client/loopback.js';
import { chunk } from '../outbox/outboxFixture.js';
import { arrayFeed, purchase } from './org/arrayFeed.js';

describe('the position in a feed', () => {
  it('of which a disk has changed a byte is damage, and nothing is read', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'loyalty-position-'));
    const outbox = await SqliteOutbox.open(join(folder, 'till.outbox'));
    try {
      const { id: run } = await outbox.runs.begin({});
      const mark = { offset: 0, line: 1, rows: 0 };
      const position = { ...mark, group: mark, sha256: '', Head: { offset: 0, sha256: '' } };
      await outbox.intake.accept(chunk(run, [], { position }));
      const target = { fields: new Map() } as never;
      const options = { run, source: 'till', outbox, lookUpFirst: () => false, target };
      const reading = intake(arrayFeed([purchase('1', 'A1')]), options);
      const error = await failureOf(reading.next());
      expect(error).to.be.instanceOf(OutboxDamagedError);
      expect(error).to.have.property('message').that.includes('the position in till.csv cannot be read');
    } finally {
      await outbox.close();
      rmSync(folder, { recursive: true });
    }
  });
});
