import { expect } from 'chai';
import { FeedsWaitError, openOutbox, OutboxTakenError } from '../../src/outbox/index.js';
import type { NewStoredFeed } from '../../src/outbox/index.js';
import { PostgresInbox } from '../../src/outbox/postgres/index.js';
import { failureOf } from '../client/loopback.js';
import { PostgresServer } from '../support/postgresServer.js';

describe('the feeds that were handed in for a shared outbox', () => {
  let server: PostgresServer;
  let url: string;
  let inbox: PostgresInbox;

  before(async () => {
    server = await PostgresServer.start();
  });

  after(async () => {
    await server[Symbol.asyncDispose]();
  });

  beforeEach(async () => {
    url = await server.createDatabase();
    inbox = await PostgresInbox.open(url);
  });

  afterEach(() => inbox.close());

  it('are read in their order, each by a worker of its source, and are gone then', async () => {
    const parts = ['Receipt,Member\n', '1,HR-1\n'];
    const first = await inbox.feeds.add(given('a.csv', parts), () => bytesOf(parts));
    await inbox.feeds.add(given('b.csv', parts), () => bytesOf(parts));
    await inbox.feeds.add({ ...given('c.csv', parts), source: 'web' }, () => bytesOf(parts));
    expect(await inbox.feeds.first('web')).to.include({ name: 'c.csv', format: undefined });
    const found = await inbox.feeds.first('till');
    expect(found).to.deep.equal({ ...given('a.csv', parts), number: first.number });
    expect(await textOf(inbox.feeds.content(found!))).to.equal(parts.join(''));
    await inbox.feeds.remove(found!);
    expect(await inbox.feeds.first('till')).to.include({ name: 'b.csv' });
    expect(await failureOf(textOf(inbox.feeds.content(found!)))).to.be.instanceOf(OutboxTakenError);
  });

  it('are removed in portions, and a removal that was not finished is finished by the next one', async () => {
    const database = new URL(url).pathname.slice(1);
    const parts = Array.from({ length: 40 }, (_, part) => `part ${part}`);
    await inbox.feeds.add(given('a.csv', parts), () => bytesOf(parts));
    await server.query(
      database,
      `CREATE TABLE portion (rows integer);
       CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS
         $$BEGIN INSERT INTO portion SELECT count(*) FROM gone; RETURN NULL; END$$;
       CREATE TRIGGER note AFTER DELETE ON loyalty_outbox.feed_part REFERENCING OLD TABLE AS gone
         FOR EACH STATEMENT EXECUTE FUNCTION note();
       CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RAISE EXCEPTION 'power failure'; END$$;
       CREATE TRIGGER fail BEFORE DELETE ON loyalty_outbox.feed_part FOR EACH ROW WHEN (OLD.part = 20) EXECUTE FUNCTION fail()`,
    );
    const read = (await inbox.feeds.first('till'))!;
    expect(await failureOf(inbox.feeds.remove(read))).to.have.property('name', 'OutboxDatabaseError');
    // It has been read, and nobody who knows nothing of this removal may read what is left of it.
    expect([await inbox.feeds.first('till'), await inbox.feeds.unread()]).to.deep.equal([
      undefined,
      { waiting: 0, refused: [] },
    ]);
    // Not even one that has lost the lease and cannot read it any more may say that a person has to look at it.
    await inbox.feeds.refuse(read, 'It is gone.');
    expect(await inbox.feeds.unread()).to.deep.equal({ waiting: 0, refused: [] });
    const left = await server.query(database, 'SELECT count(*)::int AS parts FROM loyalty_outbox.feed_part');
    expect(left[0]?.['parts']).to.be.within(1, 39);
    await server.query(database, 'DROP TRIGGER fail ON loyalty_outbox.feed_part');
    // What could not be removed may name anybody, so that an erasure removes it first.
    await using outbox = await openOutbox(url);
    await outbox.forget('HR-1');
    expect(await server.query(database, 'SELECT * FROM loyalty_outbox.feed_part')).to.deep.equal([]);
    expect(await server.query(database, 'SELECT * FROM loyalty_outbox.feed')).to.deep.equal([]);
    expect((await server.query(database, 'SELECT max(rows) AS most FROM portion'))[0]?.['most']).to.be.within(1, 16);
  });

  it('are stored whole or not at all, and once', async () => {
    const parts = ['Receipt,Member\n', '1,HR-1\n'];
    // What ends the reading of a file has a code, too, as what the database says.
    for (const code of [undefined, 'ENOSPC', 'ABORT_ERR', 'file-unreadable']) {
      const gone = Object.assign(new Error('The disk is gone.'), { code });
      async function* broken(): AsyncGenerator<Uint8Array> {
        yield* bytesOf(parts.slice(0, 1));
        throw gone;
      }
      expect(await failureOf(inbox.feeds.add(given('a.csv', parts), broken))).to.equal(gone);
    }
    expect(await inbox.feeds.unread()).to.deep.equal({ waiting: 0, refused: [] });
    const other = await PostgresInbox.open(url);
    const both = await Promise.all(
      [inbox, other].map((each) => each.feeds.add(given('a.csv', parts), () => bytesOf(parts))),
    );
    await other.close();
    expect(both.map(({ isNew }) => isNew).sort()).to.deep.equal([false, true]);
    expect(new Set(both.map(({ number }) => number)).size).to.equal(1);
    expect(await inbox.feeds.unread()).to.deep.equal({ waiting: 1, refused: [] });
  });

  it('wait for another process that stores the same file, however long that takes', async () => {
    const uploading = Promise.withResolvers<undefined>();
    const begun = Promise.withResolvers<undefined>();
    const first = inbox.feeds.add(given('a.csv', ['1']), async function* () {
      begun.resolve(undefined);
      await uploading.promise;
      yield Buffer.from('1');
    });
    await begun.promise;
    const hurried = await PostgresInbox.open(`${url}?options=-c%20statement_timeout%3D50`, { patience: 0 });
    const end = new AbortController();
    const second = hurried.feeds.add(given('a.csv', ['1']), () => bytesOf(['1'])).finally(() => end.abort());
    const waits = `SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND now() - query_start > interval '100 ms'`;
    while (!end.signal.aborted && (await server.query('postgres', waits)).length === 0);
    uploading.resolve(undefined);
    expect((await first).isNew).to.equal(true);
    expect(await second).to.include({ isNew: false, number: (await first).number });
    await hurried.close();
  });

  it('wait for a person when they cannot be read, until they are handed in again', async () => {
    await inbox.feeds.add(given('a.csv', []), () => bytesOf([]));
    const refused = (await inbox.feeds.first('till'))!;
    await inbox.feeds.refuse(refused, 'It has no header.');
    expect([await inbox.feeds.first('till'), await inbox.feeds.unread()]).to.deep.equal([
      undefined,
      { waiting: 0, refused: [`a.csv#${refused.number}`] },
    ]);
    const again = await inbox.feeds.add(given('a.csv', []), () => bytesOf([]));
    // With a number of its own, since a worker that is still active has read the earlier one.
    expect(again.number).to.be.above(refused.number);
    expect(again).to.deep.include({ isNew: true, replaced: [refused.number] });
    expect(await inbox.feeds.unread()).to.deep.equal({ waiting: 1, refused: [] });
  });

  it('stay when a corrected one is handed in, unless it is told to replace those of its name and source', async () => {
    const parts = ['Receipt,Member\n', '1,HR-1\n'];
    const add = (feed: NewStoredFeed, replaces?: boolean) => inbox.feeds.add(feed, () => bytesOf(parts), replaces);
    const refused = await add(given('a.csv', parts));
    await inbox.feeds.refuse((await inbox.feeds.first('till'))!, 'It has no header.');
    const name = `a.csv#${refused.number}`;
    for (const [feed, replaces] of [
      [{ ...given('a.csv', parts), digest: 'of the next day' }, false],
      [given('b.csv', parts), true],
      [{ ...given('a.csv', parts), source: 'web', digest: 'w' }, true],
    ] as const)
      expect((await add(feed, replaces)).replaced).to.deep.equal([]);
    expect(await inbox.feeds.unread()).to.deep.equal({ waiting: 3, refused: [name] });
    expect(await inbox.feeds.unread('web')).to.deep.equal({ waiting: 1, refused: [] });
    const corrected = await add({ ...given('a.csv', parts), digest: 'corrected' }, true);
    expect(corrected).to.deep.include({ isNew: true, replaced: [refused.number] });
    expect(await inbox.feeds.unread()).to.deep.equal({ waiting: 4, refused: [] });
  });

  it('keep a member from being erased, because they may name it', async () => {
    await inbox.feeds.add(given('a.csv', []), () => bytesOf([]));
    await using outbox = await openOutbox(url);
    expect(await failureOf(outbox.forget('HR-1'))).to.be.instanceOf(FeedsWaitError);
    const feed = (await inbox.feeds.first('till'))!;
    await inbox.feeds.refuse(feed, 'It has no header.');
    const failure = await failureOf(outbox.forget('HR-1'));
    expect(failure).to.be.instanceOf(FeedsWaitError).and.have.property('message').that.includes(`a.csv#${feed.number}`);
    await inbox.feeds.add({ ...given('a.csv', []), digest: 'corrected' }, () => bytesOf([]), true);
    await inbox.feeds.remove((await inbox.feeds.first('till'))!);
    expect(await outbox.forget('HR-1')).to.include({ transactions: 0 });
  });
});

function given(name: string, parts: readonly string[]): NewStoredFeed {
  const bytes = Buffer.byteLength(parts.join(''));
  return { name, source: 'till', mapping: 'source: till', format: undefined, bytes, digest: `of ${name}` };
}

async function* bytesOf(parts: readonly string[]): AsyncGenerator<Uint8Array> {
  for (const part of parts) yield Buffer.from(part);
}

async function textOf(content: AsyncIterable<Uint8Array>): Promise<string> {
  return Buffer.concat(await Array.fromAsync(content)).toString();
}
