import { randomInt, randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { systemClock } from '../../base/clock.js';
import { NoOutboxError, OutboxBusyError, OutboxTakenError } from '../outboxErrors.js';
import { leaseAnswer } from './answerLimits.js';
import type { DatabaseOutbox } from './databaseOutbox.js';
import type { Lease, OutboxLog } from './outboxLog.js';
import type { QueryLimits } from './patientDatabase.js';
import { passWitness, placeWitness } from './serverWitness.js';

/** How often a lease is looked at that seems to be left over. */
const leasePause = 500;

/**
 * Above all epochs that are drawn: as great as `randomInt` allows. An epoch is drawn, and not counted, because a database
 * that is restored from a backup would count the same ones again, for somebody else.
 */
const epochs = 2 ** 48 - 1;

interface HolderRow {
  readonly epoch: string;
  /** Of the lease before this one. Null or out of date while a version that does not store it has the lease. */
  readonly previous_epoch: string | null;
  readonly change: string;
  readonly change_epoch: string | null;
  readonly holder_token: string | null;
  readonly holder_host: string | null;
  readonly holder_pid: number | null;
  readonly lease_until: Date | null;
  /** Seconds. */
  readonly left: number | null;
}

/** The lease of a shared outbox in its database, by whose clock all times are compared. */
export class PostgresLease implements Pick<OutboxLog, 'acquire' | 'renew' | 'release' | 'confirm'> {
  readonly #outbox: DatabaseOutbox;
  readonly #limits: Required<Pick<QueryLimits, 'answer'>>;

  constructor(outbox: DatabaseOutbox) {
    this.#outbox = outbox;
    this.#limits = { answer: leaseAnswer(outbox.lease) };
  }

  async acquire(): Promise<Lease> {
    const token = randomUUID();
    const epoch = randomInt(1, epochs);
    let seen: Date | undefined;
    for (;;) {
      const holder = await this.#tryToAcquire(token, epoch);
      if (holder.holder_token === token) return this.#leaseOf(holder);
      const until = holder.lease_until ?? undefined;
      if (seen && until && seen.getTime() !== until.getTime())
        throw new OutboxBusyError(this.#outbox.name, named(holder));
      seen = until;
      // Of a process that has died, or renews it soon.
      await systemClock.sleep(Math.min(Math.max(1000 * Number(holder.left), 1), leasePause));
    }
  }

  async #tryToAcquire(token: string, epoch: number): Promise<HolderRow> {
    await this.#outbox.database.query(
      `UPDATE loyalty_outbox.outbox SET epoch = $6, previous_epoch = epoch,
         lease_until = clock_timestamp() + $2 * interval '1 ms', holder_token = $3, holder_host = $4, holder_pid = $5
       WHERE id = $1 AND (lease_until IS NULL OR lease_until < clock_timestamp())`,
      [this.#outbox.id, this.#outbox.lease, token, hostname(), process.pid, epoch],
      this.#limits,
    );
    return this.#holder();
  }

  async #holder(): Promise<HolderRow> {
    const { rows } = await this.#outbox.database.query<HolderRow>(
      `SELECT epoch, previous_epoch, change,
         (SELECT c.epoch FROM loyalty_outbox.change AS c WHERE c.outbox = o.id AND c.number = o.change) AS change_epoch,
         holder_token, holder_host, holder_pid, lease_until,
         extract(epoch FROM lease_until - clock_timestamp())::float8 AS left
       FROM loyalty_outbox.outbox AS o WHERE id = $1`,
      [this.#outbox.id],
      this.#limits,
    );
    if (!rows[0]) throw new NoOutboxError(this.#outbox.name);
    return rows[0];
  }

  async #leaseOf({
    epoch: drawn,
    previous_epoch: before,
    change,
    change_epoch: changeEpoch,
  }: HolderRow): Promise<Lease> {
    const epoch = Number(drawn);
    const last = { number: Number(change), epoch: changeEpoch === null ? undefined : Number(changeEpoch) };
    const isUnbroken = await passWitness(this.#outbox, { before: Number(before), epoch });
    return { epoch, last, isUnbroken, length: this.#outbox.lease };
  }

  confirm(epoch: number, change: number): Promise<void> {
    return placeWitness(this.#outbox, { epoch, change });
  }

  async renew(epoch: number): Promise<void> {
    const { rowCount } = await this.#outbox.database.query(
      `UPDATE loyalty_outbox.outbox SET lease_until = clock_timestamp() + $3 * interval '1 ms'
       WHERE id = $1 AND epoch = $2 AND lease_until IS NOT NULL`,
      [this.#outbox.id, epoch, this.#outbox.lease],
      this.#limits,
    );
    if (rowCount === 0) throw await this.taken(epoch);
  }

  async release(epoch: number): Promise<void> {
    await this.#outbox.database.query(
      'UPDATE loyalty_outbox.outbox SET lease_until = NULL, holder_token = NULL WHERE id = $1 AND epoch = $2',
      [this.#outbox.id, epoch],
      // Then it has ended by itself.
      { ...this.#limits, patience: this.#outbox.lease },
    );
  }

  /** Returns the error of a process that has lost the lease with this epoch, or can do nothing with it any more. */
  async taken(epoch: number): Promise<OutboxTakenError> {
    const holder = await this.#holder();
    // Nobody else has the lease, but the log is not the one that this process has made.
    if (Number(holder.epoch) === epoch) return OutboxTakenError.goneBack(this.#outbox.name);
    return new OutboxTakenError(this.#outbox.name, `${named(holder)} works on it`);
  }
}

function named({ holder_host: host, holder_pid: pid }: HolderRow): string {
  return host === null ? 'another process' : `process ${pid} on ${host}`;
}
