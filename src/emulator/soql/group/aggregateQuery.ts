import type {
  FieldFunctionExpression,
  FieldType as SelectItem,
  OrderByClause,
  Query,
} from '@jetstreamapp/soql-parser-js';
import { conditionTree } from '../where/whereCondition.js';
import type { Compilation } from '../compilation.js';
import { fieldComparand, isAggregate, fieldName, writtenOf } from '../fieldExpression.js';
import type { FunctionCall } from '../fieldExpression.js';
import { whereFilter, rowFilter } from '../where/whereFilter.js';
import { dateFunction } from '../soqlFunctions.js';
import type { Grouping, GroupBy } from './grouping.js';
import { groupByOf } from './grouping.js';
import { GroupExpressions } from './groupExpressions.js';
import type { Expression } from './groupExpressions.js';
import { orderOf } from '../orderBy.js';
import type { ValueNode } from '../answer/recordPlan.js';
import type { QueryScope } from '../queryScope.js';
import type { Sql } from '../sqlFragment.js';
import { join, nothing, sql } from '../sqlFragment.js';

export interface AggregateStatement {
  readonly nodes: readonly ValueNode[];
  /** Without LIMIT. */
  readonly statement: Sql;
}

/** Whether the query has GROUP BY or an aggregate in its select list. `COUNT()` alone is handled elsewhere. */
export function isAggregateQuery({ fields = [], groupBy }: Pick<Query, 'fields' | 'groupBy'>): boolean {
  return groupBy !== undefined || fields.some((item) => item.type === 'FieldFunctionExpression' && needsGrouping(item));
}

/** Date functions need grouping too: a select list accepts them only if the query groups by them. */
function needsGrouping(call: FunctionCall): boolean {
  const [parameter] = call.parameters ?? [];
  if (fieldName(call) === 'FORMAT' && typeof parameter === 'object') return needsGrouping(parameter);
  return isAggregate(call) || dateFunction(fieldName(call)) !== undefined;
}

/**
 * Compiles `SELECT f, COUNT(Id) … GROUP BY f` to one SELECT for each set of groupings. Only ROLLUP and CUBE have
 * several sets.
 */
export function compileAggregates(compilation: Compilation, scope: QueryScope, query: Query): AggregateStatement {
  return new AggregateCompiler(compilation, scope, query).compile();
}

class AggregateCompiler {
  readonly #groupBy: GroupBy;
  readonly #expressions: GroupExpressions;
  readonly #columns: Expression[] = [];
  readonly #nodes: ValueNode[] = [];
  #unnamed = 0;

  readonly #compilation: Compilation;
  readonly #scope: QueryScope;
  readonly #query: Query;

  constructor(compilation: Compilation, scope: QueryScope, query: Query) {
    this.#compilation = compilation;
    this.#scope = scope;
    this.#query = query;

    this.#groupBy = groupByOf(compilation, scope, [query.groupBy ?? []].flat());
    this.#expressions = new GroupExpressions(compilation, scope, this.#groupBy.groupings);
  }

  compile(): AggregateStatement {
    for (const item of this.#query.fields ?? []) this.#select(item);
    const order = orderOf(this.#compilation, this.#query, (clause) => this.#sortKey(clause));
    const condition = rowFilter(this.#compilation, this.#scope, this.#query.where);
    const where = condition ? sql`WHERE ${condition}` : nothing;
    const selects = this.#groupBy.sets.map((set) => this.#selectOf(set, where));
    const [only] = selects;
    const rows = selects.length === 1 && only ? only : sql`SELECT * FROM (${join(selects, ' UNION ALL ')})`;
    return { nodes: this.#nodes, statement: sql`${rows} ${order}` };
  }

  #selectOf(set: readonly Grouping[], where: Sql): Sql {
    const columns = this.#columns.map((expression) => expression(set).column);
    const { having } = this.#query;
    const keys = set.map(({ comparand }) => comparand.column);
    const parts = [sql`SELECT ${join(columns, ', ')}`];
    const kept = having && this.#havingOf(having, set);
    parts.push(sql`FROM ${this.#scope.from()}`, where);
    if (keys.length > 0) parts.push(sql`GROUP BY ${join(keys, ', ')}`);
    if (kept) parts.push(sql`HAVING ${kept}`);
    return join(parts, ' ');
  }

  #select(item: SelectItem): void {
    const { text } = this.#compilation;
    switch (item.type) {
      case 'Field':
      case 'FieldRelationship': {
        const path = this.#scope.resolve(('rawValue' in item && item.rawValue) || item.field);
        const alias = 'alias' in item ? item.alias : undefined;
        this.#addColumn(this.#expressions.grouped(fieldComparand(path)), {
          key: alias ?? path.name,
          definition: path.definition,
        });
        return;
      }
      case 'FieldFunctionExpression':
        this.#selectCall(item);
        return;
      case 'FieldSubquery':
      case 'FieldTypeof':
        throw text.malformed('sub-queries and TYPEOF are not allowed in a query with aggregates');
    }
  }

  #selectCall(item: FieldFunctionExpression): void {
    const [parameter] = item.parameters;
    if (fieldName(item) === 'TOLABEL' && typeof parameter === 'string') {
      const path = this.#scope.resolve(parameter);
      const { definition } = path;
      this.#addColumn(this.#expressions.labelled(parameter), { key: item.alias ?? path.name, definition });
      return;
    }
    const call = `${fieldName(item).toLowerCase()}${writtenOf(item).slice(fieldName(item).length)}`;
    this.#addColumn(this.#expressions.call(item), { key: item.alias ?? `expr${this.#unnamed++}`, call });
  }

  #addColumn(expression: Expression, node: Pick<ValueNode, 'key' | 'definition' | 'call'>): void {
    const lower = node.key.toLowerCase();
    if (this.#nodes.some(({ key }) => key.toLowerCase() === lower)) {
      throw this.#compilation.text.malformed(`duplicate alias: ${node.key}`);
    }
    const { type } = expression(this.#groupBy.groupings);
    this.#nodes.push({ kind: 'value', column: this.#columns.length, type, ...node });
    this.#columns.push(expression);
  }

  /** Adds a column to sort by and refers to it by number, because several SELECTs have no column names in common. */
  #sortKey(clause: OrderByClause): { column: Sql; nullable: boolean } {
    const expression = 'fn' in clause ? this.#expressions.call(clause.fn) : this.#expressions.sorted(clause.field);
    return { column: { text: String(this.#columns.push(expression)), values: [] }, nullable: true };
  }

  #havingOf(having: NonNullable<Query['having']>, set: readonly Grouping[]): Sql {
    return whereFilter(this.#compilation, conditionTree(having, this.#compilation.text), {
      field: (written) => this.#expressions.grouped(fieldComparand(this.#scope.resolve(written)))(set),
      call: (call) => this.#expressions.call(call)(set),
      subquery: () => {
        throw this.#compilation.text.malformed('Semi join sub-selects are not allowed in HAVING');
      },
    });
  }
}
