import { expect } from 'chai';
import { OutboxDatabaseError, OutboxTakenError } from '../../src/outbox/index.js';
import { PostgresInbox, PostgresLog } from '../../src/outbox/postgres/index.js';
import type { OutboxChange } from '../../src/outbox/postgres/outboxLog.js';
import { failureOf } from '../client/loopback.js';
import { PostgresServer } from '../support/postgresServer.js';

function change(number: number, by = ''): OutboxChange {
  return { number, patch: Buffer.from(`change ${number} ${by}`), latestBatch: number };
}

async function* content(text: string): AsyncIterable<Uint8Array> {
  yield Buffer.from(text);
}

describe('a shared outbox whose database is restored from a backup', () => {
  let server: PostgresServer;

  before(async () => {
    server = await PostgresServer.start();
  });

  after(async () => {
    await server[Symbol.asyncDispose]();
  });

  /** Two processes that open the same outbox, and how its database is backed up and restored. */
  async function open() {
    const url = `${await server.createDatabase()}?lease=1`;
    const database = new URL(url).pathname.slice(1);
    const [first, other] = await Promise.all([PostgresLog.open(url), PostgresLog.open(url)]);
    const query = (sql: string) => server.query(database, sql);
    const tables = ['outbox', 'change', 'snapshot_part', 'inbox_head', 'inbox', 'feed', 'feed_part'];
    const backUp = () =>
      query(tables.map((each) => `CREATE TABLE backup_${each} AS TABLE loyalty_outbox.${each};`).join(' '));
    const restore = () =>
      query(
        `DELETE FROM loyalty_outbox.outbox; ${tables
          .map((each) => `INSERT INTO loyalty_outbox.${each} OVERRIDING SYSTEM VALUE TABLE backup_${each};`)
          .join(' ')}`,
      );
    const changes = async (): Promise<unknown[]> =>
      (await query(`SELECT convert_from(patch, 'UTF8') AS text FROM loyalty_outbox.change ORDER BY number`)).map(
        ({ text }) => text,
      );
    const close = async (): Promise<void> => {
      await Promise.all([first.close(), other.close()]);
    };
    return { url, first, other, query, backUp, restore, changes, [Symbol.asyncDispose]: close };
  }

  it('takes nothing from whoever had the lease before, although somebody else has acquired it as often', async () => {
    await using db = await open();
    await db.backUp();
    const stopped = await db.first.acquire();
    await db.first.append(stopped.epoch, change(1));
    await db.restore();
    const present = await db.other.acquire();
    for (const number of [1, 2, 3]) await db.other.append(present.epoch, change(number, 'of the other'));

    const snapshot = { change: 1, content: content('of the first'), dropsChanges: true };
    for (const work of [
      () => db.first.renew(stopped.epoch),
      () => db.first.append(stopped.epoch, change(2)),
      () => db.first.append(stopped.epoch, change(4)),
      () => db.first.storeSnapshot(stopped.epoch, snapshot),
    ]) {
      const failure = await failureOf(work());
      expect(failure).to.be.instanceOf(OutboxTakenError);
      expect((failure as Error).message).to.include('works on it');
    }
    await db.first.release(stopped.epoch);
    await db.other.renew(present.epoch);
    expect(await db.changes()).to.deep.equal([1, 2, 3].map((number) => `change ${number} of the other`));
  });

  it('tells the one who has the lease, and the backup, too, that it has gone back, and does not name itself', async () => {
    await using db = await open();
    const { epoch } = await db.first.acquire();
    await db.first.append(epoch, change(1));
    await db.backUp();
    for (const number of [2, 3]) await db.first.append(epoch, change(number));
    await db.restore();
    const snapshot = { change: 3, content: content('up to 3'), dropsChanges: true };
    for (const work of [() => db.first.append(epoch, change(4)), () => db.first.storeSnapshot(epoch, snapshot)]) {
      const failure = await failureOf(work());
      expect(failure).to.be.instanceOf(OutboxTakenError);
      expect((failure as OutboxTakenError).message)
        .to.include('restored from a backup')
        .and.not.include('works on it');
      expect((failure as OutboxTakenError).actions.join()).to.include('looked up in the org');
    }
    expect(await db.changes()).to.deep.equal(['change 1 ']);
  });

  it('loses no change that only a lost snapshot had', async () => {
    await using db = await open();
    const { epoch } = await db.first.acquire();
    for (const number of [1, 2]) await db.first.append(epoch, change(number));
    await db.first.storeSnapshot(epoch, { change: 1, content: content('up to 1'), dropsChanges: true });
    await db.backUp();
    // As if the database was restored just when the snapshot had taken effect.
    await db.query(
      `CREATE FUNCTION go_back() RETURNS trigger LANGUAGE plpgsql AS
         $$BEGIN UPDATE loyalty_outbox.outbox SET snapshot = 1; RETURN NULL; END$$;
       CREATE TRIGGER go_back AFTER UPDATE ON loyalty_outbox.outbox FOR EACH ROW
         WHEN (NEW.snapshot = 2) EXECUTE FUNCTION go_back()`,
    );
    await db.first.storeSnapshot(epoch, { change: 2, content: content('up to 2'), dropsChanges: true });
    expect(await db.changes()).to.deep.equal(['change 2 ']);
  });

  it('is not read on by whoever has read what it has forgotten, also where the numbers fit', async () => {
    await using db = await open();
    const { epoch } = await db.first.acquire();
    await db.first.append(epoch, change(1));
    await db.backUp();
    await db.first.append(epoch, change(2));
    const reader = { snapshot: async () => undefined, change: () => undefined };
    const read = await db.other.read(undefined, reader);
    expect(read).to.deep.equal({ number: 2, epoch });
    await db.restore();
    const { epoch: present } = await db.other.acquire();
    await db.other.append(present, change(2, 'of the other'));
    expect(await failureOf(db.first.read(read, reader))).to.be.instanceOf(OutboxTakenError);
    await db.other.append(present, change(3, 'of the other'));
    expect(await failureOf(db.first.read(read, reader))).to.be.instanceOf(OutboxTakenError);
    expect(await db.first.read({ number: 1, epoch }, reader)).to.deep.equal({ number: 3, epoch: present });
    await db.other.storeSnapshot(present, { change: 3, content: content('up to 3'), dropsChanges: false });
    expect(
      await db.first.read(read, {
        ...reader,
        snapshot: async (parts) => {
          for await (const part of parts) expect(Buffer.from(part).toString()).to.equal('up to 3');
        },
      }),
    ).to.deep.equal({ number: 3, epoch: present });
  });

  const sale = { key: 'till:1', member: 'HR-1', journal: { TransactionAmount: '12.40' } };
  const owner = { orgId: '00D1', programId: '0lp1', program: 'Harbour Rewards', numberLength: 255 };

  it('takes nothing for an outbox whose place another one has, and says so at each look', async () => {
    const url = await server.createDatabase();
    const database = new URL(url).pathname.slice(1);
    await using door = await PostgresInbox.open(`${url}?outbox=p`);
    await door.claim(owner);
    await door.add([sale]);
    await server.query(database, 'DROP SCHEMA loyalty_outbox CASCADE');
    await using other = await PostgresInbox.open(`${url}?outbox=q`);
    await other.claim({ ...owner, orgId: '00D2' });
    await using again = await PostgresInbox.open(`${url}?outbox=p`);
    for (const work of [() => door.add([sale]), () => door.backlog()]) {
      const failure = await failureOf(work());
      expect(failure).to.be.instanceOf(OutboxDatabaseError).and.have.property('isPassing', false);
      expect((failure as Error).message).to.include('made anew');
    }
    for (const inbox of [other, again]) expect(await inbox.first(10)).to.deep.equal([]);
    expect(await server.query(database, 'SELECT * FROM loyalty_outbox.inbox_head')).to.deep.equal([]);
  });

  it('takes nothing for an outbox that was bound to another org after the restore', async () => {
    await using db = await open();
    await using door = await PostgresInbox.open(db.url);
    await db.backUp();
    await door.claim(owner);
    await db.restore();
    await db.other.claim({ ...owner, orgId: '00D2' });
    expect(await failureOf(door.add([sale]))).to.be.instanceOf(OutboxDatabaseError);
    expect(await db.query('SELECT * FROM loyalty_outbox.inbox')).to.deep.equal([]);
  });

  it('loses nothing that was handed in after the restore, or whose transactions the log no longer has', async () => {
    await using db = await open();
    await using inbox = await PostgresInbox.open(db.url);
    const keys = async () => (await inbox.first(10)).flatMap(({ transactions }) => transactions.map(({ key }) => key));
    const { epoch } = await db.first.acquire();
    await db.first.append(epoch, change(1));
    await inbox.add([sale]);
    await db.backUp();
    await inbox.add([{ ...sale, key: 'till:2' }]);
    await db.first.append(epoch, change(2));
    const place = { epoch, change: 2 };
    await db.restore();
    await inbox.add([{ ...sale, key: 'till:3' }]);
    // The lease of the backup is the same.
    expect(await failureOf(inbox.remove(2, place))).to.be.instanceOf(OutboxTakenError);
    expect(await keys()).to.deep.equal(['till:1', 'till:3']);
    const present = await db.other.acquire();
    await db.other.append(present.epoch, change(2, 'of the other'));
    await inbox.remove(2, place);
    expect(await keys()).to.deep.equal(['till:1', 'till:3']);
    await inbox.remove(1, { epoch: present.epoch, change: 2 });
    expect(await keys()).to.deep.equal(['till:3']);
  });

  it('loses no file that was handed in after the restore, or whose rows the log no longer has', async () => {
    await using db = await open();
    await using inbox = await PostgresInbox.open(db.url);
    const { feeds } = inbox;
    const file = (text: string) => ({
      ...{ name: '/data/till.csv', source: 'till', mapping: '', format: undefined, bytes: text.length, digest: text },
    });
    await feeds.add(file('first'), () => content('first'));
    const read = await feeds.first('till');
    const { epoch } = await db.first.acquire();
    const place = { epoch, change: 0 };
    await db.backUp();
    // As another file that was handed in after a restore, and got the number.
    await db.query(`UPDATE loyalty_outbox.feed SET digest = 'other'`);
    await feeds.remove(read!, place);
    await feeds.refuse(read!, 'It has no header.');
    expect(await failureOf(Array.fromAsync(feeds.content(read!)))).to.be.instanceOf(OutboxTakenError);
    await db.restore();
    await db.other.acquire();
    await feeds.remove(read!, place);
    expect(await feeds.unread()).to.deep.equal({ waiting: 1, refused: [] });
    expect((await Array.fromAsync(feeds.content(read!))).join()).to.equal('first');
  });
});
