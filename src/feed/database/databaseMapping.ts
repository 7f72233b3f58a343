import { FeedError } from '../feedError.js';
import type { Mapping } from '../mapping/mapping.js';
import type { DatabaseMapping } from './readTable.js';

/**
 * Whether a row can be read again with another content: after an update, the first column of a longer order has grown.
 */
export function rowsComeAgain({ database }: DatabaseMapping): boolean {
  return database.orderBy.length > 1;
}

/**
 * Returns a mapping that says what to read.
 * @param address name of the database
 * @throws {FeedError} if it does not, or has rules that need rows in an order that never changes
 */
export function databaseMapping(mapping: Mapping, address: string): DatabaseMapping {
  const { database, key, group, place } = mapping;
  if (database === undefined)
    throw new FeedError('mapping-invalid', `${mapping.name} does not say what to read of ${address}.`, [
      'Add a section to it, such as `database: { table: purchases, orderBy: id }`.',
    ]);
  if (key.occurrenceWithin !== undefined || key.occurrenceWithinFeed === true)
    throw place.error(
      ['key'],
      'numbers rows by their order, but rows of a table can be deleted and come again',
      'Name the columns that identify a row.',
    );
  if (group !== undefined)
    throw place.error(
      ['group'],
      'makes one transaction of rows that follow each other, but in a table they need not',
      'Let a `query` group them, with sum(…) and json_agg(…).',
    );
  const used = { ...mapping, database };
  const [first, ...identity] = database.orderBy;
  const missing = identity.find((column) => !key.columns.includes(column));
  if (missing === undefined) return used;
  throw place.error(
    ['key'],
    `does not have the column ${missing}, but rows come again when their ${first ?? ''} grows, and only (${identity.join(', ')}) says which are the same`,
    `Name in orderBy, behind ${first ?? ''}, the columns of the key, which identify a row; or add ${missing} to the key.`,
  );
}
