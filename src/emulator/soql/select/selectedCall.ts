import type { Compilation } from '../compilation.js';
import { fieldName } from '../fieldExpression.js';
import type { FunctionCall } from '../fieldExpression.js';
import { formattedColumn } from '../formattedColumns.js';
import { labelColumn } from '../labelColumns.js';
import { queriedField } from '../objectFields.js';
import type { FieldPath, SelectScope } from '../queryScope.js';
import type { Sql } from '../sqlFragment.js';

/**
 * Compiles a call in a select list: `toLabel(Status)`, `FORMAT(Amount)`, `convertCurrency(Amount)`, or
 * `FORMAT(convertCurrency(Amount))`.
 *
 * @throws {SoqlError} when the field cannot be converted
 * @throws {OrgRefusal} 501 for another function
 */
export function selectedCall(compilation: Compilation, scope: SelectScope, call: FunctionCall): FieldPath {
  const { text, context } = compilation;
  const functionName = fieldName(call);
  const [parameter] = call.parameters ?? [];
  if (parameter === undefined) throw text.notImplemented(`the function ${functionName} here`);
  const path = typeof parameter === 'string' ? scope.resolve(parameter) : selectedCall(compilation, scope, parameter);
  switch (functionName) {
    case 'TOLABEL':
      return { ...path, column: labelColumn(path.column, path.definition) };
    case 'CONVERTCURRENCY':
      if (path.definition.type !== 'currency' || !currencyOf(compilation, scope, path)) throw notConvertible();
      // All rates are 1 here: an amount is the same in each currency.
      return path;
    case 'FORMAT': {
      const currency = currencyOf(compilation, scope, path);
      const column = formattedColumn(path, { currency, timeZone: context.timeZone });
      return { ...path, column, definition: { type: 'string' } };
    }
    default:
      throw text.notImplemented(`the function ${functionName} here`);
  }

  function notConvertible(): Error {
    return text.invalidField(`convertCurrency is not supported for the field ${path.written}`, path.written);
  }
}

/** The code of the currency of an amount; undefined in an org with one currency. */
function currencyOf({ context }: Compilation, scope: SelectScope, { parents, written }: FieldPath): Sql | undefined {
  const object = parents.at(-1)?.tables[0]?.object ?? scope.object;
  if (!queriedField(object, 'CurrencyIsoCode', context.apiVersion)) return undefined;
  return scope.resolve(written.replace(/\w+$/, 'CurrencyIsoCode')).column;
}
