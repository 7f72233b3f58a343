import { dataTypes } from '../programRules.js';
import type { DataType, RuleParameter } from '../programRules.js';
import { literalValue, numberText } from './literalValue.js';
import { parseUnchecked } from './readExpression.js';
import type { ParsingContext } from './readExpression.js';
import type { RulesReading } from './rulesReading.js';
import type { SetupElement } from './setupElement.js';

const kinds = ['Constant', 'Formula', 'Variable'] as const;

/** Reads the parameters of a process, by their names. */
export function readParameters(process: SetupElement, reading: RulesReading): Map<string, RuleParameter> {
  const elements = process.children('parameters');
  const types = new Map(elements.map((each) => [each.text('parameterName'), each.text('dataType') as DataType]));
  const typeOf = (name: string): DataType | undefined => types.get(name);
  const parameters = new Map<string, RuleParameter>();
  for (const element of elements) {
    const parameter = readParameter(element, { reading, typeOf });
    const other = parameters.get(parameter.name);
    if (other && parameter.name !== '')
      reading.fail(parameter.place, `the parameter "${parameter.name}" is already in line ${other.place.line}`);
    else parameters.set(parameter.name, parameter);
  }
  return new Map([...parameters].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function readParameter(element: SetupElement, context: ParsingContext): RuleParameter {
  const name = element.requiredText('parameterName');
  if (name !== '' && !/^[A-Za-z]\w*$/.test(name))
    element.fail(`"${name}" cannot be used in expressions: a name has letters, digits and _`, 'parameterName');
  refuseUnsupported(element);
  const dataType = element.oneOf('dataType', dataTypes);
  if (dataType === 'Sobject') element.requiredText('objectName');
  const base = {
    name,
    dataType,
    decimalPlaces: dataType === 'Numeric' ? element.wholeNumber('decimalPlaces', 0) : undefined,
    objectName: element.text('objectName'),
    isInput: element.flag('isInput'),
    isOutput: element.flag('isOutput'),
    place: element.placeOf('parameterName'),
  };
  const kind = element.oneOf('parameterType', kinds);
  if (kind === 'Variable') {
    if (element.text('value') !== undefined)
      element.fail(`the variable "${name}" has a <value>: variables begin blank, and rules give them values`, 'value');
    return { ...base, kind };
  }
  const text = element.requiredText('value');
  if (kind === 'Formula') return { ...base, kind, formula: parseUnchecked(text, element.placeOf('value'), context) };
  const value = literalValue(text, dataType);
  if (value === undefined && text !== '')
    element.fail(`the constant "${name}" of the type ${dataType} cannot be "${text}"${numberHint(text)}`, 'value');
  return { ...base, kind, value: value ?? null };
}

function numberHint(text: string): string {
  return numberText.test(text) ? ': numbers keep 15 digits' : '';
}

function refuseUnsupported(element: SetupElement): void {
  if (element.flag('isCollection'))
    element.fail('<isCollection> true is not supported: a parameter holds one value', 'isCollection');
  if (element.has('condition'))
    element.fail('<condition> is not supported: parameters get their records from decision tables', 'condition');
}

/** Notes formulas that need their own value. */
export function checkFormulaCycles(parameters: ReadonlyMap<string, RuleParameter>, reading: RulesReading): void {
  const safe = new Set<string>();
  const visit = (name: string, path: readonly string[]): void => {
    const parameter = parameters.get(name);
    if (parameter?.kind !== 'Formula' || safe.has(name)) return;
    const start = path.indexOf(name);
    if (start >= 0) {
      const names = [...path.slice(start), name].map((each) => `"${each}"`).join(' → ');
      reading.fail(parameter.place, `the formula "${name}" needs its own value: ${names}`);
    } else for (const reference of parameter.formula.references) visit(reference.split('.')[0] ?? '', [...path, name]);
    safe.add(name);
  };
  for (const name of parameters.keys()) visit(name, []);
}
