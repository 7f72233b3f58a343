import { systemClock } from '../../base/clock.js';
import { streamSource } from '../bytes/byteSource.js';
import { parseDatabaseAddress } from '../database/databaseAddress.js';
import type { Select } from '../database/databaseConnection.js';
import { DatabaseSession } from '../database/databaseSession.js';
import { findTable } from '../database/findTable.js';
import { FeedError } from '../feedError.js';
import { feedSample } from './feedSample.js';
import type { FeedSample } from './feedSample.js';

/** A table that is to be sampled. */
export interface SampledTable {
  readonly address: string;
  /** As the database spells it. */
  readonly table: string;
}

/** Bytes of the rows that are looked at, at most. */
const mostBytes = 4 * 1024 * 1024;
/** Milliseconds. */
const patience = 10_000;

/**
 * Reads the first rows of a table, in the order in which they are stored.
 * @param rows how many rows to read, at most
 * @throws {FeedError} if the database cannot be read, or has no such table
 */
export async function databaseSample({ address, table }: SampledTable, rows: number): Promise<FeedSample> {
  const parsed = parseDatabaseAddress(address);
  await using session = new DatabaseSession(
    { address: parsed, what: table, orderBy: [] },
    { clock: systemClock, patience },
  );
  const { lines, order } = await session.reading(async (select) => {
    const { oid, source } = await findTable(select, table, notFound);
    return { lines: await firstLines(select, source, rows), order: await growingKey(select, oid) };
  });
  const bytes = Buffer.from(lines.map((line) => `${line.replaceAll(/[\r\n]/g, ' ')}\n`).join(''));
  const sample = await feedSample(
    streamSource(() => chunksOf(bytes), `${parsed.name} ${table}`),
    'ndjson',
    rows,
  );
  return { ...sample, database: { table, orderBy: order } };
}

async function* chunksOf(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes;
}

function notFound(clause: string): FeedError {
  return new FeedError('unknown-format', `The table ${clause}.`, ['Name a table or view with --table.']);
}

async function firstLines(select: Select, source: string, most: number): Promise<string[]> {
  const { rows } = await select(
    `SELECT line
       FROM (SELECT line, sum(octet_length(line)) OVER (ROWS UNBOUNDED PRECEDING) AS bytes
               FROM (SELECT row_to_json(feed.*)::text AS line FROM ${source} AS feed LIMIT ${most}) AS found) AS sized
      WHERE bytes <= ${mostBytes}`,
  );
  return rows.map(({ line }) => line ?? '');
}

/** Returns the primary key, if it is one column with whole numbers: the usual order. */
async function growingKey(select: Select, oid: string): Promise<string | undefined> {
  const { rows } = await select(
    `SELECT a.attname AS name
       FROM pg_catalog.pg_index i JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
      WHERE i.indrelid = $1::oid AND i.indisprimary AND i.indnkeyatts = 1
        AND a.atttypid IN ('int2'::regtype, 'int4'::regtype, 'int8'::regtype)`,
    [oid],
  );
  return rows[0]?.['name'] ?? undefined;
}
