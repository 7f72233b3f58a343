import type { ClientBase } from 'pg';
import { OutboxFormatError } from '../outboxErrors.js';

/**
 * Versions of the tables. Each one is made from the one before it. A version that only adds something can be used by
 * builds that know the one before it, so that machines may be updated one after the other.
 */
const versions: readonly TablesVersion[] = [
  {
    usableFrom: 1,
    sql: `
      CREATE TABLE loyalty_outbox.outbox (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        name text NOT NULL UNIQUE,
        change bigint NOT NULL DEFAULT 0,
        snapshot bigint NOT NULL DEFAULT 0,
        epoch bigint NOT NULL DEFAULT 0,
        lease_until timestamptz,
        holder_token uuid,
        holder_host text,
        holder_pid integer,
        org_id text,
        program_id text,
        program text,
        number_length integer
      );
      CREATE TABLE loyalty_outbox.change (
        outbox bigint NOT NULL REFERENCES loyalty_outbox.outbox ON DELETE CASCADE,
        number bigint NOT NULL,
        epoch bigint NOT NULL,
        latest_batch bigint NOT NULL,
        stored_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        patch bytea NOT NULL,
        PRIMARY KEY (outbox, number)
      );
      CREATE TABLE loyalty_outbox.snapshot_part (
        outbox bigint NOT NULL REFERENCES loyalty_outbox.outbox ON DELETE CASCADE,
        snapshot bigint NOT NULL,
        part integer NOT NULL,
        content bytea NOT NULL,
        PRIMARY KEY (outbox, snapshot, part)
      );
      CREATE TABLE loyalty_outbox.inbox_head (
        outbox bigint PRIMARY KEY REFERENCES loyalty_outbox.outbox ON DELETE CASCADE,
        number bigint NOT NULL,
        handed_in bigint NOT NULL
      );
      CREATE TABLE loyalty_outbox.inbox (
        outbox bigint NOT NULL REFERENCES loyalty_outbox.outbox ON DELETE CASCADE,
        number bigint NOT NULL,
        handed_in bigint NOT NULL,
        stored_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        transactions text NOT NULL,
        keys bigint[] NOT NULL,
        PRIMARY KEY (outbox, number)
      );
      CREATE INDEX inbox_keys ON loyalty_outbox.inbox USING gin (keys);`,
  },
  {
    usableFrom: 1,
    sql: `
      CREATE TABLE loyalty_outbox.feed (
        number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        outbox bigint NOT NULL REFERENCES loyalty_outbox.outbox ON DELETE CASCADE,
        name text NOT NULL,
        source text NOT NULL,
        mapping text NOT NULL,
        format text,
        bytes bigint NOT NULL,
        digest text NOT NULL,
        stored_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        refusal text,
        UNIQUE (outbox, digest)
      );
      CREATE TABLE loyalty_outbox.feed_part (
        feed bigint NOT NULL REFERENCES loyalty_outbox.feed ON DELETE CASCADE,
        part integer NOT NULL,
        content bytea NOT NULL,
        PRIMARY KEY (feed, part)
      );`,
  },
  {
    // A crash may empty these tables: a lost request is in doubt, and a standby announces itself again. They reference no
    // other table, so that writing them locks nothing of the outbox.
    usableFrom: 1,
    sql: `
      CREATE UNLOGGED TABLE loyalty_outbox.standby (
        token uuid PRIMARY KEY,
        outbox bigint NOT NULL,
        org_id text NOT NULL,
        host text NOT NULL,
        pid integer NOT NULL,
        connections integer NOT NULL,
        sends_until timestamptz NOT NULL
      );
      CREATE UNLOGGED TABLE loyalty_outbox.request (
        id uuid PRIMARY KEY,
        outbox bigint NOT NULL,
        epoch bigint NOT NULL,
        standby uuid NOT NULL,
        offered_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        time_limit integer NOT NULL,
        request text NOT NULL,
        request_body text NOT NULL,
        claim uuid,
        answer text,
        answer_body text
      );
      ALTER TABLE loyalty_outbox.request
        ALTER request_body SET STORAGE EXTERNAL, ALTER answer_body SET STORAGE EXTERNAL;
      CREATE INDEX request_standby ON loyalty_outbox.request (standby);`,
  },
  {
    usableFrom: 1,
    sql: `
      ALTER TABLE loyalty_outbox.outbox ADD COLUMN previous_epoch bigint;
      CREATE TABLE loyalty_outbox.witness (
        outbox bigint PRIMARY KEY REFERENCES loyalty_outbox.outbox ON DELETE CASCADE,
        epoch bigint NOT NULL,
        server_started timestamptz NOT NULL,
        database oid NOT NULL,
        transaction bigint NOT NULL
      );`,
  },
];

interface TablesVersion {
  readonly sql: string;
  /** The first version whose builds can use the tables as they are now. */
  readonly usableFrom: number;
}

/** Any number that no other program is likely to use. */
export const migrationLock = 0x53464c4f;

/**
 * Creates the tables, or brings them up to date. Several processes may do so at once.
 * @throws {OutboxFormatError} when a later build has changed them in a way that this one does not know
 */
export async function prepareTables(client: ClientBase, name: string): Promise<void> {
  const found = await versionOf(client);
  if (found !== undefined && found.version >= versions.length) {
    mustBeUsable(found, name);
    return;
  }
  // Not in the transaction, which would begin before the lock is granted and might not see what was done meanwhile.
  await client.query('SELECT pg_advisory_lock($1)', [migrationLock]);
  const unlock = (): Promise<unknown> => client.query('SELECT pg_advisory_unlock($1)', [migrationLock]);
  try {
    await client.query('BEGIN');
    const current = await versionOf(client);
    // A later build may have made its tables while this one was waiting.
    if (current) mustBeUsable(current, name);
    await migrate(client, current?.version ?? 0);
    await client.query('COMMIT');
  } catch (error) {
    // If the connection is lost, so are its transaction and its lock, and the first error says more.
    await client.query('ROLLBACK').catch(() => undefined);
    await unlock().catch(() => undefined);
    throw error;
  }
  await unlock();
}

async function migrate(client: ClientBase, from: number): Promise<void> {
  await client.query('CREATE SCHEMA IF NOT EXISTS loyalty_outbox');
  await client.query(
    'CREATE TABLE IF NOT EXISTS loyalty_outbox.tables (version integer PRIMARY KEY, usable_from integer NOT NULL)',
  );
  for (const [index, { sql, usableFrom }] of versions.entries()) {
    if (index < from) continue;
    await client.query(sql);
    await client.query('INSERT INTO loyalty_outbox.tables VALUES ($1, $2)', [index + 1, usableFrom]);
  }
}

interface FoundVersion {
  readonly version: number;
  readonly usable_from: number;
}

async function versionOf(client: ClientBase): Promise<FoundVersion | undefined> {
  const { rows } = await client.query<{ exists: boolean }>(
    `SELECT to_regclass('loyalty_outbox.tables') IS NOT NULL AS exists`,
  );
  if (!rows[0]?.exists) return undefined;
  const found = await client.query<FoundVersion>(
    'SELECT version, usable_from FROM loyalty_outbox.tables ORDER BY version DESC LIMIT 1',
  );
  return found.rows[0];
}

function mustBeUsable(found: FoundVersion, name: string): void {
  if (found.usable_from > versions.length) throw new OutboxFormatError(name, found.version, versions.length);
}
