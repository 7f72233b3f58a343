import type { Query, ValueQueryCondition } from '@jetstreamapp/soql-parser-js';
import { isFilterable } from '../../store/model/fieldAbilities.js';
import { compare } from './comparison.js';
import type { Operator } from './comparison.js';
import type { Comparison, Condition } from './whereCondition.js';
import { conditionTree } from './whereCondition.js';
import type { Compilation } from '../compilation.js';
import { fieldComparand, functionComparand } from '../fieldExpression.js';
import type { FunctionCall } from '../fieldExpression.js';
import type { Comparand, Literal } from './whereOperand.js';
import { QueryScope } from '../queryScope.js';
import { refuseOtherClauses, requireJoinable, requireTopLevelJoins } from './semiJoinRules.js';
import type { Sql } from '../sqlFragment.js';
import { balanced, bound, sql } from '../sqlFragment.js';

/** What the left side of a comparison may be: fields and date functions in WHERE, and also aggregates in HAVING. */
export interface FilterTerms {
  field(path: string): Comparand;
  call(call: FunctionCall): Comparand;
  /** `field IN (SELECT …)` */
  subquery(condition: ValueQueryCondition): Sql;
}

/** Compiles the condition to SQL that is true for exactly the rows to keep, and otherwise false or null. */
export function whereFilter(compilation: Compilation, condition: Condition, terms: FilterTerms): Sql {
  switch (condition.kind) {
    case 'and':
    case 'or':
      return balanced(
        condition.conditions.map((part) => whereFilter(compilation, part, terms)),
        condition.kind === 'and' ? 'AND' : 'OR',
      );
    case 'not':
      // `NOT (…)` would leave out rows with a null, but the platform has no third truth value.
      return sql`(${whereFilter(compilation, condition.condition, terms)}) IS NOT TRUE`;
    case 'comparison':
      return comparison(compilation, condition.comparison, terms);
  }
}

/**
 * Returns all conditions on the rows of a query: those of its WHERE, and that rows are not deleted. Undefined if the
 * query returns all rows.
 *
 * @param nested whether this is the query inside `IN (SELECT …)`, which cannot contain another one
 */
export function rowFilter(
  compilation: Compilation,
  scope: QueryScope,
  where: Query['where'],
  nested = false,
): Sql | undefined {
  const conditions: Sql[] = [];
  if (where) {
    const tree = conditionTree(where, compilation.text);
    requireTopLevelJoins(compilation, tree);
    conditions.push(whereFilter(compilation, tree, whereTerms(compilation, scope, nested)));
  }
  if (!compilation.context.allRows) conditions.push(sql`${scope.column('IsDeleted')} = ${bound(0)}`);
  return conditions.length > 0 ? balanced(conditions, 'AND') : undefined;
}

function whereTerms(compilation: Compilation, scope: QueryScope, nested: boolean): FilterTerms {
  const { text } = compilation;
  return {
    field: (written) => {
      const path = scope.resolve(written);
      if (!isFilterable(path.definition)) {
        throw text.invalidField(`field '${path.name}' can not be filtered in a query call`, written, 'WHERE');
      }
      return fieldComparand(path);
    },
    call: (call) => functionComparand(compilation, scope, call),
    subquery: (condition) => {
      if (nested) throw text.malformed('Nesting of semi join sub-selects is not supported');
      return semiJoin(compilation, scope, condition);
    },
  };
}

function comparison(compilation: Compilation, node: Comparison, terms: FilterTerms): Sql {
  if ('valueQuery' in node) return terms.subquery(node);
  const operator = operatorOf(node.operator);
  const listed = Array.isArray(node.value);
  if (listed !== takesList(operator)) throw compilation.text.unexpected(listed ? '(' : String(node.value));
  const comparand = 'fn' in node ? terms.call(node.fn) : terms.field(node.field);
  return compare(compilation, comparand, operator, literalsOf(node));
}

/** The library keeps the case of the query. It also returns `<>`, which its types leave out. */
function operatorOf(written: string): Operator {
  const upper = written.toUpperCase().replace(/\s+/g, ' ');
  return (upper === '<>' ? '!=' : upper) as Operator;
}

function takesList(operator: Operator): boolean {
  return ['IN', 'NOT IN', 'INCLUDES', 'EXCLUDES'].includes(operator);
}

function literalsOf(node: Exclude<Comparison, ValueQueryCondition>): Literal[] {
  const texts: readonly string[] = [node.value].flat();
  const { literalType } = node;
  return texts.map((text, index) => ({
    text,
    type: (Array.isArray(literalType) ? literalType[index] : literalType) ?? 'STRING',
  }));
}

/** Compiles `Id IN (SELECT MemberId FROM …)`. Each side is one id or reference; the operator is IN or NOT IN. */
function semiJoin(compilation: Compilation, scope: QueryScope, condition: ValueQueryCondition): Sql {
  const { text } = compilation;
  const operator = operatorOf(condition.operator);
  const { sObject = '', sObjectAlias, fields = [], where } = condition.valueQuery;
  if (operator !== 'IN' && operator !== 'NOT IN') throw text.unexpected('SELECT');
  refuseOtherClauses(compilation, condition.valueQuery);
  const outer = scope.resolve(condition.field);
  const inner = new QueryScope(compilation, compilation.object(sObject), [sObjectAlias ?? sObject, sObject]);
  const [only] = fields;
  if (fields.length !== 1 || !only || (only.type !== 'Field' && only.type !== 'FieldRelationship')) {
    throw text.malformed('Semi join sub-selects must select exactly one field');
  }
  const selected = inner.resolve(('rawValue' in only && only.rawValue) || only.field);
  requireJoinable(compilation, { scope, path: outer }, { scope: inner, path: selected });
  const kept = rowFilter(compilation, inner, where, true);
  const present = sql`${selected.column} IS NOT NULL`;
  const rows = sql`SELECT ${selected.column} FROM ${inner.from()} WHERE ${kept ? balanced([kept, present], 'AND') : present}`;
  return operator === 'IN' ? sql`${outer.column} IN (${rows})` : sql`(${outer.column} IN (${rows})) IS NOT TRUE`;
}
