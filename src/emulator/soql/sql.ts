import type { SQLInputValue } from '../../base/sqlite.js';

/** A piece of SQL with the values of its `?`, in order. Literals of a query travel only as values. */
export interface Sql {
  readonly text: string;
  readonly values: readonly SQLInputValue[];
}

/** A literal of the query. */
export function bound(value: SQLInputValue): Sql {
  return { text: '?', values: [value] };
}

/** Template of fixed text and pieces: `` sql`${column} = ${bound(5)}` ``. Plain text cannot be put into it. */
export function sql(strings: TemplateStringsArray, ...pieces: readonly Sql[]): Sql {
  const text = strings.reduce((sum, string, index) => sum + (pieces[index - 1]?.text ?? '') + string);
  return { text, values: pieces.flatMap((piece) => piece.values) };
}

/** A name of the object model or of this compiler. Nothing that a caller wrote may come here. */
export function name(...path: readonly string[]): Sql {
  return { text: path.map((part) => `"${part.replaceAll('"', '""')}"`).join('.'), values: [] };
}

export function join(pieces: readonly Sql[], separator: string): Sql {
  return { text: pieces.map((piece) => piece.text).join(separator), values: pieces.flatMap((piece) => piece.values) };
}

export const nothing: Sql = { text: '', values: [] };

/**
 * Joins conditions as a balanced tree: SQLite takes an expression at most 1,000 deep, and `a OR b OR c …` is as deep as
 * it is long.
 */
export function balanced(conditions: readonly Sql[], operator: 'AND' | 'OR'): Sql {
  const [first] = conditions;
  if (!first) throw new Error('No condition to join.');
  if (conditions.length === 1) return first;
  const middle = Math.ceil(conditions.length / 2);
  const halves = [conditions.slice(0, middle), conditions.slice(middle)].map((half) => balanced(half, operator));
  return sql`(${join(halves, ` ${operator} `)})`;
}
