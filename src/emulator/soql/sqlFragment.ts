import { quotedName } from '../../base/sqlite/sqlite.js';
import type { SQLInputValue } from '../../base/sqlite/sqlite.js';

/** A piece of SQL and the values for its `?`, in order. Literals of a query are passed only as values. */
export interface Sql {
  readonly text: string;
  readonly values: readonly SQLInputValue[];
}

/** A literal of the query. */
export function bound(value: SQLInputValue): Sql {
  return { text: '?', values: [value] };
}

/** Builds SQL from fixed text and pieces: `` sql`${column} = ${bound(5)}` ``. A plain string cannot be a piece. */
export function sql(strings: TemplateStringsArray, ...pieces: readonly Sql[]): Sql {
  const text = strings.reduce((sum, string, index) => sum + (pieces[index - 1]?.text ?? '') + string);
  return { text, values: pieces.flatMap((piece) => piece.values) };
}

/** Quotes a name from the object model or from this compiler. Never pass text that a caller wrote. */
export function columnName(...path: readonly string[]): Sql {
  return { text: path.map(quotedName).join('.'), values: [] };
}

export function join(pieces: readonly Sql[], separator: string): Sql {
  return { text: pieces.map((piece) => piece.text).join(separator), values: pieces.flatMap((piece) => piece.values) };
}

export const nothing: Sql = { text: '', values: [] };

/**
 * Joins conditions as a balanced tree. SQLite accepts expressions up to 1,000 levels deep, and `a OR b OR c …` has as
 * many levels as conditions.
 */
export function balanced(conditions: readonly Sql[], operator: 'AND' | 'OR'): Sql {
  const [first] = conditions;
  if (!first) throw new Error('No condition to join.');
  if (conditions.length === 1) return first;
  const middle = Math.ceil(conditions.length / 2);
  const halves = [conditions.slice(0, middle), conditions.slice(middle)].map((half) => balanced(half, operator));
  return sql`(${join(halves, ` ${operator} `)})`;
}
