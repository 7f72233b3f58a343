import type { GroupByClause } from '@jetstreamapp/soql-parser-js';
import { isGroupable } from '../../store/model/fieldAbilities.js';
import type { Compilation } from '../compilation.js';
import { fieldComparand, functionComparand, fieldName } from '../fieldExpression.js';
import type { Comparand } from '../where/whereOperand.js';
import type { FieldPath, QueryScope } from '../queryScope.js';

/** A field or date function in GROUP BY. */
export interface Grouping {
  readonly comparand: Comparand;
  /** Absent for a function. */
  readonly path?: FieldPath;
}

/** GROUP BY: the groupings, and the sets of them that rows are grouped by. Only ROLLUP and CUBE have several sets. */
export interface GroupBy {
  readonly groupings: readonly Grouping[];
  readonly sets: readonly (readonly Grouping[])[];
}

/** Salesforce limit on ROLLUP and CUBE. */
const maxRollup = 3;

export function groupByOf(compilation: Compilation, scope: QueryScope, clauses: readonly GroupByClause[]): GroupBy {
  const [first] = clauses;
  const total = first && 'fn' in first ? fieldName(first.fn) : '';
  if (first && 'fn' in first && (total === 'ROLLUP' || total === 'CUBE')) {
    const fields = (first.fn.parameters ?? []).flatMap((parameter) =>
      typeof parameter === 'string' ? [parameter] : [],
    );
    if (clauses.length > 1 || fields.length > maxRollup) {
      throw compilation.text.malformed(
        `GROUP BY ${total} takes at most ${maxRollup} fields and cannot be combined with other groupings`,
        total,
      );
    }
    const groupings = fields.map((field) => fieldGrouping(compilation, scope, field));
    return { groupings, sets: total === 'ROLLUP' ? prefixes(groupings) : subsets(groupings) };
  }
  const groupings = clauses.map((clause) =>
    'fn' in clause
      ? { comparand: functionComparand(compilation, scope, clause.fn) }
      : fieldGrouping(compilation, scope, clause.field),
  );
  return { groupings, sets: [groupings] };
}

/** Finds the grouping that an expression elsewhere in the query repeats. Both resolve to the same column. */
export function groupingOf(
  groupings: readonly Grouping[],
  { column }: Pick<Comparand, 'column'>,
): Grouping | undefined {
  return groupings.find(({ comparand }) => comparand.column.text === column.text);
}

function fieldGrouping({ text }: Compilation, scope: QueryScope, written: string): Grouping {
  const path = scope.resolve(written);
  if (!isGroupable(path.definition)) {
    throw text.invalidField(`field '${path.name}' can not be grouped in a query call`, written, 'GROUP BY');
  }
  return { path, comparand: fieldComparand(path) };
}

/** All groupings, then all but the last, …, then none. */
function prefixes(groupings: readonly Grouping[]): Grouping[][] {
  return [...groupings, undefined].map((_, index) => groupings.slice(0, groupings.length - index));
}

function subsets(groupings: readonly Grouping[]): Grouping[][] {
  const [first, ...rest] = groupings;
  if (!first) return [[]];
  const others = subsets(rest);
  return [...others.map((set) => [first, ...set]), ...others];
}
