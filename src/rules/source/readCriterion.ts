import { criterionOperators } from '../programRules.js';
import type { Criterion, RulePlace } from '../programRules.js';
import { literalValue } from './literalValue.js';
import { constantFormula } from './plainFormula.js';
import { readExpression, readReference } from './readExpression.js';
import type { RuleContext } from './readExpression.js';
import type { SetupElement } from './setupElement.js';

type ValueType = NonNullable<Criterion['valueType']>;

const valueTypes = ['Formula', 'Literal', 'Lookup', 'Parameter'] as const satisfies readonly ValueType[];
const withoutValue: readonly string[] = ['IsNull', 'IsNotNull'];

/** Reads a comparison: a field, an operator, and what the field is compared with. */
export function readCriterion(element: SetupElement, context: RuleContext): Criterion {
  const sequence = element.requiredNumber('sequence', 1);
  const field = readField(element, context);
  const operator = element.oneOf('operator', criterionOperators);
  const place = element.placeOf('sourceFieldName');
  const text = element.text('value');
  const valueType = element.has('valueType') ? element.oneOf('valueType', valueTypes) : undefined;
  const base = { sequence, field, operator, place };
  if (withoutValue.includes(operator)) {
    if (text !== undefined) element.fail(`${operator} compares with nothing, but has the value "${text}"`, 'value');
    return { ...base, text: undefined, valueType: undefined, value: undefined };
  }
  if (valueType === undefined) element.requiredText('valueType');
  // An empty element is an empty text, which only a literal can be.
  if (!element.has('value') || (text === undefined && valueType !== 'Literal')) element.requiredText('value');
  const value =
    valueType === undefined
      ? undefined
      : readValue({ text: text ?? '', valueType, field }, element.placeOf('value'), context);
  return { ...base, text: text ?? '', valueType, value };
}

function readField(element: SetupElement, { scope }: RuleContext): string {
  const field = element.requiredText('sourceFieldName');
  if (/[{!}]/.test(field)) element.fail(`<sourceFieldName> is written without {! and }: "${field}"`, 'sourceFieldName');
  else if (field !== '') scope.checkReference(field, element.placeOf('sourceFieldName'));
  return field;
}

interface Compared {
  readonly text: string;
  readonly valueType: ValueType;
  readonly field: string;
}

function readValue({ text, valueType, field }: Compared, place: RulePlace, context: RuleContext): Criterion['value'] {
  switch (valueType) {
    case 'Formula':
      return text === '' ? undefined : readExpression(text, place, context);
    case 'Parameter':
      return text === '' ? undefined : readReference(text, place, context);
    case 'Lookup':
    case 'Literal':
      return readLiteral(text, field, place, context);
  }
}

/** The type of a declared parameter is known here. Literals that fields are compared with remain texts. */
function readLiteral(
  text: string,
  field: string,
  place: RulePlace,
  { scope, reading }: RuleContext,
): Criterion['value'] {
  const parameter = scope.get(field);
  if (!parameter || parameter.dataType === 'Sobject' || text === '') return constantFormula(text, text);
  const value = literalValue(text, parameter.dataType);
  if (value === undefined)
    reading.fail(place, `"${field}" is of the type ${parameter.dataType}, and cannot be compared with "${text}"`);
  return constantFormula(text, value ?? null);
}
