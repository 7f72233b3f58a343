import { expect } from 'chai';
import { setImmediate } from 'node:timers/promises';
import { systemClock } from '../../src/base/clock.js';
import { RelayError } from '../../src/outbox/index.js';
import { SharedOutbox } from '../../src/outbox/postgres/index.js';
import type { DatabaseOutbox } from '../../src/outbox/postgres/databaseOutbox.js';
import type { OwnRelay } from '../../src/outbox/postgres/outboxLog.js';
import type { PatientDatabase } from '../../src/outbox/postgres/patientDatabase.js';
import { PostgresRelay } from '../../src/outbox/postgres/postgresRelay.js';
import { failureOf } from '../client/loopback.js';
import { MemoryLog } from './memoryLog.js';

const defect = new TypeError('a defect of ours');

/** A database with one standby that answers nothing, and whose notifications fail. */
class BrokenDatabase implements Pick<PatientDatabase, 'query' | 'listen' | 'close'> {
  isClosed = false;
  readonly #broken = Promise.withResolvers<never>();

  apart(): this {
    return this;
  }

  async query(sql: string, values: readonly unknown[] = []): Promise<never> {
    const standby = { token: 't', host: 'till-2', pid: 7, connections: 2, left: 60_000, time: 0 };
    const ids = Array.isArray(values[0]) ? (values[0] as string[]) : [];
    const unanswered = ids.map((id) => ({ id, head: null, body: null }));
    const rows = sql.includes('loyalty_outbox.standby AS s') ? [standby] : unanswered;
    return { rows, rowCount: 1 } as never;
  }

  listen(): Promise<void> {
    return this.#broken.promise;
  }

  breaks(): void {
    this.#broken.reject(defect);
  }

  async close(): Promise<void> {
    this.isClosed = true;
  }
}

describe('a relay that fails', () => {
  it('offers nothing more, leaves nobody waiting, and says why when it is closed', async () => {
    const database = new BrokenDatabase();
    const outbox = { database: database as unknown as PatientDatabase, id: '1', name: 'the outbox', lease: 10_000 };
    const relay = await PostgresRelay.begin(outbox satisfies DatabaseOutbox, 1);
    while (!relay.hasRoom) await setImmediate();
    const request = { head: '{}', body: '{}' };
    const waiting = failureOf(relay.send(request, 60_000));
    await setImmediate();
    database.breaks();
    expect(await waiting)
      .to.be.instanceOf(RelayError)
      .and.include({ maySend: true });
    expect([relay.hasRoom, relay.connections]).to.deep.equal([false, 0]);
    expect(await failureOf(relay.send(request, 60_000))).to.include({ maySend: false });
    expect(await failureOf(relay.close())).to.equal(defect);
    expect(database.isClosed).to.equal(true);
  });

  it('is told to whoever closes or locks the outbox next, and ends no process', async () => {
    class RelayedLog extends MemoryLog {
      closings = 0;

      async relay(): Promise<OwnRelay> {
        const close = (): Promise<void> => Promise.reject(defect);
        return { connections: 0, hasRoom: false, send: () => Promise.reject(defect), close };
      }

      override async close(): Promise<void> {
        this.closings += 1;
      }
    }
    const log = new RelayedLog(systemClock);
    const outbox = await SharedOutbox.open(log);
    (await outbox.lock())[Symbol.dispose]();
    await setImmediate();
    expect(await failureOf(outbox.lock())).to.equal(defect);
    // The lease was given back all the same.
    (await outbox.lock())[Symbol.dispose]();
    await setImmediate();
    expect(await failureOf(outbox.close())).to.equal(defect);
    expect(log.closings).to.equal(1);
  });
});
