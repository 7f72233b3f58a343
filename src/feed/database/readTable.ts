import type { FeedNote } from '../feed.js';
import type { Mapping } from '../mapping/mapping.js';
import type { MappedDatabase } from '../mapping/databaseRule.js';

/** A column in whose order rows are read. */
export interface OrderColumn {
  readonly name: string;
  /** Type as SQL writes it, such as `bigint` or `character varying(20)`. */
  readonly type: string;
}

/** A column, and what kind of values it has. */
export interface TypedColumn extends OrderColumn {
  /** A letter for the kind of its type: N for numbers, D for dates and times, S for texts. */
  readonly category: string;
}

/** A table, view or query of a database, ready to be read. */
export interface ReadTable {
  /** How messages name it: `shop.purchases`, or `the query`. */
  readonly what: string;
  /** What stands behind FROM. */
  readonly source: string;
  readonly columns: readonly string[];
  readonly order: readonly TypedColumn[];
  /** Milliseconds that a row waits before it is read. */
  readonly lag: number;
  readonly notes: readonly FeedNote[];
}

/** A mapping whose section `database` says what is read. */
export type DatabaseMapping = Mapping & { readonly database: MappedDatabase };

/** Returns a name as SQL writes it, whatever characters it has. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** Returns how messages name what is read. */
export function nameOfTable({ from }: MappedDatabase): string {
  return 'table' in from ? from.table : 'the query';
}
