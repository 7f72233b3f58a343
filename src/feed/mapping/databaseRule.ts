import { z } from 'zod';
import type { MappingText } from './mappingText.js';
import { NamedColumn } from './rowRules.js';

/** Section `database` of a mapping: which rows of a database are read, and in what order. */
export const DatabaseRule = z
  .strictObject({
    table: z
      .string()
      .min(1)
      .optional()
      .describe('Table or view to read, as the database spells it, with its schema where needed: `shop.purchases`.'),
    query: z.string().min(1).optional().describe('A SELECT statement that gives the rows, in place of a table.'),
    orderBy: z
      .union([NamedColumn, z.array(NamedColumn).min(1).max(8)])
      .describe(
        'Column or columns in whose order rows are read. Their values grow from row to row, and together they are unique: `id`, or `[updated_at, id]`.',
      ),
    lag: z
      .number()
      .min(0)
      .max(86_400)
      .optional()
      .describe(
        'Most seconds from the moment when a row gets its place in this order until it is committed. Rows wait that long. Needed unless the first column is a number that the database gives.',
      ),
  })
  .describe('Where the rows are, if the feed is a database.');

/** What is read of a database. */
export interface MappedDatabase {
  readonly from: { readonly table: string } | { readonly query: string };
  /** At least one. */
  readonly orderBy: readonly string[];
  /** In milliseconds; undefined if the mapping does not say. */
  readonly lag: number | undefined;
}

/** @throws {FeedError} if it names neither a table nor a query, or both, or a column twice */
export function mappedDatabase(
  { table, query, orderBy, lag }: z.infer<typeof DatabaseRule>,
  place: MappingText,
): MappedDatabase {
  const from = table !== undefined ? { table } : query !== undefined ? { query } : undefined;
  if (from === undefined || (table !== undefined && query !== undefined))
    throw place.error(['database'], 'names a `table` or a `query`: one of the two');
  const columns = [orderBy].flat();
  if (new Set(columns).size < columns.length) throw place.error(['database', 'orderBy'], 'names a column twice');
  return { from, orderBy: columns, lag: lag === undefined ? undefined : lag * 1000 };
}
