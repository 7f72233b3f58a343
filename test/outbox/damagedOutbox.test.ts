import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { OutboxDamagedError, SqliteOutbox } from '../../src/outbox/index.js';
import { failureOf } from '../client/loopback.js';
import { purchases } from '../sync/org/arrayFeed.js';
import { openDatabase } from '../../src/base/sqlite/sqlite.js';
import type { OutboxItem } from '../../src/outbox/index.js';
import { done, filled } from './outboxFixture.js';

describe('a damaged outbox', () => {
  let folder: string;
  let path: string;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'loyalty-damaged-'));
    path = join(folder, 'till.outbox');
    const outbox = await SqliteOutbox.open(path);
    await filled(outbox, purchases(200, ['A1', 'B2', 'C3']));
    await outbox.close();
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  /** Opens and locks it, and returns the result. */
  const used = async (): Promise<void> => {
    await using outbox = await SqliteOutbox.open(path);
    using lock = await outbox.lock();
  };

  it('whose keys a disk has changed is refused by name, before anything is sent', async () => {
    const bytes = readFileSync(path);
    const at = bytes.indexOf('till:137');
    bytes[at + 7] = '9'.charCodeAt(0);
    writeFileSync(path, bytes);
    const error = await failureOf(used());
    expect(error).to.be.instanceOf(OutboxDamagedError);
    expect((error as OutboxDamagedError).message).to.include(path);
    expect((error as OutboxDamagedError).actions[0]).to.include('backup');
  });

  for (const [what, text, change] of [
    ['a purchase that is still to be sent', '"TransactionAmount":', '"TransactionAmoumt":'],
    ['the definition of a table', 'member TEXT NOT NULL COLLATE NOCASE', 'mamber TEXT NOT NULL COLLATE NOCASE'],
  ] as const) {
    it(`that has changed in ${what} is refused by name`, async () => {
      const bytes = readFileSync(path);
      // SQLite leaves a copy of what it has moved in the old place.
      for (let at = bytes.indexOf(text); at !== -1; at = bytes.indexOf(text, at)) bytes.write(change, at);
      writeFileSync(path, bytes);
      expect(await failureOf(used())).to.be.instanceOf(OutboxDamagedError);
    });
  }

  it('with a changed row of a run is refused by name, even before it is locked', async () => {
    const bytes = readFileSync(path);
    const settings = '{"program":"Harbour Rewards"}';
    const at = bytes.indexOf(settings);
    bytes.write('[', at);
    writeFileSync(path, bytes);
    await using outbox = await SqliteOutbox.open(path);
    const error = await failureOf(outbox.runs.find());
    expect(error).to.be.instanceOf(OutboxDamagedError);
    expect((error as OutboxDamagedError).message).to.include(path);
  });

  it('is named as its user knows it, and not by the temporary copy that was read', async () => {
    const db = openDatabase(path);
    db.exec(`UPDATE run SET settings = '['`);
    db.close();
    const name = 'postgres://till@db.example/loyalty';
    const { outbox } = SqliteOutbox.replica(path, { name, mustBeOurs: () => undefined });
    const error = await failureOf(outbox.runs.find());
    await outbox.close();
    expect(error).to.be.instanceOf(OutboxDamagedError).and.include({ path: name });
    expect((error as Error).message).to.not.include(path);
  });

  it('that has lost its end is refused by name', async () => {
    truncateSync(path, Math.floor(readFileSync(path).length / 2 / 4096) * 4096);
    expect(await failureOf(used())).to.be.instanceOf(OutboxDamagedError);
  });

  describe('in which a list of what was sent has changed', () => {
    /** Seven of 200 purchases are done, in two requests; seven more are under way. */
    beforeEach(async () => {
      const outbox = await SqliteOutbox.open(path);
      const send = async (): Promise<readonly OutboxItem[]> => {
        const [batch] = await outbox.delivery.pack({ size: 7, perMember: 7, atLeast: 1, count: 1, now: 0 });
        return batch!.items;
      };
      for (const items of [await send(), await send()]) await outbox.delivery.settle(items.map((item) => done(item)));
      await send();
      await outbox.close();
    });

    const change = (sql: string): void => {
      const db = openDatabase(path);
      expect(db.prepare(sql).run().changes).to.be.greaterThan(0);
      db.close();
    };

    it('is not refused as it was', async () => {
      await used();
    });

    it('is named as damaged also by what reads it without the lock', async () => {
      change(`UPDATE batch SET sent = replace(sent, '[', '{') WHERE done IS NULL`);
      await using outbox = await SqliteOutbox.open(path);
      const error = await failureOf(outbox.delivery.open());
      expect(error).to.be.instanceOf(OutboxDamagedError).and.include({ path });
    });

    for (const [what, sql] of [
      ['is no JSON any more', `UPDATE batch SET done = replace(done, '"0', 'b0') WHERE seq = 1`],
      ['of what is under way is none', `UPDATE batch SET sent = replace(sent, '[', '{') WHERE done IS NULL`],
      ['has fewer items', `UPDATE batch SET items = items + 1 WHERE seq = 2`],
      ['has the item of another list', `UPDATE batch SET done = (SELECT done FROM batch WHERE seq = 1) WHERE seq = 2`],
      [
        'has an item that does not exist',
        `UPDATE batch SET done = replace(done, '"1"', '"9"') WHERE done LIKE '%"1":%' AND done NOT LIKE '%"9":%'`,
      ],
      ['has gone', 'DELETE FROM batch WHERE seq = 1'],
    ] as const)
      it(`is refused by name: it ${what}`, async () => {
        change(sql);
        const error = await failureOf(used());
        expect(error).to.be.instanceOf(OutboxDamagedError);
        expect((error as OutboxDamagedError).message).to.match(
          /the (list of the request|state of the transaction) \d+ has changed/,
        );
      });
  });
});
