import type { FieldFunctionExpression, FieldType as SelectItem, OrderByClause, Query } from '@jetstreamapp/soql-parser-js';
import { aggregateComparand, isAggregate } from './aggregate.js';
import { conditionTree } from './condition.js';
import type { Compilation } from './context.js';
import { fieldComparand, functionComparand, nameOf, writtenOf } from './fieldExpression.js';
import type { FunctionCall } from './fieldExpression.js';
import { filter, rowFilter } from './filter.js';
import type { Grouping, GroupBy } from './grouping.js';
import { groupByOf, groupingOf } from './grouping.js';
import type { Comparand } from './operand.js';
import { orderOf, sortColumn } from './order.js';
import type { ValueNode } from './plan.js';
import type { QueryScope } from './scope.js';
import type { Sql } from './sql.js';
import { join, nothing, sql } from './sql.js';

export interface AggregateStatement {
  readonly nodes: readonly ValueNode[];
  /** Without LIMIT. */
  readonly statement: Sql;
}

/** Has GROUP BY, or an aggregate in its select list. `COUNT()` alone is another kind. */
export function isAggregateQuery({ fields = [], groupBy }: Query): boolean {
  return groupBy !== undefined || fields.some((item) => item.type === 'FieldFunctionExpression' && isAggregate(item));
}

/** `SELECT f, COUNT(Id) … GROUP BY f`: one SELECT for each set of groupings, which only ROLLUP and CUBE have several of. */
export function compileAggregates(compilation: Compilation, scope: QueryScope, query: Query): AggregateStatement {
  return new AggregateCompiler(compilation, scope, query).compile();
}

/** An expression of the query, for the set of groupings that a SELECT has. */
type Expression = (set: readonly Grouping[]) => Comparand;

class AggregateCompiler {
  readonly #groupBy: GroupBy;
  readonly #columns: Expression[] = [];
  readonly #nodes: ValueNode[] = [];
  #unnamed = 0;

  public constructor(
    private readonly compilation: Compilation,
    private readonly scope: QueryScope,
    private readonly query: Query,
  ) {
    this.#groupBy = groupByOf(compilation, scope, [query.groupBy ?? []].flat());
  }

  public compile(): AggregateStatement {
    for (const item of this.query.fields ?? []) this.select(item);
    const order = orderOf(this.compilation, this.query, (clause) => this.sortKey(clause));
    const condition = rowFilter(this.compilation, this.scope, this.query.where);
    const where = condition ? sql`WHERE ${condition}` : nothing;
    const selects = this.#groupBy.sets.map((set) => this.selectOf(set, where));
    const [only] = selects;
    const rows = selects.length === 1 && only ? only : sql`SELECT * FROM (${join(selects, ' UNION ALL ')})`;
    return { nodes: this.#nodes, statement: sql`${rows} ${order}` };
  }

  private selectOf(set: readonly Grouping[], where: Sql): Sql {
    const columns = this.#columns.map((expression) => expression(set).column);
    const { having } = this.query;
    const keys = set.map(({ comparand }) => comparand.column);
    const parts = [sql`SELECT ${join(columns, ', ')}`];
    const kept = having && this.havingOf(having, set);
    parts.push(sql`FROM ${this.scope.from()}`, where);
    if (keys.length > 0) parts.push(sql`GROUP BY ${join(keys, ', ')}`);
    if (kept) parts.push(sql`HAVING ${kept}`);
    return join(parts, ' ');
  }

  private select(item: SelectItem): void {
    const { text } = this.compilation;
    switch (item.type) {
      case 'Field':
      case 'FieldRelationship': {
        const path = this.scope.resolve(('rawValue' in item && item.rawValue) || item.field);
        const alias = 'alias' in item ? item.alias : undefined;
        this.addColumn(this.grouped(fieldComparand(path)), { key: alias ?? path.name, definition: path.definition });
        return;
      }
      case 'FieldFunctionExpression':
        this.selectCall(item);
        return;
      case 'FieldSubquery':
      case 'FieldTypeof':
        throw text.malformed('sub-queries and TYPEOF are not allowed in a query with aggregates');
    }
  }

  private selectCall(item: FieldFunctionExpression): void {
    const [parameter] = item.parameters;
    if (nameOf(item) === 'TOLABEL' && typeof parameter === 'string') {
      const path = this.scope.resolve(parameter);
      this.addColumn(this.grouped(fieldComparand(path)), { key: item.alias ?? path.name, definition: path.definition });
      return;
    }
    const call = `${nameOf(item).toLowerCase()}${writtenOf(item).slice(nameOf(item).length)}`;
    this.addColumn(this.callExpression(item), { key: item.alias ?? `expr${this.#unnamed++}`, call });
  }

  private addColumn(expression: Expression, node: Pick<ValueNode, 'key' | 'definition' | 'call'>): void {
    const lower = node.key.toLowerCase();
    if (this.#nodes.some(({ key }) => key.toLowerCase() === lower)) {
      throw this.compilation.text.malformed(`duplicate alias: ${node.key}`);
    }
    const { type } = expression(this.#groupBy.groupings);
    this.#nodes.push({ kind: 'value', column: this.#columns.length, type, ...node });
    this.#columns.push(expression);
  }

  /** A grouping's value, which is null in the totals over it. */
  private grouped(comparand: Comparand): Expression {
    const grouping = groupingOf(this.#groupBy.groupings, comparand);
    if (!grouping) {
      const message = `Field must be grouped or aggregated: ${comparand.written}`;
      throw this.compilation.text.malformed(message, comparand.written);
    }
    return (set) => (set.includes(grouping) ? comparand : { ...comparand, column: { text: 'NULL', values: [] } });
  }

  private callExpression(call: FunctionCall): Expression {
    if (isAggregate(call)) {
      const comparand = aggregateComparand(this.compilation, this.scope, call);
      return () => comparand;
    }
    return nameOf(call) === 'GROUPING' ? this.groupingFlag(call) : this.grouped(this.dateCall(call));
  }

  private dateCall(call: FunctionCall): Comparand {
    return functionComparand(this.compilation, this.scope, call);
  }

  /** `GROUPING(f)`: 1 in the totals over the field, 0 elsewhere. */
  private groupingFlag(call: FunctionCall): Expression {
    const [parameter] = call.parameters ?? [];
    const field = fieldComparand(this.scope.resolve(typeof parameter === 'string' ? parameter : ''));
    const grouping = groupingOf(this.#groupBy.groupings, field);
    if (!grouping) throw this.compilation.text.malformed(`Field must be grouped: ${field.written}`, field.written);
    return (set) => ({
      ...field,
      type: 'int',
      outer: false,
      column: { text: set.includes(grouping) ? '0' : '1', values: [] },
    });
  }

  /** Sorts by a column of its own, named by its number: the only name that holds over several SELECTs. */
  private sortKey(clause: OrderByClause): { column: Sql; nullable: boolean } {
    const expression = 'fn' in clause ? this.callExpression(clause.fn) : this.sortedField(clause.field);
    return { column: { text: String(this.#columns.push(expression)), values: [] }, nullable: true };
  }

  private sortedField(written: string): Expression {
    const path = this.scope.resolve(written);
    const grouped = this.grouped(fieldComparand(path));
    return (set) => {
      const comparand = grouped(set);
      return { ...comparand, column: sortColumn({ ...path, column: comparand.column }) };
    };
  }

  private havingOf(having: NonNullable<Query['having']>, set: readonly Grouping[]): Sql {
    return filter(this.compilation, conditionTree(having, this.compilation.text), {
      field: (written) => this.grouped(fieldComparand(this.scope.resolve(written)))(set),
      call: (call) => this.callExpression(call)(set),
      subquery: () => {
        throw this.compilation.text.malformed('Semi join sub-selects are not allowed in HAVING');
      },
    });
  }
}
