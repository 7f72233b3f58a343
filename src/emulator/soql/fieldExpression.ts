import type { FunctionExp } from '@jetstreamapp/soql-parser-js';
import type { Compilation } from './compilation.js';
import { dateFunction, isAggregateFunction, localTimeFunction, takesType } from './soqlFunctions.js';
import { labelColumn } from './labelColumns.js';
import type { Comparand } from './where/whereOperand.js';
import type { FieldPath, QueryScope } from './queryScope.js';
import { bound, columnName, sql } from './sqlFragment.js';

/** A function call. The parser gives WHERE, GROUP BY and SELECT different shapes; these members are in all of them. */
export type FunctionCall = Pick<FunctionExp, 'functionName' | 'parameters' | 'rawValue'>;

/** Makes a field the left side of a comparison. */
export function fieldComparand(path: FieldPath): Comparand {
  return {
    column: path.column,
    type: path.definition.type,
    written: path.written,
    caseSensitive: path.definition.caseSensitive ?? false,
    outer: path.parents.length > 0,
  };
}

/** Makes `toLabel(field)` the left side of a comparison. */
export function labelComparand(path: FieldPath): Comparand {
  return { ...fieldComparand(path), column: labelColumn(path.column, path.definition) };
}

/**
 * Makes a function call the left side of a comparison: `CALENDAR_MONTH(CreatedDate)`,
 * `DAY_ONLY(convertTimezone(CreatedDate))`, `toLabel(Status)`.
 *
 * Dates are read in UTC unless `convertTimezone` asks for the user's zone.
 */
export function functionComparand(compilation: Compilation, scope: QueryScope, call: FunctionCall): Comparand {
  const functionName = fieldName(call);
  const [parameter] = call.parameters ?? [];
  if (functionName === 'TOLABEL' && typeof parameter === 'string') return labelComparand(scope.resolve(parameter));
  if (isAggregateFunction(functionName)) throw compilation.text.unexpected(functionName);
  const known = dateFunction(functionName);
  if (!known || parameter === undefined) throw compilation.text.notImplemented(`the function ${functionName} here`);
  const inner =
    typeof parameter === 'string' ? fieldComparand(scope.resolve(parameter)) : local(compilation, scope, parameter);
  if (!takesType(functionName, inner.type)) {
    const message = `field ${inner.written} does not support function ${functionName}`;
    throw compilation.text.malformed(message, inner.written);
  }
  return { ...inner, column: known.of(inner.column), type: known.type, written: writtenOf(call), outer: false };
}

export function fieldName(call: FunctionCall): string {
  return (call.functionName ?? '').toUpperCase();
}

export function isAggregate(call: FunctionCall): boolean {
  return isAggregateFunction(fieldName(call));
}

/** The call as the platform repeats it. Two calls with the same text are the same call. */
export function writtenOf(call: FunctionCall): string {
  return call.rawValue ?? fieldName(call);
}

function local(compilation: Compilation, scope: QueryScope, call: FunctionCall): Comparand {
  const [parameter] = call.parameters ?? [];
  if (fieldName(call) !== 'CONVERTTIMEZONE' || typeof parameter !== 'string') {
    throw compilation.text.notImplemented(`the function ${fieldName(call)} here`);
  }
  const field = fieldComparand(scope.resolve(parameter));
  if (field.type !== 'datetime') {
    throw compilation.text.malformed(`field ${parameter} does not support function convertTimezone`, parameter);
  }
  const zone = bound(compilation.context.timeZone);
  return { ...field, column: sql`${columnName(localTimeFunction)}(${field.column}, ${zone})` };
}
