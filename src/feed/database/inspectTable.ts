import { nearest } from '../../base/text/nearest.js';
import type { FeedError } from '../feedError.js';
import type { Select } from './databaseConnection.js';
import { lagOf } from './committedLate.js';
import { findTable } from './findTable.js';
import { orderNotes } from './orderNotes.js';
import { nameOfTable } from './readTable.js';
import type { DatabaseMapping, ReadTable, TypedColumn } from './readTable.js';

/**
 * Finds out what a mapping reads: that it is there, what columns it has, and whether rows can be read in its order.
 * @throws {FeedError} with the line of the mapping, if they cannot
 */
export async function inspectTable(select: Select, mapping: DatabaseMapping): Promise<ReadTable> {
  const { from } = mapping.database;
  const notFound = (clause: string): FeedError => mapping.place.error(['database', 'table'], clause);
  const table = 'table' in from ? await findTable(select, from.table, notFound) : undefined;
  // A comment may end the query.
  const source = table?.source ?? `(${'query' in from ? from.query.replace(/[\s;]+$/, '') : ''}\n)`;
  const columns = await columnsOf(select, source, mapping);
  const order = mapping.database.orderBy.map((name) => orderColumn(name, columns, mapping));
  const [first] = order;
  const lag = await lagOf(select, { source, first, isTable: table !== undefined }, mapping);
  const read = { what: nameOfTable(mapping.database), source, columns: columns.map(({ name }) => name), order, lag };
  return { ...read, notes: await orderNotes(select, read, table?.oid) };
}

/** @throws {FeedError} if a name occurs twice, because nobody could say which column it is */
async function columnsOf(select: Select, source: string, { place, database }: DatabaseMapping): Promise<TypedColumn[]> {
  const { fields } = await select(`SELECT feed.* FROM ${source} AS feed LIMIT 0`);
  const names = fields.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined)
    throw place.error(
      ['database', 'query'],
      `gives two columns with the name ${twice}`,
      `Rename one of them in the query, as in ${twice} AS other_${twice}.`,
    );
  const { rows } = await select(
    `SELECT f.n, format_type(t.oid, f.modifier) AS type, t.typcategory AS category, t.typname AS name
       FROM unnest($1::text::oid[], $2::text::int[]) WITH ORDINALITY AS f(oid, modifier, n)
       JOIN pg_catalog.pg_type t ON t.oid = f.oid ORDER BY f.n`,
    [list(fields.map(({ dataTypeID }) => dataTypeID)), list(fields.map(({ dataTypeModifier }) => dataTypeModifier))],
  );
  if (rows.length !== names.length) throw new Error(`${nameOfTable(database)} has a column of an unknown type.`);
  return rows.map(({ type, category, name }, index) => ({
    name: names[index] ?? '',
    type: type ?? '',
    category: name === 'uuid' ? 'S' : unordered.has(name ?? '') ? '' : (category ?? ''),
  }));
}

/** Types of the same kind as numbers or dates whose values do not grow, or mean something else elsewhere. */
const unordered: ReadonlySet<string> = new Set(['money', 'time', 'timetz']);

function list(numbers: readonly number[]): string {
  return `{${numbers.join(',')}}`;
}

/** @throws {FeedError} if there is no such column, or its values have no order that a place can be remembered in */
function orderColumn(name: string, columns: readonly TypedColumn[], { place }: DatabaseMapping): TypedColumn {
  const column = columns.find((each) => each.name === name);
  const path = ['database', 'orderBy'];
  if (column === undefined) {
    const names = columns.map((each) => each.name);
    const meant = nearest(name, names);
    const hint = meant === undefined ? `one of ${names.slice(0, 40).join(', ')}` : `${meant} instead of ${name}`;
    throw place.error(path, `names the column ${name}, which is not there`, `Write ${hint}.`);
  }
  if (['N', 'D', 'S'].includes(column.category)) return column;
  throw place.error(
    path,
    `names the column ${name} of the type ${column.type}`,
    'Name a column that holds a whole number, a time, a text or a uuid.',
  );
}
