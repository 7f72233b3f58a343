import type { Compilation } from '../compilation.js';
import { familyOf } from './fieldFamily.js';
import type { Comparand, Literal, Operand } from './whereOperand.js';
import { operandOf, wrongType } from './whereOperand.js';
import type { Sql } from '../sqlFragment.js';
import { balanced, bound, join, sql } from '../sqlFragment.js';
import { globPattern, likePattern, stringValue } from './stringLiteral.js';

type Order = '<' | '<=' | '>' | '>=';

/** Comparison operators of SOQL; `<>` is written `!=`. */
export type Operator = Order | '=' | '!=' | 'LIKE' | 'IN' | 'NOT IN' | 'INCLUDES' | 'EXCLUDES';

/** Longer lists are passed as one JSON parameter, because SQLite accepts at most 32,766 parameters. */
const maxPlainValues = 500;

/**
 * Compiles `field operator literal`. Columns are not wrapped in expressions where SQLite could use an index.
 *
 * A missing value differs from every value: `!=`, NOT IN and EXCLUDES are true for it, the other operators are not.
 */
export function compare(
  compilation: Compilation,
  comparand: Comparand,
  operator: Operator,
  literals: readonly Literal[],
): Sql {
  requireOperator(compilation, comparand, operator);
  requireText(compilation, comparand, operator, literals);
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
    default:
      return balanced(
        compareOperands(
          comparand,
          operator,
          literals.map((literal) => operandOf(compilation, comparand, literal)),
        ),
        'OR',
      );
  }
}

type ValueOperator = Exclude<Operator, 'LIKE' | 'INCLUDES' | 'EXCLUDES'>;

function compareOperands(comparand: Comparand, operator: ValueOperator, operands: readonly Operand[]): Sql[] {
  switch (operator) {
    case 'IN':
      return [isIn(comparand, operands)];
    case 'NOT IN':
      return [sql`(${isIn(comparand, operands)}) IS NOT TRUE`];
    case '=':
      return operands.map((operand) => equals(comparand, operand));
    case '!=':
      return operands.map((operand) => sql`(${equals(comparand, operand)}) IS NOT TRUE`);
    default:
      return operands.map((operand) => ordered(comparand.column, operator, operand));
  }
}

function equals({ column, type, outer }: Comparand, operand: Operand): Sql {
  if (operand.kind === 'range') return sql`(${column} >= ${bound(operand.from)} AND ${column} < ${bound(operand.to)})`;
  if (operand.value === null) return sql`${column} IS NULL`;
  // A boolean is never null. If the parent is missing, it counts as false.
  if (type === 'boolean' && outer && operand.value === 0) return sql`${column} IS NOT 1`;
  return sql`${column} = ${bound(operand.value)}`;
}

/** `<` a range means before its start; `<=` a range means before its end. */
function ordered(column: Sql, operator: Order, operand: Operand): Sql {
  if (operand.kind === 'range') {
    const edge = bound(operator === '<' || operator === '>=' ? operand.from : operand.to);
    return operator.startsWith('<') ? sql`${column} < ${edge}` : sql`${column} >= ${edge}`;
  }
  const value = bound(operand.value);
  switch (operator) {
    case '<':
      return sql`${column} < ${value}`;
    case '<=':
      return sql`${column} <= ${value}`;
    case '>':
      return sql`${column} > ${value}`;
    case '>=':
      return sql`${column} >= ${value}`;
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

/** `INCLUDES ('A;B', 'C')` matches values that contain both A and B, or that contain C. */
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

function requireOperator({ text }: Compilation, { type, written }: Comparand, operator: Operator): void {
  const family = familyOf(type);
  const multiple = type === 'multipicklist';
  const refused =
    (operator === 'LIKE' && (family !== 'text' || multiple)) ||
    ((operator === 'INCLUDES' || operator === 'EXCLUDES') && !multiple) ||
    (['<', '<=', '>', '>='].includes(operator) && (family === 'boolean' || multiple));
  if (refused) throw text.invalidOperator(`invalid operator on ${family === 'text' ? type : family} field`, written);
}

/** LIKE, INCLUDES and EXCLUDES accept only strings, not even null. */
function requireText(
  compilation: Compilation,
  comparand: Comparand,
  operator: Operator,
  literals: readonly Literal[],
): void {
  if (!['LIKE', 'INCLUDES', 'EXCLUDES'].includes(operator)) return;
  if (literals.some(({ type }) => type !== 'STRING')) throw wrongType(compilation, comparand);
}
