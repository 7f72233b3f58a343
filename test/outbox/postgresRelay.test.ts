import { expect } from 'chai';
import { systemClock } from '../../src/base/clock.js';
import { RelayError } from '../../src/outbox/index.js';
import { OfferedRequests, PostgresLog } from '../../src/outbox/postgres/index.js';
import type { PostgresRelay } from '../../src/outbox/postgres/postgresRelay.js';
import { failureOf } from '../client/loopback.js';
import { HeldStatement } from '../support/heldStatement.js';
import { PostgresServer } from '../support/postgresServer.js';

const owner = { orgId: '00D000000000001', programId: '0lp000000000001', program: 'Harbour', numberLength: 255 };
const request = { head: '{"path":"/services/"}', body: '{"transactionJournals":[]}' };
const answer = { head: '{"statusCode":200}', body: '{"status":true}' };
/** Milliseconds. */
const limit = 60_000;

describe('the standbys that send for a shared outbox', function () {
  this.timeout(30_000);

  let server: PostgresServer;

  before(async () => {
    server = await PostgresServer.start();
  });

  after(() => server[Symbol.asyncDispose]());

  /** The process that delivers, and what one standby is offered. */
  async function open({ orgId = owner.orgId, connections = 2, held = '', isAnswered = true } = {}) {
    const url = `${await server.createDatabase()}?lease=2`;
    const way = await HeldStatement.open(url, held || 'nothing', isAnswered);
    const log = await PostgresLog.open(way.url);
    await log.claim(owner);
    const { epoch } = await log.acquire();
    // As a lease is renewed by whoever delivers.
    const renewing = setInterval(() => void log.renew(epoch).catch(() => undefined), 200);
    const offered = await OfferedRequests.open(way.url, { orgId, connections });
    const announcing = setInterval(() => void offered.announce(true).catch(() => undefined), 200);
    await offered.announce(true);
    const relay = await log.relay(epoch);
    if (!relay) throw new Error('There is no relay.');
    const close = async (): Promise<void> => {
      clearInterval(renewing);
      clearInterval(announcing);
      await relay.close();
      await Promise.all([log.close(), offered.close()]);
      await way[Symbol.asyncDispose]();
    };
    const query = (sql: string) => server.query(new URL(url).pathname.slice(1), sql);
    /** Waits until the table has so many requests. */
    const offers = async (count: number): Promise<void> => {
      while ((await query('SELECT id FROM loyalty_outbox.request')).length !== count) await new Promise(setImmediate);
    };
    const dies = () => clearInterval(announcing);
    const stopsRenewing = () => clearInterval(renewing);
    return { url, way, epoch, stopsRenewing, log, offered, relay, query, offers, dies, [Symbol.asyncDispose]: close };
  }

  /** Takes until something is offered. */
  async function taken(offered: OfferedRequests): ReturnType<OfferedRequests['take']> {
    for (;;) {
      const some = await offered.take();
      if (some.length > 0) return some;
    }
  }

  async function found(relay: PostgresRelay, connections: number): Promise<void> {
    while (relay.connections !== connections) await new Promise(setImmediate);
  }

  it('are found as they come and go, and have as much room as they say', async () => {
    await using db = await open({ connections: 1 });
    await found(db.relay, 1);
    const first = db.relay.send(request, limit);
    expect(db.relay.hasRoom).to.equal(false);
    const failure = (await failureOf(db.relay.send(request, limit))) as RelayError;
    expect(failure).to.be.instanceOf(RelayError).and.include({ maySend: false });
    const [one] = await taken(db.offered);
    expect(one).to.include({ ...request, limit });
    await db.offered.answer(one!.id, answer);
    expect(await first).to.include(answer);
    expect(db.relay.hasRoom).to.equal(true);
    await db.offered.leave();
    db.dies();
    await found(db.relay, 0);
    const content = 'SELECT id FROM loyalty_outbox.request WHERE length(request_body) > 0 OR answer_body IS NOT NULL';
    while ((await db.query(content)).length > 0) await new Promise(setImmediate);
    await db.offers(0);
  });

  it('are offered nothing if they are logged in to another org', async () => {
    await using db = await open({ orgId: '00D000000000002' });
    await using other = await OfferedRequests.open(db.url, { orgId: owner.orgId, connections: 3 }).then(closing);
    await other.it.announce(true);
    await found(db.relay, 3);
  });

  it('take nothing of a process that has lost its lease, and it can offer nothing then', async () => {
    await using db = await open();
    await found(db.relay, 2);
    const first = failureOf(db.relay.send(request, limit));
    await db.offers(1);
    await db.query('UPDATE loyalty_outbox.outbox SET epoch = epoch + 1');
    expect(await db.offered.take()).to.deep.equal([]);
    expect(await failureOf(db.relay.send(request, limit)))
      .to.be.instanceOf(RelayError)
      .and.include({ maySend: false });
    // What nobody has taken is taken back.
    expect(await first)
      .to.be.instanceOf(RelayError)
      .and.include({ maySend: false });
  });

  it('take nothing when the lease has ended, although nobody else has it', async () => {
    await using db = await open();
    await found(db.relay, 2);
    const first = failureOf(db.relay.send(request, limit));
    await db.offers(1);
    db.stopsRenewing();
    await db.query(`UPDATE loyalty_outbox.outbox SET lease_until = NULL`);
    expect(await db.offered.take()).to.deep.equal([]);
    expect(await failureOf(db.relay.send(request, limit)))
      .to.be.instanceOf(RelayError)
      .and.include({ maySend: false });
    expect(await first).to.include({ maySend: false });
  });

  it('may have sent what they have taken when they die, and have not sent what they have not', async () => {
    await using db = await open();
    await found(db.relay, 2);
    const takenByIt = failureOf(db.relay.send(request, limit));
    await taken(db.offered);
    db.dies();
    const notTaken = failureOf(db.relay.send(request, limit));
    expect(await takenByIt)
      .to.be.instanceOf(RelayError)
      .and.include({ maySend: true });
    expect(await notTaken)
      .to.be.instanceOf(RelayError)
      .and.include({ maySend: false });
    expect(db.relay.connections).to.equal(0);
    // What a late answer would be written into is gone, and with it what members have bought.
    await db.offers(0);
  });

  it('get nothing for a while after they have not taken a request in time', async () => {
    await using db = await open();
    await found(db.relay, 2);
    const failure = (await failureOf(db.relay.send(request, limit))) as RelayError;
    expect(failure).to.include({ maySend: false });
    expect(failure.message).to.include('has not taken the request');
    expect(await db.offered.take()).to.deep.equal([]);
    expect(db.relay.connections).to.equal(0);
  });

  it('get nothing for a while after they were told to rest', async () => {
    await using db = await open();
    await found(db.relay, 2);
    const first = db.relay.send(request, limit);
    const [one] = await taken(db.offered);
    await db.offered.answer(one!.id, answer);
    (await first).rate('cannot');
    expect([db.relay.connections, db.relay.hasRoom]).to.deep.equal([0, false]);
  });

  it('take nothing that was offered long ago', async () => {
    await using db = await open();
    await found(db.relay, 2);
    const failure = failureOf(db.relay.send(request, limit));
    await db.offers(1);
    await db.query(`UPDATE loyalty_outbox.request SET offered_at = offered_at - interval '11 s'`);
    expect(await db.offered.take()).to.deep.equal([]);
    expect(await failure).to.include({ maySend: false });
  });

  it('are not offered a request by a statement that arrives when nobody waits for it any more', async () => {
    await using db = await open({ held: 'INSERT INTO loyalty_outbox.request' });
    await found(db.relay, 2);
    const [began] = await db.query('SELECT clock_timestamp() AS at');
    expect(await failureOf(db.relay.send(request, limit)))
      .to.be.instanceOf(RelayError)
      .and.include({ maySend: true });
    const at = (began?.['at'] as Date).toISOString();
    const isOver = `SELECT clock_timestamp() > '${at}'::timestamptz + interval '4 s' AS over`;
    while ((await db.query(isOver))[0]?.['over'] !== true) await new Promise(setImmediate);
    db.way.release();
    const arrived = `SELECT 1 FROM pg_stat_activity WHERE state = 'idle' AND query LIKE '%INSERT INTO loyalty_outbox.request%'`;
    while ((await db.query(arrived)).length === 0) await new Promise(setImmediate);
    expect(await db.query('SELECT id FROM loyalty_outbox.request')).to.deep.equal([]);
    expect(await db.offered.take()).to.deep.equal([]);
  });

  it('send what a statement has taken that arrives late', async () => {
    await using db = await open({ held: 'UPDATE loyalty_outbox.request AS r' });
    await found(db.relay, 2);
    expect(await db.offered.take()).to.deep.equal([]);
    expect(db.way.isHeld).to.equal(true);
    const first = db.relay.send(request, limit);
    await db.offers(1);
    db.way.release();
    const [one] = await taken(db.offered);
    await db.offered.answer(one!.id, answer);
    expect(await first).to.include(answer);
  });

  for (const isTaken of [true, false])
    it(`are offered a request once, if the answer to the offer is lost and it was ${isTaken ? '' : 'not '}taken`, async () => {
      await using db = await open({ held: 'INSERT INTO loyalty_outbox.request', isAnswered: false });
      await found(db.relay, 2);
      const failure = failureOf(db.relay.send(request, limit));
      if (isTaken) {
        await taken(db.offered);
        // As a crash does: what would be stored now would be sent a second time.
        await db.query('TRUNCATE loyalty_outbox.request');
      }
      expect(await failure)
        .to.be.instanceOf(RelayError)
        .and.include({ maySend: isTaken });
      expect(await db.offered.take()).to.deep.equal([]);
    });

  it('leave whoever may not use their tables alone, which delivers without them', async () => {
    await using db = await open();
    const grants = ['USAGE ON SCHEMA', 'ALL ON ALL TABLES IN SCHEMA', 'ALL ON ALL SEQUENCES IN SCHEMA'];
    const role = grants.map((each) => `GRANT ${each} loyalty_outbox TO little;`).join(' ');
    await db.query(`CREATE ROLE little LOGIN; ${role} REVOKE ALL ON loyalty_outbox.request FROM little`);
    await using log = closing(await PostgresLog.open(db.url.replace('postgres@', 'little@')));
    expect(await log.it.relay(db.epoch)).to.equal(undefined);
  });

  it('get nothing for a while after three failures in a row', async () => {
    await using db = await open();
    await found(db.relay, 2);
    for (const how of ['fails', 'fails', 'works', 'fails', 'fails', 'fails'] as const) {
      expect(db.relay.connections).to.equal(2);
      const first = db.relay.send(request, limit);
      for (const { id } of await taken(db.offered)) await db.offered.answer(id, answer);
      (await first).rate(how);
    }
    expect(db.relay.connections).to.equal(0);
  });

  it('rest only after failures of different moments', async () => {
    await using db = await open({ connections: 4 });
    await found(db.relay, 4);
    for (let times = 0; times < 2; times++) {
      const all = [1, 2, 3, 4].map(() => db.relay.send(request, limit));
      await db.offers(4);
      for (let answered = 0; answered < 4;)
        for (const { id } of await taken(db.offered)) {
          await db.offered.answer(id, answer);
          answered += 1;
        }
      for (const each of await Promise.all(all)) each.rate('fails');
      await db.query('TRUNCATE loyalty_outbox.request');
    }
    expect(db.relay.connections).to.equal(4);
  });

  it('get each request once, and also one that a statement took whose answer was lost', async () => {
    await using db = await open();
    await found(db.relay, 2);
    const sending = db.relay.send(request, limit);
    await db.offers(1);
    await db.query('UPDATE loyalty_outbox.request SET claim = standby');
    const [one] = await db.offered.take();
    expect(one).to.include(request);
    expect(await db.offered.take()).to.deep.equal([]);
    await db.offered.answer(one!.id, answer);
    expect(await sending).to.include(answer);
  });

  it('get nothing of a request that was given up, also if they had taken it', async () => {
    await using db = await open();
    await found(db.relay, 2);
    const failure = failureOf(db.relay.send(request, limit));
    await db.offers(1);
    await db.query('UPDATE loyalty_outbox.request SET claim = standby');
    db.dies();
    expect(await failure).to.include({ maySend: true });
    const full = `SELECT id FROM loyalty_outbox.request WHERE request_body <> ''`;
    while ((await db.query(full)).length > 0) await new Promise(setImmediate);
    expect(await db.offered.take()).to.deep.equal([]);
  });

  for (const { left, most } of [
    { left: '0.3 seconds', most: 300 },
    { left: '1 hour', most: 2000 },
  ])
    it(`must send at once, with ${left} of the lease left`, async () => {
      await using db = await open();
      await found(db.relay, 2);
      db.stopsRenewing();
      void failureOf(db.relay.send(request, limit));
      await db.offers(1);
      await db.query(`UPDATE loyalty_outbox.outbox SET lease_until = clock_timestamp() + interval '${left}'`);
      const [one] = await db.offered.take();
      expect(one?.leavesBefore).to.be.at.most(systemClock.monotonic() + most);
    });

  it('may have sent a request when the database is away for long', async () => {
    await using db = await open();
    await found(db.relay, 2);
    const failure = failureOf(db.relay.send(request, limit));
    await taken(db.offered);
    await server.end();
    expect(await failure).to.include({ maySend: true });
    await server.begin();
  });

  it('may have sent a request that the database has lost', async () => {
    await using db = await open();
    await found(db.relay, 2);
    const failure = failureOf(db.relay.send(request, limit));
    await taken(db.offered);
    // Nothing of this table is written ahead, so a crash empties it.
    await db.query('TRUNCATE loyalty_outbox.request');
    expect(await failure).to.include({ maySend: true });
  });

  it('have not answered when the time limit is over', async () => {
    await using db = await open();
    await found(db.relay, 2);
    const failure = failureOf(db.relay.send(request, 100));
    await db.offers(1);
    const offeredBy = performance.now();
    const [one] = await taken(db.offered);
    expect(one?.limit).to.equal(100);
    expect(one?.began).to.be.lessThan(offeredBy);
    expect(await failure).to.include({ maySend: true });
    expect(db.relay.connections).to.equal(2);
  });

  it('leave no request behind for whoever delivers next, who may erase a member', async () => {
    await using db = await open();
    await found(db.relay, 2);
    const failure = failureOf(db.relay.send(request, limit));
    await taken(db.offered);
    db.stopsRenewing();
    await db.log.release(db.epoch);
    const next = await db.log.acquire();
    const relay = await db.log.relay(next.epoch);
    await relay?.close();
    expect(await db.query('SELECT id FROM loyalty_outbox.request')).to.deep.equal([]);
    expect(await failure).to.include({ maySend: true });
  });
});

function closing<T extends { close(): Promise<void> }>(it: T): AsyncDisposable & { readonly it: T } {
  return { it, [Symbol.asyncDispose]: () => it.close() };
}
