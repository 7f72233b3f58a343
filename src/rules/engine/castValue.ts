import { dayInZone } from '../../base/dayInZone.js';
import { decimalOf } from '../../base/decimal.js';
import type { FormulaClock } from '../formula.js';
import type { RuleParameter } from '../programRules.js';
import type { RuleValue } from '../ruleValue.js';
import { isCalendarDay, literalValue, numberText } from '../source/literalValue.js';
import { RuleFailure } from './ruleFailure.js';

/** Decimals are exact between these. No points or amounts are near them. */
const tooLarge = 1e60;
const tooSmall = 1e-60;

type Typed = Pick<RuleParameter, 'name' | 'dataType' | 'decimalPlaces'>;

/**
 * Returns a value as a parameter of this type holds it. Numbers are rounded to its decimal places, ties away from zero.
 * @throws {RuleFailure} if the type cannot hold the value
 */
export function castTo(parameter: Typed, value: RuleValue, clock: FormulaClock): RuleValue {
  if (value === null || value === '') return null;
  switch (parameter.dataType) {
    case 'Numeric':
      return rounded(numberOf(parameter, value), parameter.decimalPlaces);
    case 'Text':
      return textOf(value);
    case 'Boolean':
      return flagOf(parameter, value);
    case 'Date':
      return dateOf(parameter, value, clock);
    case 'DateTime':
      return momentOf(parameter, value);
    case 'Sobject':
      if (typeof value === 'object' && value.is === 'Record') return value;
      throw mismatch(parameter, value);
  }
}

/** Returns the value as a person reads it. */
export function textOf(value: RuleValue): string {
  if (value === null) return '';
  if (typeof value !== 'object') return String(value);
  if (value.is === 'Date') return value.day;
  if (value.is === 'DateTime') return value.moment;
  return [...value.fields].map(([name, field]) => `${name} ${textOf(field)}`).join(', ');
}

function numberOf(parameter: Typed, value: RuleValue): number {
  const number = typeof value === 'string' && numberText.test(value.trim()) ? Number(value) : value;
  if (typeof number !== 'number' || !(Math.abs(number) < tooLarge)) throw mismatch(parameter, value);
  return Math.abs(number) < tooSmall ? 0 : number;
}

function rounded(value: number, places: number | undefined): number {
  return places === undefined ? value : decimalOf(value).toDecimalPlaces(places).toNumber();
}

function flagOf(parameter: Typed, value: RuleValue): boolean {
  if (typeof value === 'boolean') return value;
  if (typeof value === 'string' && /^(true|false)$/i.test(value)) return value.toLowerCase() === 'true';
  throw mismatch(parameter, value);
}

function dateOf(parameter: Typed, value: RuleValue, { timeZone }: FormulaClock): RuleValue {
  if (typeof value === 'object' && value?.is === 'Date') return value;
  if (typeof value === 'object' && value?.is === 'DateTime')
    return { is: 'Date', day: dayInZone(Date.parse(value.moment), timeZone) };
  if (typeof value === 'string' && isCalendarDay(value)) return { is: 'Date', day: value };
  throw mismatch(parameter, value);
}

function momentOf(parameter: Typed, value: RuleValue): RuleValue {
  if (typeof value === 'object' && value?.is === 'DateTime') return value;
  const text = typeof value === 'object' && value?.is === 'Date' ? value.day : value;
  if (typeof text !== 'string') throw mismatch(parameter, value);
  if (isCalendarDay(text)) return { is: 'DateTime', moment: `${text}T00:00:00.000Z` };
  const moment = literalValue(text, 'DateTime');
  if (moment === undefined) throw mismatch(parameter, value);
  return moment;
}

function mismatch({ name, dataType }: Typed, value: RuleValue): RuleFailure {
  return new RuleFailure(`${name} is of the type ${dataType} and cannot be ${JSON.stringify(textOf(value))}.`);
}
