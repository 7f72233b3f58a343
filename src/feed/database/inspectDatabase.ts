import { systemClock } from '../../base/clock.js';
import type { MonotonicClock } from '../../base/clock.js';
import { checkColumns } from '../mapping/checkColumns.js';
import { checkExpressions } from '../mapping/checkExpressions.js';
import type { Mapping } from '../mapping/mapping.js';
import { rowExpressions } from '../mapping/rowExpressions.js';
import { parseDatabaseAddress } from './databaseAddress.js';
import type { ReadDatabase } from './feedDatabaseErrors.js';
import { databaseMapping } from './databaseMapping.js';
import { DatabaseSession } from './databaseSession.js';
import { inspectTable } from './inspectTable.js';
import { nameOfTable } from './readTable.js';
import type { DatabaseMapping, ReadTable } from './readTable.js';
import { orderDigest } from './tablePosition.js';

export interface DatabaseFeedOptions {
  /** Read all rows in each run. Default: a new run goes on behind what an earlier run of the outbox has read. */
  readonly readAll?: boolean | undefined;
  /** Most rows of a page. Default 1,000. */
  readonly pageRows?: number | undefined;
  /**
   * Milliseconds after which a connection that is lost is given up. Default: five minutes. Transactions that write are
   * waited for as long, but no longer than a minute.
   */
  readonly patience?: number | undefined;
  readonly clock?: MonotonicClock | undefined;
}

/** A table, view or query that was found and can be read. */
export interface OpenedDatabase {
  /** Name of the feed. */
  readonly name: string;
  readonly read: ReadDatabase;
  readonly table: ReadTable;
  readonly mapping: DatabaseMapping;
  readonly pageRows: number;
  readonly patience: number;
  readonly clock: MonotonicClock;
}

const defaults = { pageRows: 1000, patience: 5 * 60_000 };

/** A server that was never reached probably has a wrong address. */
const firstPatience = 10_000;

/** Returns the name of the feed that an address and a mapping are. Nothing is asked. @throws {FeedError} */
export function databaseFeedName(address: string, mapping: Mapping): string {
  const { name } = parseDatabaseAddress(address);
  const { database } = databaseMapping(mapping, name);
  return `${name} ${'table' in database.from ? database.from.table : `query ${orderDigest(database)}`}`;
}

/**
 * Connects to a database, and checks that a mapping can be used on it.
 * @throws {FeedError} if it cannot be read, or has no such table or columns
 */
export async function inspectDatabase(
  address: string,
  given: Mapping,
  { pageRows, patience, clock = systemClock }: DatabaseFeedOptions,
): Promise<OpenedDatabase> {
  const name = databaseFeedName(address, given);
  const parsed = parseDatabaseAddress(address);
  const mapping = databaseMapping(given, parsed.name);
  const read = { address: parsed, what: nameOfTable(mapping.database), orderBy: mapping.database.orderBy };
  const most = patience ?? defaults.patience;
  await using session = new DatabaseSession(read, { clock, patience: Math.min(most, firstPatience) });
  const table = await session.reading((select) => inspectTable(select, mapping));
  mustHaveNamedColumns(mapping, table, name);
  return { name, read, table, mapping, pageRows: pageRows ?? defaults.pageRows, patience: most, clock };
}

/** @throws {FeedError} for a column that the mapping names and the table does not have. A path begins with a column. */
function mustHaveNamedColumns(mapping: DatabaseMapping, { columns }: ReadTable, feed: string): void {
  const all = [...mapping.columns, ...(mapping.enroll?.columns ?? [])];
  const heads = all.map(({ column, line }) => ({ column: columns.includes(column) ? column : headOf(column), line }));
  checkColumns({ ...mapping, columns: heads }, columns, feed);
  checkExpressions({ ...mapping, expressions: rowExpressions(mapping) }, columns, feed);
}

function headOf(path: string): string {
  return path.split('.', 1)[0] ?? path;
}
