import { aggregateComparand } from './aggregate.js';
import type { Compilation } from '../compilation.js';
import { fieldComparand, functionComparand, isAggregate, fieldName } from '../fieldExpression.js';
import type { FunctionCall } from '../fieldExpression.js';
import type { Grouping } from './grouping.js';
import { groupingOf } from './grouping.js';
import { formattedColumn } from '../formattedColumns.js';
import { labelColumn } from '../labelColumns.js';
import type { Comparand } from '../where/whereOperand.js';
import { sortColumn } from '../orderBy.js';
import type { QueryScope } from '../queryScope.js';

/** An expression of a query with GROUP BY. Its SQL depends on the set of groupings of the SELECT. */
export type Expression = (set: readonly Grouping[]) => Comparand;

/** The expressions that such a query may have in SELECT, HAVING and ORDER BY: groupings and aggregates only. */
export class GroupExpressions {
  readonly #compilation: Compilation;
  readonly #scope: QueryScope;
  readonly #groupings: readonly Grouping[];

  constructor(compilation: Compilation, scope: QueryScope, groupings: readonly Grouping[]) {
    this.#compilation = compilation;
    this.#scope = scope;
    this.#groupings = groupings;
  }

  /** The value of a grouping. It is null in the totals over that grouping. */
  grouped(comparand: Comparand): Expression {
    const grouping = groupingOf(this.#groupings, comparand);
    if (!grouping) {
      const message = `Field must be grouped or aggregated: ${comparand.written}`;
      throw this.#compilation.text.malformed(message, comparand.written);
    }
    return (set) => (set.includes(grouping) ? comparand : { ...comparand, column: { text: 'NULL', values: [] } });
  }

  /** `toLabel(field)` of a grouped field. */
  labelled(written: string): Expression {
    const path = this.#scope.resolve(written);
    const grouped = this.grouped(fieldComparand(path));
    return (set) => {
      const comparand = grouped(set);
      return { ...comparand, column: labelColumn(comparand.column, path.definition) };
    };
  }

  call(call: FunctionCall): Expression {
    const [parameter] = call.parameters ?? [];
    if (fieldName(call) === 'TOLABEL' && typeof parameter === 'string') return this.labelled(parameter);
    if (fieldName(call) === 'FORMAT' && parameter !== undefined) return this.#formatted(parameter);
    if (isAggregate(call)) {
      const comparand = aggregateComparand(this.#compilation, this.#scope, call);
      return () => comparand;
    }
    return fieldName(call) === 'GROUPING' ? this.#groupingFlag(call) : this.grouped(this.#dateCall(call));
  }

  /** `FORMAT(field)` of a grouped field, or of a total. */
  #formatted(parameter: string | FunctionCall): Expression {
    const isField = typeof parameter === 'string';
    const path = this.#scope.resolve(isField ? parameter : innermostField(parameter));
    const inner = isField ? this.grouped(fieldComparand(path)) : this.call(parameter);
    const { timeZone } = this.#compilation.context;
    return (set) => {
      const comparand = inner(set);
      const definition = {
        type: comparand.type,
        ...(path.definition.scale !== undefined && { scale: path.definition.scale }),
      };
      return {
        ...comparand,
        type: 'string',
        column: formattedColumn({ column: comparand.column, definition }, { timeZone }),
      };
    };
  }

  #dateCall(call: FunctionCall): Comparand {
    return functionComparand(this.#compilation, this.#scope, call);
  }

  /** `GROUPING(f)`: 1 in the totals over the field, 0 elsewhere. */
  #groupingFlag(call: FunctionCall): Expression {
    const [parameter] = call.parameters ?? [];
    const field = fieldComparand(this.#scope.resolve(typeof parameter === 'string' ? parameter : ''));
    const grouping = groupingOf(this.#groupings, field);
    if (!grouping) throw this.#compilation.text.malformed(`Field must be grouped: ${field.written}`, field.written);
    return (set) => ({
      ...field,
      type: 'int',
      outer: false,
      column: { text: set.includes(grouping) ? '0' : '1', values: [] },
    });
  }

  sorted(written: string): Expression {
    const path = this.#scope.resolve(written);
    const grouped = this.grouped(fieldComparand(path));
    return (set) => {
      const comparand = grouped(set);
      return { ...comparand, column: sortColumn({ ...path, column: comparand.column }) };
    };
  }
}

/** `MAX(CreatedDate)` → `CreatedDate` */
function innermostField({ parameters }: FunctionCall): string {
  const [parameter] = parameters ?? [];
  if (typeof parameter === 'string') return parameter;
  return parameter ? innermostField(parameter) : 'Id';
}
