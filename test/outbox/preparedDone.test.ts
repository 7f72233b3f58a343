import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { openDatabase } from '../../src/base/sqlite/sqlite.js';
import { SqliteOutbox } from '../../src/outbox/index.js';
import type { BareItem, DoneJournal, PreparedDone } from '../../src/outbox/index.js';
import { purchases } from '../sync/org/arrayFeed.js';
import { done, filled } from './outboxFixture.js';

const count = 1500;

/** Packs items of three members, which are in two batches of the outbox. */
async function sent(outbox: SqliteOutbox): Promise<{ readonly run: string; readonly items: readonly BareItem[] }> {
  const run = await filled(outbox, purchases(count, ['A1', 'B2', 'C3']));
  const wish = { size: count, atLeast: 1, count: 1, now: 1000, perMember: count };
  const [batch] = await outbox.delivery.packPositions(wish);
  return { run, items: await outbox.delivery.readBare(batch?.items ?? []) };
}

function journalsOf(items: readonly BareItem[]): DoneJournal[] {
  return items.map((item) => ({ item, journalId: `0lV${item.seq}` }));
}

async function prepared(outbox: SqliteOutbox, items: readonly BareItem[]): Promise<PreparedDone> {
  const all = await outbox.delivery.prepareDone(journalsOf(items));
  if (!all) throw new Error('Nothing was prepared.');
  return all;
}

describe('outcomes that are prepared', () => {
  let folder: string;
  let path: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'loyalty-outbox-'));
    path = join(folder, 'till.outbox');
  });

  afterEach(() => rm(folder, { recursive: true }));

  /** Positions of the items whose content is still there. */
  function payloads(): unknown[] {
    const db = openDatabase(path, { readOnly: true });
    const rows = db.prepare('SELECT item FROM payload').all();
    db.close();
    return rows.map(({ item }) => item);
  }

  it('are not stored before they are settled: a process that comes next is in doubt about all of them', async () => {
    const outbox = await SqliteOutbox.open(path);
    const { run, items } = await sent(outbox);
    await prepared(outbox, items);
    expect((await outbox.runs.counts(run)).items).to.include({ sent: count, done: 0 });
    await outbox.close();
    await using next = await SqliteOutbox.open(path);
    using lock = await next.lock();
    await next.delivery.recover(5000);
    expect(await next.delivery.dueUnknown(5000, 9999)).to.have.length(count);
  });

  it('are the same afterwards as if each had been settled', async () => {
    const outbox = await SqliteOutbox.open(path);
    const { run, items } = await sent(outbox);
    await outbox.sources.remember('till', { countedAt: 1, countedThen: [], counted: 0 });
    expect(await outbox.delivery.settlePrepared(await prepared(outbox, items))).to.equal(true);
    expect(await outbox.delivery.open()).to.equal(0);
    expect(outbox.delivery.longestQueue()).to.equal(0);
    expect(await outbox.sources.find('till')).to.include({ brought: count });
    await outbox.close();
    await using next = await SqliteOutbox.open(path);
    using lock = await next.lock();
    await next.delivery.recover(5000);
    expect(await next.delivery.open()).to.equal(0);
    expect((await next.runs.counts(run)).items).to.include({ done: count, sentNow: count });
    const journals = new Map([...next.runs.items(run, ['done'])].map(({ key, journalId }) => [key, journalId]));
    expect(journals).to.deep.equal(new Map(items.map(({ key, seq }) => [key, `0lV${seq}`])));
  });

  it('drop what was sent, but not what is between', async () => {
    const outbox = await SqliteOutbox.open(path);
    const { items } = await sent(outbox);
    const [open, ...others] = items.slice(1000);
    await outbox.delivery.settle([{ item: open!, to: 'unknown', until: 0 }]);
    for (const some of [items.slice(0, 1000), others]) {
      expect(await outbox.delivery.settlePrepared(await prepared(outbox, some))).to.equal(true);
    }
    await outbox.close();
    expect(payloads()).to.deep.equal([open?.seq]);
  });

  it('drop everything when everything is done', async () => {
    const outbox = await SqliteOutbox.open(path);
    const { items } = await sent(outbox);
    await outbox.delivery.settlePrepared(await prepared(outbox, items));
    await outbox.close();
    expect(payloads()).to.deep.equal([]);
  });

  it('cannot be prepared for a part of what was sent together', async () => {
    await using outbox = SqliteOutbox.inMemory();
    const { items } = await sent(outbox);
    expect(await outbox.delivery.prepareDone(journalsOf(items.slice(0, 999)))).to.equal(undefined);
    expect(await outbox.delivery.prepareDone(journalsOf(items.slice(0, 1000)))).to.include({ items: 1000 });
  });

  it('cannot be prepared for what has been settled', async () => {
    await using outbox = SqliteOutbox.inMemory();
    const { items } = await sent(outbox);
    await outbox.delivery.settle(items.slice(0, 1000).map((item) => done(item)));
    expect(await outbox.delivery.prepareDone(journalsOf(items))).to.equal(undefined);
  });

  it('are not settled if something has become of one of them since', async () => {
    await using outbox = SqliteOutbox.inMemory();
    const { run, items } = await sent(outbox);
    const all = await prepared(outbox, items);
    await outbox.delivery.settle([{ item: items[1200]!, to: 'unknown', until: 0 }]);
    expect(await outbox.delivery.settlePrepared(all)).to.equal(false);
    expect((await outbox.runs.counts(run)).items).to.include({ sent: count - 1, unknown: 1, done: 0 });
  });
});
