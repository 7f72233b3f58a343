import { randomInt } from 'node:crypto';
import type { PoolClient } from 'pg';
import { NoOutboxError, OutboxDatabaseError } from '../outboxErrors.js';
import { PatientDatabase } from './patientDatabase.js';
import { readPostgresAddress } from './postgresAddress.js';
import { prepareTables } from './postgresTables.js';

/** A shared outbox, found in its database. */
export interface DatabaseOutbox {
  readonly database: PatientDatabase;
  readonly id: string;
  /** Its address without the password. */
  readonly name: string;
  /** How long a lease lasts without being renewed, in milliseconds. */
  readonly lease: number;
}

export interface DatabaseOptions {
  /** Whether the outbox is created if it does not exist. */
  readonly creates: boolean;
  /** How long the database may be away once it has answered, in milliseconds. Default: as long as a restart takes. */
  readonly patience?: number | undefined;
}

/**
 * Finds the outbox at an address, or creates it.
 * @throws {NoOutboxError} if there is none
 * @throws {OutboxDatabaseError} if the database cannot be used
 */
export async function openDatabaseOutbox(
  address: string,
  { creates, patience }: DatabaseOptions,
): Promise<DatabaseOutbox> {
  const { connectionString, outbox, lease, shown } = readPostgresAddress(address);
  const database = await PatientDatabase.open(connectionString, shown, patience);
  try {
    const id = await database.withClient(async (client) => {
      if (!creates && !(await hasTables(client))) throw new NoOutboxError(shown);
      await prepareTables(client, shown);
      if (creates) await client.query(create, [randomInt(firstId, 2 ** 48 - 1), outbox]);
      const { rows } = await client.query<{ id: string }>('SELECT id FROM loyalty_outbox.outbox WHERE name = $1', [
        outbox,
      ]);
      if (!rows[0]) throw new NoOutboxError(shown);
      return rows[0].id;
    });
    return { database, id, name: shown, lease };
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** Smaller ids were assigned by the table's sequence. */
const firstId = 2 ** 32;

/**
 * The id is drawn, so that a process that goes on with the id of an outbox that is no more, because somebody has removed
 * the tables or restored a backup, never finds another outbox there.
 */
const create =
  'INSERT INTO loyalty_outbox.outbox (id, name) OVERRIDING SYSTEM VALUE VALUES ($1, $2) ON CONFLICT DO NOTHING';

/** What to throw when the row of an outbox is gone, or belongs to somebody else, although this process has found it. */
export function outboxMadeAnew({ name }: DatabaseOutbox): OutboxDatabaseError {
  const cause = new Error(
    'it was removed, restored or made anew while this process had it open. Start the process again',
  );
  return new OutboxDatabaseError(name, false, cause);
}

async function hasTables(client: PoolClient): Promise<boolean> {
  const { rows } = await client.query<{ found: boolean }>(
    `SELECT to_regclass('loyalty_outbox.outbox') IS NOT NULL AS found`,
  );
  return rows[0]?.found === true;
}
