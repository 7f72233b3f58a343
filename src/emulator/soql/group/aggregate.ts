import type { FieldDefinition, FieldType } from '../../../contract/sobject.js';
import { isAggregatable } from '../../store/model/fieldAbilities.js';
import type { Compilation } from '../compilation.js';
import { fieldName, writtenOf } from '../fieldExpression.js';
import type { FunctionCall } from '../fieldExpression.js';
import { familyOf } from '../where/fieldFamily.js';
import type { Comparand } from '../where/whereOperand.js';
import type { FieldPath, QueryScope } from '../queryScope.js';
import type { Sql } from '../sqlFragment.js';
import { bound, sql } from '../sqlFragment.js';

type Accepts = 'any' | 'number' | 'ordered';

interface AggregateFunction {
  readonly accepts: Accepts;
  /** Type of the result. Default: the type of the field. */
  readonly type?: FieldType;
  readonly of: (path: FieldPath) => Sql;
}

const aggregates: Readonly<Record<string, AggregateFunction>> = {
  COUNT: { accepts: 'any', type: 'int', of: ({ column }) => sql`count(${column})` },
  COUNT_DISTINCT: { accepts: 'any', type: 'int', of: ({ column }) => sql`count(DISTINCT ${column})` },
  // Sums of binary numbers drift (0.1 + 0.2), but the platform adds decimals.
  SUM: {
    accepts: 'number',
    type: 'double',
    of: ({ column, definition }) => rounded(sql`sum(${column})`, definition.scale ?? 6),
  },
  AVG: { accepts: 'number', type: 'double', of: ({ column }) => rounded(sql`avg(${column})`, 10) },
  MIN: { accepts: 'ordered', of: ({ column }) => sql`min(${column})` },
  MAX: { accepts: 'ordered', of: ({ column }) => sql`max(${column})` },
};

/** Makes an aggregate call, such as `SUM(TransactionAmount)`, an expression to select, compare and sort by. */
export function aggregateComparand(compilation: Compilation, scope: QueryScope, call: FunctionCall): Comparand {
  const { text } = compilation;
  const functionName = fieldName(call);
  const known = aggregates[functionName];
  const [parameter] = call.parameters ?? [];
  if (!known || typeof parameter !== 'string')
    throw text.malformed(`unexpected token: ${writtenOf(call)}`, functionName);
  const path = scope.resolve(parameter);
  if (!isAccepted(known.accepts, path.definition)) {
    const message = `field ${path.name} does not support aggregate operator ${functionName}`;
    throw text.malformed(message, parameter);
  }
  const type = known.type ?? path.definition.type;
  return { column: known.of(path), type, written: writtenOf(call), caseSensitive: false, outer: false };
}

function isAccepted(accepts: Accepts, definition: FieldDefinition): boolean {
  return isAggregatable(definition) && (accepts !== 'number' || familyOf(definition.type) === 'number');
}

function rounded(value: Sql, scale: number): Sql {
  return sql`round(${value}, ${bound(scale)})`;
}
