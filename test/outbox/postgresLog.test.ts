import { expect } from 'chai';
import { Client } from 'pg';
import {
  NoOutboxError,
  OutboxBusyError,
  OutboxDatabaseError,
  OutboxFormatError,
  OutboxTakenError,
} from '../../src/outbox/index.js';
import { LeaseView, PostgresInbox, PostgresLog, SharedOutbox } from '../../src/outbox/postgres/index.js';
import type { LogPosition, OutboxChange } from '../../src/outbox/postgres/outboxLog.js';
import { migrationLock, prepareTables } from '../../src/outbox/postgres/postgresTables.js';
import { PatientDatabase } from '../../src/outbox/postgres/patientDatabase.js';
import { PostgresServer } from '../support/postgresServer.js';

function change(number: number): OutboxChange {
  return { number, patch: Buffer.from(`change ${number}`), latestBatch: number };
}

async function* content(text: string): AsyncIterable<Uint8Array> {
  yield Buffer.from(text);
}

async function* parts(count: number): AsyncIterable<Uint8Array> {
  for (let part = 0; part < count; part++) yield Buffer.from(`part ${part}`);
}

/** Returns what a reader gets: the snapshot, and the numbers of the changes. */
async function readAll(log: PostgresLog, after?: LogPosition): Promise<(string | number)[]> {
  const seen: (string | number)[] = [];
  await log.read(after, {
    snapshot: async (parts) => {
      for await (const part of parts) seen.push(Buffer.from(part).toString());
    },
    change: async ({ number }) => void seen.push(number),
  });
  return seen;
}

function failureOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => undefined,
    (error: unknown) => error,
  );
}

describe('the log of a shared outbox in PostgreSQL', () => {
  let server: PostgresServer;

  before(async () => {
    server = await PostgresServer.start();
  });

  after(async () => {
    await server[Symbol.asyncDispose]();
  });

  /** Two processes that open the same outbox. */
  async function two(): Promise<{ url: string; one: PostgresLog; other: PostgresLog } & AsyncDisposable> {
    const url = `${await server.createDatabase()}?lease=1`;
    const [one, other] = await Promise.all([PostgresLog.open(url), PostgresLog.open(url)]);
    const close = async (): Promise<void> => {
      await Promise.all([one.close(), other.close()]);
    };
    return { url, one, other, [Symbol.asyncDispose]: close };
  }

  /** Resolves when somebody waits for an advisory lock of this database. */
  async function waited(url: string): Promise<void> {
    const database = new URL(url).pathname.slice(1);
    const waits = `SELECT 1 FROM pg_locks JOIN pg_database AS d ON d.oid = database
       WHERE locktype = 'advisory' AND NOT granted AND datname = '${database}'`;
    while ((await server.query(database, waits)).length === 0);
  }

  it('gives the lease to one, and says who has it as long as it is renewed', async () => {
    await using logs = await two();
    const { epoch } = await logs.one.acquire();
    const asking = new AbortController();
    const renewing = (async () => {
      while (!asking.signal.aborted) await logs.one.renew(epoch);
    })();
    const busy = await failureOf(logs.other.acquire());
    asking.abort();
    await renewing;
    expect(busy).to.be.instanceOf(OutboxBusyError);
    expect((busy as Error).message).to.include(`process ${process.pid} on`);
    await logs.one.release(epoch);
    expect((await logs.other.acquire()).epoch).to.not.equal(epoch);
  });

  it('gives the lease to another one when it has ended, and takes nothing more from the first', async () => {
    await using logs = await two();
    const first = await logs.one.acquire();
    await logs.one.append(first.epoch, change(1));
    const second = await logs.other.acquire();
    expect(second).to.deep.include({ last: { number: 1, epoch: first.epoch }, length: 1000 });
    const late = { change: 1, content: content('late'), dropsChanges: true };
    for (const work of [
      () => logs.one.append(first.epoch, change(2)),
      () => logs.one.renew(first.epoch),
      () => logs.one.storeSnapshot(first.epoch, late),
    ])
      expect(await failureOf(work())).to.be.instanceOf(OutboxTakenError);
    await logs.one.release(first.epoch);
    await logs.other.append(second.epoch, change(2));
    expect(await readAll(logs.one)).to.deep.equal([1, 2]);
    const kept = { change: 2, content: content('kept'), dropsChanges: true };
    await logs.other.storeSnapshot(second.epoch, kept);
    const older = { ...kept, content: content('with a member who was erased meanwhile') };
    expect(await failureOf(logs.one.storeSnapshot(first.epoch, older))).to.be.instanceOf(OutboxTakenError);
    expect(await readAll(logs.one)).to.deep.equal(['kept']);
  });

  it('stores a change once whose answer was lost, and refuses one that does not follow', async () => {
    await using logs = await two();
    const { epoch } = await logs.one.acquire();
    await logs.one.append(epoch, change(1));
    await logs.one.append(epoch, change(1));
    expect(await failureOf(logs.one.append(epoch, change(3)))).to.be.instanceOf(OutboxTakenError);
    expect(await readAll(logs.other)).to.deep.equal([1]);
  });

  it('keeps changes beside a snapshot for those who have just read, until the next one or an erasure', async () => {
    await using logs = await two();
    const { epoch } = await logs.one.acquire();
    for (let number = 1; number <= 4; number++) await logs.one.append(epoch, change(number));
    await logs.one.storeSnapshot(epoch, { change: 3, content: content('up to 3'), dropsChanges: false });
    expect(await readAll(logs.other)).to.deep.equal(['up to 3', 4]);
    expect(await readAll(logs.other, { number: 1, epoch })).to.deep.equal([2, 3, 4]);
    await logs.one.storeSnapshot(epoch, { change: 4, content: content('up to 4'), dropsChanges: true });
    expect(await readAll(logs.other)).to.deep.equal(['up to 4']);
    expect(await readAll(logs.other, { number: 1, epoch })).to.deep.equal(['up to 4']);
    expect(await readAll(logs.other, { number: 4, epoch: undefined })).to.deep.equal([]);
  });

  it('drops what is older in portions, and the lease can be renewed meanwhile', async () => {
    await using logs = await two();
    const database = new URL(logs.url).pathname.slice(1);
    const { epoch } = await logs.one.acquire();
    await logs.one.append(epoch, change(1));
    const many = { change: 1, content: parts(20), dropsChanges: false };
    await logs.one.storeSnapshot(epoch, many);
    await server.query(
      database,
      `INSERT INTO loyalty_outbox.change SELECT outbox, n, epoch, n, stored_at, patch
         FROM loyalty_outbox.change, generate_series(2, 1201) AS n;
       UPDATE loyalty_outbox.outbox SET change = 1201;
       CREATE TABLE portion (of text, rows integer);
       CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS
         $$BEGIN INSERT INTO portion SELECT TG_TABLE_NAME, count(*) FROM gone; RETURN NULL; END$$;
       CREATE FUNCTION gate() RETURNS trigger LANGUAGE plpgsql AS
         $$BEGIN PERFORM pg_advisory_xact_lock_shared(7); RETURN OLD; END$$;
       CREATE TRIGGER gate BEFORE DELETE ON loyalty_outbox.change FOR EACH ROW EXECUTE FUNCTION gate();
       CREATE TRIGGER note AFTER DELETE ON loyalty_outbox.change REFERENCING OLD TABLE AS gone
         FOR EACH STATEMENT EXECUTE FUNCTION note();
       CREATE TRIGGER note AFTER DELETE ON loyalty_outbox.snapshot_part REFERENCING OLD TABLE AS gone
         FOR EACH STATEMENT EXECUTE FUNCTION note()`,
    );
    const gate = new Client({ connectionString: logs.url });
    await gate.connect();
    await gate.query('SELECT pg_advisory_lock(7)');
    const storing = logs.one.storeSnapshot(epoch, { change: 1201, content: content('all'), dropsChanges: true });
    await waited(logs.url);
    // While a portion is being dropped.
    await logs.other.renew(epoch);
    expect(await readAll(logs.other)).to.deep.equal(['all']);
    await gate.end();
    await storing;
    expect(await server.query(database, 'SELECT number FROM loyalty_outbox.change')).to.deep.equal([]);
    expect(await server.query(database, 'SELECT snapshot, part FROM loyalty_outbox.snapshot_part')).to.deep.equal([
      { snapshot: '1201', part: 0 },
    ]);
    const portions = await server.query(database, 'SELECT of, max(rows) AS most FROM portion GROUP BY of ORDER BY of');
    expect(portions).to.deep.equal([
      { of: 'change', most: 500 },
      { of: 'snapshot_part', most: 8 },
    ]);
  });

  it('has no part of a snapshot of the same change that was not stored to its end, and stores one only once', async () => {
    await using logs = await two();
    const { epoch } = await logs.one.acquire();
    await logs.one.append(epoch, change(1));
    const gone = new Error('The disk is gone.');
    async function* broken(): AsyncIterable<Uint8Array> {
      yield* parts(20);
      throw gone;
    }
    const snapshot = { change: 1, dropsChanges: true };
    expect(await failureOf(logs.one.storeSnapshot(epoch, { ...snapshot, content: broken() }))).to.equal(gone);
    expect(await readAll(logs.other)).to.deep.equal([1]);
    await logs.one.storeSnapshot(epoch, { ...snapshot, content: content('whole') });
    await logs.one.storeSnapshot(epoch, { ...snapshot, content: content('the same') });
    expect(await readAll(logs.other)).to.deep.equal(['whole']);
  });

  it('is read in its order, however much the changes take', async () => {
    await using logs = await two();
    const { epoch } = await logs.one.acquire();
    for (let number = 1; number <= 5; number++)
      await logs.one.append(epoch, { ...change(number), patch: Buffer.alloc(3 << 20) });
    expect(await readAll(logs.other)).to.deep.equal([1, 2, 3, 4, 5]);
  });

  it('stores when a reading has failed in the middle', async () => {
    await using logs = await two();
    const { epoch } = await logs.one.acquire();
    await logs.one.append(epoch, change(1));
    const damaged = new Error('It does not follow.');
    const reading = logs.one.read(undefined, {
      snapshot: async () => undefined,
      change: () => {
        throw damaged;
      },
    });
    expect(await failureOf(reading)).to.equal(damaged);
    await logs.one.append(epoch, change(2));
    expect(await readAll(logs.one)).to.deep.equal([1, 2]);
  });

  it('shows who has the lease, and creates nothing for that', async () => {
    const url = await server.createDatabase();
    expect(await failureOf(LeaseView.open(url))).to.be.instanceOf(NoOutboxError);
    const log = await PostgresLog.open(url);
    expect(await failureOf(LeaseView.open(`${url}?outbox=other`))).to.be.instanceOf(NoOutboxError);
    const view = await LeaseView.open(url);
    expect(await view.look()).to.deep.equal({ holder: undefined, change: 0 });
    const { epoch } = await log.acquire();
    await log.append(epoch, change(1));
    const seen = await view.look();
    expect([seen.holder?.pid, seen.change]).to.deep.equal([process.pid, 1]);
    await Promise.all([log.close(), view.close()]);
  });

  it('goes on after a crash of the database', async () => {
    await using logs = await two();
    const { epoch } = await logs.one.acquire();
    await logs.one.append(epoch, change(1));
    await server.end();
    const appended = logs.one.append(epoch, change(2));
    await server.begin();
    await appended;
    expect(await readAll(logs.other)).to.deep.equal([1, 2]);
  });

  it('refuses tables of a later version that this one cannot use, and takes those that it can', async () => {
    await using logs = await two();
    const database = new URL(logs.url).pathname.slice(1);
    await server.query(database, 'INSERT INTO loyalty_outbox.tables VALUES (98, 1)');
    await (await PostgresLog.open(logs.url)).close();
    await server.query(database, 'INSERT INTO loyalty_outbox.tables VALUES (99, 99)');
    expect(await failureOf(PostgresLog.open(logs.url))).to.be.instanceOf(OutboxFormatError);
  });

  it('refuses tables of a later version that were made while it waited to make its own', async () => {
    const url = await server.createDatabase();
    const later = new Client({ connectionString: url });
    await later.connect();
    await later.query('SELECT pg_advisory_lock($1)', [migrationLock]);
    const refused = failureOf(PostgresLog.open(url));
    await waited(url);
    await later.query(
      `CREATE SCHEMA loyalty_outbox;
       CREATE TABLE loyalty_outbox.tables (version integer PRIMARY KEY, usable_from integer NOT NULL);
       INSERT INTO loyalty_outbox.tables VALUES (99, 99)`,
    );
    await later.end();
    expect(await refused).to.be.instanceOf(OutboxFormatError);
  });

  it('says why its tables could not be made, and not that the connection is lost since', async () => {
    const url = await server.createDatabase();
    const client = new Client({ connectionString: url });
    await client.connect();
    const query = client.query.bind(client) as (text: string, values?: unknown[]) => Promise<unknown>;
    const refusal = new Error('permission denied for database');
    client.query = (async (text: string, values?: unknown[]) => {
      if (text.startsWith('CREATE SCHEMA')) {
        await client.end();
        throw refusal;
      }
      return query(text, values);
    }) as typeof client.query;
    expect(await failureOf(prepareTables(client, 'the outbox'))).to.equal(refusal);
  });

  it('flushes what it stores to the disk, whatever the database is set to', async () => {
    await using logs = await two();
    const database = new URL(logs.url).pathname.slice(1);
    await server.query(database, `ALTER DATABASE ${database} SET synchronous_commit = off`);
    const log = await PostgresLog.open(logs.url);
    const { epoch } = await log.acquire();
    const [row] = await server.query(
      database,
      `SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = '${database}' AND application_name <> 'sf-plugin-loyalty'`,
    );
    expect(row).to.deep.equal({ n: 1 });
    await server.query(
      database,
      `CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS
         $$BEGIN NEW.patch := convert_to(current_setting('synchronous_commit'), 'UTF8'); RETURN NEW; END$$;
       CREATE TRIGGER note BEFORE INSERT ON loyalty_outbox.change FOR EACH ROW EXECUTE FUNCTION note()`,
    );
    await log.append(epoch, change(1));
    const [stored] = await server.query(
      database,
      `SELECT convert_from(patch, 'UTF8') AS said FROM loyalty_outbox.change`,
    );
    expect(stored).to.deep.equal({ said: 'on' });
    await log.close();
  });

  it('is flushed to disk whatever options the address sets, which count otherwise', async () => {
    const options = encodeURIComponent('-c synchronous_commit=off -c statement_timeout=1234');
    const database = await PatientDatabase.open(`${await server.createDatabase()}?options=${options}`, 'the outbox', 0);
    const { rows } = await database.query(
      `SELECT current_setting('synchronous_commit') AS flushes, current_setting('statement_timeout') AS statements,
         current_setting('idle_in_transaction_session_timeout') AS idle`,
    );
    expect(rows).to.deep.equal([{ flushes: 'on', statements: '1234ms', idle: '1min' }]);
    await database.close();
  });

  it('may be closed more than once, also at the same time, as its inbox and a whole outbox may', async () => {
    const url = await server.createDatabase();
    const outbox = await SharedOutbox.open(await PostgresLog.open(url));
    for (const opened of [outbox, await PostgresInbox.open(url), await PostgresLog.open(url)]) {
      await Promise.all([opened.close(), opened.close()]);
      await opened.close();
    }
  });

  it('says that a statement that took too long may work a little later', async () => {
    const url = `${await server.createDatabase()}?options=-c%20statement_timeout%3D20`;
    const database = await PatientDatabase.open(url, 'the outbox', 0);
    await database.query('SELECT 1');
    const failure = await failureOf(database.query('SELECT pg_sleep(5)'));
    expect(failure).to.be.instanceOf(OutboxDatabaseError).and.have.property('isPassing', true);
    await database.close();
  });

  it('says that a user may not, without the password', async () => {
    const url = await server.createDatabase();
    await server.query('postgres', `CREATE ROLE nobody LOGIN`);
    const failure = await failureOf(PostgresLog.open(url.replace('postgres@', 'nobody:s3cret@')));
    expect(failure).to.be.instanceOf(OutboxDatabaseError);
    expect((failure as Error).message)
      .to.include('permission denied')
      .and.not.include('s3cret');
  });
});
