import { counted } from '../../base/text/counted.js';
import type { FeedNote } from '../feed.js';
import { FeedError } from '../feedError.js';
import type { Select } from './databaseConnection.js';
import { quoted } from './readTable.js';
import type { ReadTable, TypedColumn } from './readTable.js';

type OrderedTable = Pick<ReadTable, 'what' | 'source' | 'order'>;

/**
 * Returns what a person should know of the order in which a table is read.
 * @param oid of the table; undefined for a query
 * @throws {FeedError} if there are rows without a place in it
 */
export async function orderNotes(select: Select, table: OrderedTable, oid: string | undefined): Promise<FeedNote[]> {
  const facts = oid === undefined ? undefined : await indexFacts(select, table, oid);
  if (facts?.isFilled !== true || table.order.some((column) => lastValue(column) !== undefined))
    await mustHavePlaces(select, table);
  if (facts === undefined || facts.isView) return [];
  const columns = namesOf(table);
  const notes: FeedNote[] = [];
  if (!facts.isUnique) {
    const message =
      `${table.what} has no unique index on (${columns}). A row that comes later with the same value as one that was ` +
      'read is never read: create such an index, or add a column to orderBy that makes it unique.';
    notes.push({ code: 'order-not-unique', message });
  }
  if (!facts.isIndexed) {
    const message =
      `${table.what} has no index on (${columns}) in this order, so that every page of rows is sorted anew. Create one ` +
      'before the table grows.';
    notes.push({ code: 'order-not-indexed', message });
  }
  return notes;
}

/** @throws {FeedError} */
async function mustHavePlaces(select: Select, { what, source, order }: OrderedTable): Promise<void> {
  const without = order.flatMap(withoutPlace).join(' OR ');
  const { rows } = await select(
    `SELECT count(*) AS rows FROM (SELECT 1 FROM ${source} AS feed WHERE ${without} LIMIT 1000) AS empty`,
  );
  const count = Number(rows[0]?.['rows'] ?? 0);
  if (count === 0) return;
  const names = order.map(({ name }) => name).join(' or ');
  const found = count < 1000 ? counted(count, 'row') : 'at least 1,000 rows';
  throw new FeedError(
    'malformed-feed',
    `${what} has ${found} without a usable value in ${names}, which would never be read.`,
    ['Fill it in, or read a query that leaves such rows out.'],
  );
}

function withoutPlace(column: TypedColumn): string[] {
  const name = `feed.${quoted(column.name)}`;
  const last = lastValue(column);
  return [`${name} IS NULL`, ...(last === undefined ? [] : [`${name} = '${last}'`])];
}

/** Returns the value behind which nothing can come, if the type of a column has one. */
function lastValue({ category, type }: TypedColumn): string | undefined {
  if (category === 'D') return 'infinity';
  return /^(numeric|real|double precision)/.test(type) ? 'NaN' : undefined;
}

interface IndexFacts {
  readonly isView: boolean;
  /** Whether no column of the order can be empty. */
  readonly isFilled: boolean;
  readonly isUnique: boolean;
  readonly isIndexed: boolean;
}

/** A unique index on some of the columns makes all of them unique. An index serves if it begins with them. */
async function indexFacts(select: Select, { order }: OrderedTable, oid: string): Promise<IndexFacts> {
  const { rows } = await select(
    `WITH wanted AS (
       SELECT a.attnum, a.attnotnull, o.n
         FROM unnest($2::text[]) WITH ORDINALITY AS o(name, n)
         JOIN pg_catalog.pg_attribute a ON a.attrelid = $1::oid AND a.attname = o.name AND NOT a.attisdropped
     ), usable AS (
       SELECT i.indisunique, (i.indkey::int2[])[0:i.indnkeyatts - 1] AS keys
         FROM pg_catalog.pg_index i
        WHERE i.indrelid = $1::oid AND i.indisvalid AND i.indpred IS NULL AND i.indexprs IS NULL
     ), names AS (SELECT array_agg(attnum ORDER BY n) AS attnums FROM wanted)
     SELECT (SELECT relkind IN ('v', 'm', 'f') FROM pg_catalog.pg_class WHERE oid = $1::oid)::text AS view,
            (SELECT bool_and(attnotnull) FROM wanted)::text AS filled,
            EXISTS (SELECT 1 FROM usable, names WHERE indisunique AND keys <@ attnums)::text AS is_unique,
            EXISTS (SELECT 1 FROM usable, names
                     WHERE keys[1:cardinality(attnums)] = attnums)::text AS indexed`,
    [oid, `{${order.map(({ name }) => `"${name.replaceAll(/[\\"]/g, '\\$&')}"`).join(',')}}`],
  );
  const { view, filled, is_unique: isUnique, indexed } = rows[0] ?? {};
  return {
    isView: view === 'true',
    isFilled: filled === 'true',
    isUnique: isUnique === 'true',
    isIndexed: indexed === 'true',
  };
}

function namesOf({ order }: OrderedTable): string {
  return order.map(({ name }) => name).join(', ');
}
