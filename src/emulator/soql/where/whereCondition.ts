import type {
  ConditionWithValueQuery,
  HavingClause,
  NegationCondition,
  WhereClause,
} from '@jetstreamapp/soql-parser-js';
import type { SoqlText } from '../soqlErrors.js';

/** One comparison in WHERE or HAVING, as the library returns it. */
export type Comparison = Exclude<ConditionWithValueQuery, NegationCondition>;

/** WHERE or HAVING as a tree. */
export type Condition =
  | { readonly kind: 'and' | 'or'; readonly conditions: readonly Condition[] }
  | { readonly kind: 'not'; readonly condition: Condition }
  | { readonly kind: 'comparison'; readonly comparison: Comparison };

type Token = '(' | ')' | 'AND' | 'OR' | 'NOT' | Comparison;

/**
 * Turns the library's linked list of conditions, with its counts of parentheses, into a tree.
 *
 * @throws {SoqlError} MALFORMED_QUERY when AND and OR are mixed without parentheses, which the platform refuses
 */
export function conditionTree(clause: WhereClause | HavingClause, text: SoqlText): Condition {
  const tokens = flatten(clause);
  const { condition, next } = readChain({ tokens, text }, 0);
  if (next < tokens.length) throw text.unexpected(')');
  return condition;
}

interface Source {
  readonly tokens: readonly Token[];
  readonly text: SoqlText;
}

interface Read {
  readonly condition: Condition;
  readonly next: number;
}

function flatten(clause: WhereClause | HavingClause): Token[] {
  const tokens: Token[] = [];
  let node = clause;
  while (true) {
    const { left } = node;
    for (let count = left?.openParen ?? 0; count > 0; count--) tokens.push('(');
    if (left && 'operator' in left) {
      tokens.push(left);
      for (let count = left.closeParen ?? 0; count > 0; count--) tokens.push(')');
    }
    if (!('operator' in node)) return tokens;
    tokens.push(node.operator);
    node = node.right;
  }
}

function readChain(source: Source, start: number): Read {
  let { condition, next } = readOne(source, start);
  const operator = source.tokens[next];
  if (operator !== 'AND' && operator !== 'OR') return { condition, next };
  const conditions = [condition];
  while (source.tokens[next] === operator) {
    ({ condition, next } = readOne(source, next + 1));
    conditions.push(condition);
  }
  const other = source.tokens[next];
  if (other === 'AND' || other === 'OR') throw source.text.unexpected(other);
  return { condition: { kind: operator === 'AND' ? 'and' : 'or', conditions }, next };
}

function readOne(source: Source, start: number): Read {
  const token = source.tokens[start];
  if (token === 'NOT') {
    const { condition, next } = readOne(source, start + 1);
    return { condition: { kind: 'not', condition }, next };
  }
  if (token === '(') {
    const { condition, next } = readChain(source, start + 1);
    if (source.tokens[next] !== ')') throw source.text.malformed("unexpected token: '<EOF>'");
    return { condition, next: next + 1 };
  }
  if (token === undefined || typeof token === 'string') throw source.text.unexpected(token ?? '<EOF>');
  return { condition: { kind: 'comparison', comparison: token }, next: start + 1 };
}
