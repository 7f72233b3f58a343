import { expect } from 'chai';
import { PostgresLog } from '../../src/outbox/postgres/index.js';
import { PostgresServer } from '../support/postgresServer.js';

describe('a lease of a shared outbox', () => {
  let server: PostgresServer;

  before(async () => {
    server = await PostgresServer.start();
  });

  after(async () => {
    await server[Symbol.asyncDispose]();
  });

  /** An outbox that a process has confirmed. */
  async function confirmed() {
    const url = `${await server.createDatabase()}?lease=2`;
    const database = new URL(url).pathname.slice(1);
    const log = await PostgresLog.open(url);
    const { epoch, isUnbroken } = await log.acquire();
    await log.confirm(epoch, 0);
    return {
      ...{ url, epoch, wasUnbroken: isUnbroken },
      query: (sql: string) => server.query(database, sql),
      /** A process that dies leaves its lease, which has ended some time later. */
      dies: () => server.query(database, 'UPDATE loyalty_outbox.outbox SET lease_until = now()'),
      next: async (address = url) => {
        await using other = closing(await PostgresLog.open(address));
        return (await other.log.acquire()).isUnbroken;
      },
      [Symbol.asyncDispose]: () => log.close(),
    };
  }

  function closing(log: PostgresLog) {
    return { log, [Symbol.asyncDispose]: () => log.close() };
  }

  it('is unbroken when the process before was killed, whoever has had it in between', async () => {
    await using outbox = await confirmed();
    expect(outbox.wasUnbroken).to.equal(false);
    for (let times = 0; times < 3; times++) {
      await outbox.dies();
      expect(await outbox.next()).to.equal(true);
    }
  });

  it('is broken after a restart of the server, which may be a replica or a restored one, until it is confirmed', async () => {
    await using outbox = await confirmed();
    await server.end();
    await server.begin();
    for (let times = 0; times < 2; times++) {
      await outbox.dies();
      expect(await outbox.next()).to.equal(false);
    }
    await outbox.dies();
    await using again = closing(await PostgresLog.open(outbox.url));
    await again.log.confirm((await again.log.acquire()).epoch, 0);
    await outbox.dies();
    expect(await outbox.next()).to.equal(true);
  });

  it('is broken when its tables were copied back, also those of the same lease', async () => {
    await using outbox = await confirmed();
    await outbox.dies();
    await outbox.query('CREATE TABLE backup AS TABLE loyalty_outbox.witness');
    await outbox.query('DELETE FROM loyalty_outbox.witness');
    await outbox.query('INSERT INTO loyalty_outbox.witness TABLE backup');
    expect(await outbox.next()).to.equal(false);
  });

  it('is broken in a copy of the database that has its name now', async () => {
    await using outbox = await confirmed();
    await outbox.dies();
    const { pathname } = new URL(outbox.url);
    const name = pathname.slice(1);
    await server.query('postgres', `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name}'`);
    await server.query('postgres', `CREATE DATABASE copy TEMPLATE ${name}`);
    await server.query('postgres', `ALTER DATABASE ${name} RENAME TO live`);
    await server.query('postgres', `ALTER DATABASE copy RENAME TO ${name}`);
    expect(await outbox.next()).to.equal(false);
    expect(await outbox.next(outbox.url.replace(name, 'live'))).to.equal(true);
  });

  it('is not confirmed if the log does not end where whoever confirms it has stored its last change', async () => {
    await using outbox = await confirmed();
    await outbox.query('DELETE FROM loyalty_outbox.witness');
    await using log = closing(await PostgresLog.open(outbox.url));
    await log.log.confirm(outbox.epoch, 1);
    await outbox.dies();
    expect(await outbox.next()).to.equal(false);
  });

  it('is broken, and acquired soon, while the witness is locked', async () => {
    await using outbox = await confirmed();
    await outbox.dies();
    const ends = outbox.query('BEGIN; LOCK loyalty_outbox.witness; SELECT pg_sleep(20)').catch(() => undefined);
    while (
      (await outbox.query("SELECT 1 FROM pg_locks WHERE relation = 'loyalty_outbox.witness'::regclass")).length === 0
    );
    const next = await outbox.next();
    const asleep = await outbox.query(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE '%pg_sleep(20)%' AND pid <> pg_backend_pid()",
    );
    expect([next, asleep.length > 0]).to.deep.equal([false, true]);
    await ends;
  });

  it('is broken when a build that knows no witness has had it', async () => {
    await using outbox = await confirmed();
    await outbox.query('UPDATE loyalty_outbox.outbox SET epoch = 77, lease_until = now()');
    expect(await outbox.next()).to.equal(false);
  });

  it('is broken, and nothing else, for a user without rights on the witness', async () => {
    await using outbox = await confirmed();
    await outbox.dies();
    await outbox.query(
      `CREATE ROLE guest LOGIN; GRANT USAGE ON SCHEMA loyalty_outbox TO guest;
       GRANT ALL ON ALL TABLES IN SCHEMA loyalty_outbox TO guest; REVOKE ALL ON loyalty_outbox.witness FROM guest`,
    );
    expect(await outbox.next(outbox.url.replace('postgres@', 'guest@'))).to.equal(false);
  });

  it('is not confirmed by a process that has lost it', async () => {
    await using outbox = await confirmed();
    await outbox.query('DELETE FROM loyalty_outbox.witness');
    await outbox.dies();
    await using other = closing(await PostgresLog.open(outbox.url));
    await other.log.acquire();
    await using late = closing(await PostgresLog.open(outbox.url));
    await late.log.confirm(outbox.epoch, 0);
    await outbox.dies();
    expect(await outbox.next()).to.equal(false);
  });
});
