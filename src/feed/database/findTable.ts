import { nearest } from '../../base/text/nearest.js';
import type { Select } from './databaseConnection.js';
import type { FeedError } from '../feedError.js';
import { quoted } from './readTable.js';

/** A table or view that was found. */
export interface FoundTable {
  readonly oid: string;
  /** As SQL writes it, with its schema. */
  readonly source: string;
}

const tablesOf = `
  SELECT c.oid, n.nspname AS schema, c.relname AS name, pg_table_is_visible(c.oid)::text AS visible
    FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
   WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f')`;

/**
 * Finds a table by the name in the mapping: one that the search path finds, or `schema.table`.
 * @param notFound makes the error, of what follows the name as a clause
 * @throws {FeedError} if there is none; the error has a name that is nearly the same
 */
export async function findTable(
  select: Select,
  name: string,
  notFound: (clause: string) => FeedError,
): Promise<FoundTable> {
  const dot = name.indexOf('.');
  const { rows } = await select(
    `${tablesOf} AND ((c.relname = $1 AND pg_table_is_visible(c.oid)) OR (n.nspname = $2 AND c.relname = $3))
     ORDER BY (c.relname = $1)::int DESC LIMIT 1`,
    [name, name.slice(0, Math.max(0, dot)), name.slice(dot + 1)],
  );
  const [found] = rows;
  if (found)
    return { oid: found['oid'] ?? '', source: `${quoted(found['schema'] ?? '')}.${quoted(found['name'] ?? '')}` };
  const names = await namesOfTables(select);
  const meant = names.find((each) => each.endsWith(`.${name}`)) ?? nearest(name, names);
  const hint = meant === undefined ? '' : `; did you mean ${meant}?`;
  throw notFound(`is "${name}", but the database has no such table or view${hint}`);
}

const mostNames = 2000;

/** Names of the tables of users: those in the search path alone, and all with their schema. */
async function namesOfTables(select: Select): Promise<string[]> {
  const { rows } = await select(
    `${tablesOf} AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg\\_%'
     ORDER BY 2, 3 LIMIT ${mostNames}`,
  );
  return rows.flatMap(({ schema, name, visible }) => [
    ...(visible === 'true' ? [name ?? ''] : []),
    `${schema ?? ''}.${name ?? ''}`,
  ]);
}
