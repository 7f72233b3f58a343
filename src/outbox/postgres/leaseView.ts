import { leaseAnswer } from './answerLimits.js';
import { openDatabaseOutbox } from './databaseOutbox.js';
import type { DatabaseOutbox } from './databaseOutbox.js';

/** The process that delivers from a shared outbox. */
export interface LeaseHolder {
  readonly host: string;
  readonly pid: number;
  /** How long its lease lasts if it is not renewed, in milliseconds. */
  readonly left: number;
}

/** What everybody can see of a shared outbox without reading it. */
export interface SeenLease {
  /** Undefined if nobody delivers. */
  readonly holder: LeaseHolder | undefined;
  /** Number of the last change in the log. */
  readonly change: number;
}

interface SeenRow {
  readonly change: string;
  readonly host: string | null;
  readonly pid: number | null;
  /** Milliseconds. */
  readonly left: number | null;
}

/** Shows who delivers from a shared outbox, to those who wait until nobody does. */
export class LeaseView {
  readonly #outbox: DatabaseOutbox;

  private constructor(outbox: DatabaseOutbox) {
    this.#outbox = outbox;
  }

  /**
   * Opens the view of the outbox at an address.
   * @throws {NoOutboxError} if there is none
   * @throws {OutboxDatabaseError} if the database cannot be used
   */
  static async open(address: string): Promise<LeaseView> {
    return new LeaseView(await openDatabaseOutbox(address, { creates: false }));
  }

  /** The address of the outbox, without the password. */
  get name(): string {
    return this.#outbox.name;
  }

  /** How long a lease lasts without being renewed, in milliseconds. */
  get length(): number {
    return this.#outbox.lease;
  }

  /** @throws {OutboxDatabaseError} */
  look(): Promise<SeenLease> {
    return seenLease(this.#outbox);
  }

  async close(): Promise<void> {
    await this.#outbox.database.close();
  }
}

/**
 * Looks at the lease of an outbox.
 * @throws {OutboxDatabaseError}
 */
export async function seenLease({ database, id, lease }: DatabaseOutbox): Promise<SeenLease> {
  const { rows } = await database.query<SeenRow>(
    `SELECT change, holder_host AS host, holder_pid AS pid,
       (1000 * extract(epoch FROM lease_until - clock_timestamp()))::float8 AS left
     FROM loyalty_outbox.outbox WHERE id = $1`,
    [id],
    { answer: leaseAnswer(lease) },
  );
  const { change, host = null, pid = null, left = null } = rows[0] ?? { change: '0' };
  const isHeld = host !== null && pid !== null && left !== null && left > 0;
  return { holder: isHeld ? { host, pid, left } : undefined, change: Number(change) };
}
