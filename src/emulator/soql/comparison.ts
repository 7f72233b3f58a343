import type { Compilation } from './context.js';
import { familyOf } from './fieldFamily.js';
import type { Comparand, Literal, Operand } from './operand.js';
import { operandOf } from './operand.js';
import type { Sql } from './sql.js';
import { balanced, bound, join, sql } from './sql.js';
import { globPattern, likePattern, stringValue } from './stringLiteral.js';

/** Beyond this many values, one parameter carries them all: SQLite takes at most 32,766. */
const maxPlainValues = 500;

/**
 * `field operator literal`. Columns stand bare wherever an index could serve.
 *
 * A missing value differs from every value, so `!=`, NOT IN and EXCLUDES are true of it; the other operators are not.
 */
export function compare(
  compilation: Compilation,
  comparand: Comparand,
  operator: string,
  literals: readonly Literal[],
): Sql {
  requireOperator(compilation, comparand, operator);
  switch (operator) {
    case 'LIKE':
      return join(
        literals.map((literal) => like(comparand, literal)),
        ' OR ',
      );
    case 'INCLUDES':
      return includes(comparand, literals);
    case 'EXCLUDES':
      return sql`(${includes(comparand, literals)}) IS NOT TRUE`;
    default: {
      const operands = literals.map((literal) => operandOf(compilation, comparand, literal));
      return compareOperands(comparand, operator, operands);
    }
  }
}

function compareOperands(comparand: Comparand, operator: string, operands: readonly Operand[]): Sql {
  if (operator === 'IN') return isIn(comparand, operands);
  if (operator === 'NOT IN') return sql`(${isIn(comparand, operands)}) IS NOT TRUE`;
  const [operand] = operands;
  if (!operand) throw new Error('A comparison without a value.');
  if (operator === '=') return equals(comparand, operand);
  if (operator === '!=') return sql`(${equals(comparand, operand)}) IS NOT TRUE`;
  return ordered(comparand.column, operator, operand);
}

function equals({ column, type, outer }: Comparand, operand: Operand): Sql {
  if (operand.kind === 'range') return sql`(${column} >= ${bound(operand.from)} AND ${column} < ${bound(operand.to)})`;
  if (operand.value === null) return sql`${column} IS NULL`;
  // A boolean is never null: on a parent that is missing it counts as false.
  if (type === 'boolean' && outer && operand.value === 0) return sql`${column} IS NOT 1`;
  return sql`${column} = ${bound(operand.value)}`;
}

/** Before the range is before its start; up to it is before its end. */
function ordered(column: Sql, operator: string, operand: Operand): Sql {
  const value = operand.kind === 'value' ? operand.value : undefined;
  const [from, to] = operand.kind === 'range' ? [operand.from, operand.to] : [];
  switch (operator) {
    case '<':
      return sql`${column} < ${bound(value === undefined ? (from ?? null) : value)}`;
    case '<=':
      return operand.kind === 'range'
        ? sql`${column} < ${bound(to ?? null)}`
        : sql`${column} <= ${bound(operand.value)}`;
    case '>':
      return operand.kind === 'range'
        ? sql`${column} >= ${bound(to ?? null)}`
        : sql`${column} > ${bound(operand.value)}`;
    default:
      return sql`${column} >= ${bound(value === undefined ? (from ?? null) : value)}`;
  }
}

function isIn(comparand: Comparand, operands: readonly Operand[]): Sql {
  const values = operands.flatMap((operand) =>
    operand.kind === 'value' && operand.value !== null && comparand.type !== 'boolean' ? [operand.value] : [],
  );
  const others = operands.filter(
    (operand) => operand.kind === 'range' || operand.value === null || comparand.type === 'boolean',
  );
  const conditions = others.map((operand) => equals(comparand, operand));
  if (values.length > 0) conditions.push(sql`${comparand.column} IN (${listOf(values)})`);
  return balanced(conditions, 'OR');
}

function listOf(values: readonly (string | number)[]): Sql {
  if (values.length > maxPlainValues) return sql`SELECT value FROM json_each(${bound(JSON.stringify(values))})`;
  return join(values.map(bound), ', ');
}

function like({ column, caseSensitive }: Comparand, { text }: Literal): Sql {
  if (caseSensitive) return sql`${column} GLOB ${bound(globPattern(text))}`;
  return sql`${column} LIKE ${bound(likePattern(text))} ESCAPE '\\'`;
}

/** `INCLUDES ('A;B', 'C')`: has both A and B, or has C. */
function includes({ column }: Comparand, literals: readonly Literal[]): Sql {
  const alternatives = literals.map(({ text }) => {
    const wanted = stringValue(text).split(';');
    return balanced(
      wanted.map((value) => {
        const pattern = `%;${value.replace(/[\\%_]/g, '\\$&')};%`;
        return sql`(';' || ${column} || ';') LIKE ${bound(pattern)} ESCAPE '\\'`;
      }),
      'AND',
    );
  });
  return balanced(alternatives, 'OR');
}

function requireOperator({ text }: Compilation, { type, written }: Comparand, operator: string): void {
  const family = familyOf(type);
  const multiple = type === 'multipicklist';
  const refused =
    (operator === 'LIKE' && (family !== 'text' || multiple)) ||
    ((operator === 'INCLUDES' || operator === 'EXCLUDES') && !multiple) ||
    (['<', '<=', '>', '>='].includes(operator) && (family === 'boolean' || multiple));
  if (refused) throw text.invalidOperator(`invalid operator on ${family === 'text' ? type : family} field`, written);
}
