import { expect } from 'chai';
import { OutboxDatabaseError } from '../../src/outbox/index.js';
import { LeaseView, PostgresInbox, PostgresLog } from '../../src/outbox/postgres/index.js';
import { PatientDatabase } from '../../src/outbox/postgres/patientDatabase.js';
import { failureOf } from '../client/loopback.js';
import { purchase } from '../sync/org/arrayFeed.js';
import { NetworkLink } from '../support/networkLink.js';
import { PostgresServer } from '../support/postgresServer.js';

describe('a process that loses its network to the shared outbox', () => {
  let server: PostgresServer;
  let link: NetworkLink;

  before(async () => {
    server = await PostgresServer.start();
  });

  beforeEach(async () => {
    link = await NetworkLink.open(Number(new URL(server.urlOf('postgres')).port));
  });

  afterEach(async () => {
    await link[Symbol.asyncDispose]();
  });

  after(async () => {
    await server[Symbol.asyncDispose]();
  });

  /** Does something over a connection that is dead from then on, without anybody being told. Others can be made. */
  async function onDeadConnection<T>(work: () => Promise<T>): Promise<T> {
    link.become('lost');
    const dropped = link.drops();
    const done = work();
    await dropped;
    link.become('up');
    return done;
  }

  it('keeps its lease on another connection if one is dead', async () => {
    const url = `${await server.createDatabase()}?lease=3`;
    const log = await PostgresLog.open(link.urlOf(url));
    const { epoch } = await log.acquire();
    const view = await LeaseView.open(url);
    const before = (await view.look()).holder?.left ?? 0;
    await onDeadConnection(() => log.renew(epoch));
    // The clock has gone on, and more of the lease is left.
    expect((await view.look()).holder?.left).to.be.above(before - 1000);
    await Promise.all([log.close(), view.close()]);
  });

  it('sees who delivers on another connection if one is dead', async () => {
    const url = `${await server.createDatabase()}?lease=1`;
    await (await PostgresLog.open(url)).close();
    const view = await LeaseView.open(link.urlOf(url));
    expect(await onDeadConnection(() => view.look())).to.deep.equal({ holder: undefined, change: 0 });
    await view.close();
  });

  it('takes what waits on another connection if one is dead', async () => {
    const inbox = await PostgresInbox.open(`${link.urlOf(await server.createDatabase())}?lease=1`);
    await inbox.add([purchase('1', 'A1')]);
    await onDeadConnection(() => inbox.remove(1));
    expect(await onDeadConnection(() => inbox.feeds.first('till'))).to.equal(undefined);
    expect(await inbox.first(10)).to.deep.equal([]);
    await inbox.close();
  });

  it('answers at a door on another connection if one is dead', async () => {
    const inbox = await PostgresInbox.open(`${link.urlOf(await server.createDatabase())}?lease=1`);
    const owner = { orgId: '00D1', programId: '0lp1', program: 'P', numberLength: 255 };
    expect(await onDeadConnection(() => inbox.claim(owner))).to.deep.equal(owner);
    await onDeadConnection(() => inbox.add([purchase('1', 'A1')]));
    expect(await onDeadConnection(() => inbox.find(purchase('1', 'A1').key))).to.include({ member: 'A1' });
    expect(await onDeadConnection(() => inbox.backlog())).to.include({ entries: 1 });
    await inbox.close();
  }).timeout(30_000);

  it('hands files in and reads them on another connection if one is dead', async () => {
    const inbox = await PostgresInbox.open(`${link.urlOf(await server.createDatabase())}?lease=1`);
    const { feeds } = inbox;
    const about = { name: 'a.csv', source: 'till', mapping: 'source: till', format: undefined, bytes: 10 };
    const add = (digest: string) => feeds.add({ ...about, digest }, content);
    expect(await onDeadConnection(() => add('of a.csv'))).to.include({ isNew: true });
    const first = (await feeds.first('till'))!;
    expect(await onDeadConnection(() => Array.fromAsync(feeds.content(first)))).to.deep.equal([
      Buffer.from('everything'),
    ]);
    await onDeadConnection(() => feeds.refuse(first, 'It has no header.'));
    expect((await onDeadConnection(() => feeds.unread())).refused).to.have.lengthOf(1);
    await onDeadConnection(() => feeds.remove(first));
    await onDeadConnection(() => feeds.removeRest());
    await inbox.close();
  }).timeout(30_000);

  it('knows the file that it has stored itself, although the answer was lost', async () => {
    const inbox = await PostgresInbox.open(`${link.urlOf(await server.createDatabase())}?lease=1`);
    const { feeds } = inbox;
    const about = { name: 'a.csv', source: 'till', mapping: 'source: till', format: undefined, bytes: 10 };
    const refused = await feeds.add({ ...about, digest: 'bad' }, content);
    await feeds.refuse((await feeds.first('till'))!, 'It has no header.');
    async function* thenLost(): AsyncIterable<Uint8Array> {
      yield* content();
      link.become('answers lost');
      void link.drops().then(() => link.become('up'));
    }
    const stored = await feeds.add({ ...about, digest: 'good' }, thenLost, true);
    expect(stored).to.deep.include({ isNew: true, replaced: [refused.number] });
    expect((await feeds.add({ ...about, digest: 'good' }, content)).isNew).to.equal(false);
    expect(await feeds.first('till')).to.include({ number: stored.number });
    await inbox.close();
  }).timeout(30_000);

  it('stores on another connection, although it took longer to find one dead than the database may be away', async () => {
    const patience = 100;
    const database = await PatientDatabase.open(link.urlOf(await server.createDatabase()), 'the outbox', patience);
    await database.query('SELECT 1');
    const answered = await onDeadConnection(() => database.query('SELECT 2 AS n', [], { answer: 3 * patience }));
    expect(answered.rows).to.deep.equal([{ n: 2 }]);
    await database.close();
  });

  it('lets another one deliver when its lease has ended, although it was lost in the middle of a snapshot', async () => {
    const url = await server.createDatabase();
    const database = new URL(url).pathname.slice(1);
    const [lost, other] = await Promise.all([
      PostgresLog.open(`${link.urlOf(url)}?lease=1`),
      PostgresLog.open(`${url}?lease=1`),
    ]);
    const { epoch } = await lost.acquire();
    await server.query(
      database,
      `CREATE FUNCTION wait() RETURNS trigger LANGUAGE plpgsql AS
         $$BEGIN PERFORM pg_advisory_xact_lock_shared(1); RETURN OLD; END$$;
       CREATE TRIGGER wait BEFORE DELETE ON loyalty_outbox.snapshot_part FOR EACH STATEMENT EXECUTE FUNCTION wait()`,
    );
    const gate = await PatientDatabase.open(url, 'the gate');
    const storing = gate.withClient(async (client) => {
      await client.query('BEGIN; SELECT pg_advisory_xact_lock(1)');
      const stored = failureOf(lost.storeSnapshot(epoch, { change: 0, content: content(), dropsChanges: true }));
      const waits = `SELECT count(*)::int AS n FROM pg_stat_activity WHERE wait_event = 'advisory'`;
      while ((await client.query<{ n: number }>(waits)).rows[0]?.n === 0);
      link.become('lost');
      await client.query('COMMIT');
      return { stored };
    });
    const { stored } = await storing;
    expect((await other.acquire()).epoch).to.equal(epoch + 1);
    link.become('reset');
    await lost.close();
    expect(await stored).to.be.instanceOf(OutboxDatabaseError);
    await Promise.all([other.close(), gate.close()]);
  });

  it('does its work again if the server has ended its transaction meanwhile, or only reads for a moment', async () => {
    const database = await PatientDatabase.open(await server.createDatabase(), 'the outbox');
    const answers = [
      "RAISE EXCEPTION 'Nothing happened for too long.' USING ERRCODE = '25P03'",
      "RAISE EXCEPTION 'This server only reads.' USING ERRCODE = '25006'",
      'NULL',
    ];
    await database.withClient((client) => client.query(`DO $$BEGIN ${answers.shift()}; END$$`));
    expect(answers).to.deep.equal([]);
    await database.close();
  });

  it('leaves neither a transaction nor a session behind for long', async () => {
    const database = await PatientDatabase.open(await server.createDatabase(), 'the outbox');
    const { rows } = await database.query<{ name: string; seconds: number }>(
      `SELECT name, setting::int / CASE unit WHEN 'ms' THEN 1000 ELSE 1 END AS seconds FROM pg_settings
       WHERE name IN ('idle_in_transaction_session_timeout', 'tcp_keepalives_idle') ORDER BY name`,
    );
    expect(rows.map(({ seconds }) => seconds)).to.deep.equal([60, 30]);
    await database.close();
  });

  it('tries no longer to give its lease back than the lease lasts', async () => {
    const log = await PostgresLog.open(`${await server.createDatabase()}?lease=1`);
    const { epoch } = await log.acquire();
    await server.end();
    const began = performance.now();
    expect(await failureOf(log.release(epoch))).to.be.instanceOf(OutboxDatabaseError);
    expect(performance.now() - began).to.be.within(1000, 10_000);
    await server.begin();
    await log.close();
  });
});

async function* content(): AsyncIterable<Uint8Array> {
  yield Buffer.from('everything');
}
