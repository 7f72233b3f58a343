/** Reads values as the type that a function or an operator needs. A blank is null or an empty text. */
import { shortText } from '../../base/text/shortText.js';
import type { RuleDate, RuleDateTime, RuleValue } from '../ruleValue.js';
import type { FormulaPlace } from './formulaPlace.js';

export function isBlank(value: RuleValue): value is null | '' {
  return value === null || value === '';
}

/** A blank is 0. @throws {FormulaError} if it is not a number */
export function numberFrom(value: RuleValue, place: FormulaPlace): number {
  if (typeof value === 'number') return value;
  if (isBlank(value)) return 0;
  const hint = typeof value === 'string' ? ': VALUE(…) makes a number of a text' : '';
  return place.fail(`needs a number, not ${described(value)}${hint}`);
}

/** A blank is an empty text. @throws {FormulaError} if it is not a text */
export function textFrom(value: RuleValue, place: FormulaPlace): string {
  if (typeof value === 'string') return value;
  if (value === null) return '';
  const hint =
    typeof value === 'boolean' ? ': IF(…, "true", "false") makes a text of it' : ': TEXT(…) makes a text of it';
  return place.fail(`needs a text, not ${described(value)}${isRecord(value) ? '' : hint}`);
}

/** A blank is false. @throws {FormulaError} if it is not true or false */
export function booleanFrom(value: RuleValue, place: FormulaPlace): boolean {
  if (typeof value === 'boolean') return value;
  if (isBlank(value)) return false;
  return place.fail(`needs true or false, not ${described(value)}`);
}

/** A blank is null. @throws {FormulaError} if it is not a date */
export function dateFrom(value: RuleValue, place: FormulaPlace): RuleDate | null {
  if (isBlank(value)) return null;
  if (isDate(value)) return value;
  const hint = isDateTime(value) || typeof value === 'string' ? ': DATEVALUE(…) makes a date of it' : '';
  return place.fail(`needs a date, not ${described(value)}${hint}`);
}

export function isDate(value: RuleValue): value is RuleDate {
  return typeof value === 'object' && value?.is === 'Date';
}

export function isDateTime(value: RuleValue): value is RuleDateTime {
  return typeof value === 'object' && value?.is === 'DateTime';
}

function isRecord(value: RuleValue): boolean {
  return typeof value === 'object' && value?.is === 'Record';
}

/** Such as `the number 5` or `the text "x"`. */
export function described(value: RuleValue): string {
  if (value === null || value === '') return 'a blank';
  if (typeof value === 'string') return `the text ${JSON.stringify(shortText(value, 100))}`;
  if (typeof value === 'number') return `the number ${value}`;
  if (typeof value === 'boolean') return String(value);
  if (value.is === 'Date') return `the date ${value.day}`;
  return value.is === 'DateTime' ? `the time ${value.moment}` : 'a record: name one of its fields';
}
