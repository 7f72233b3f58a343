import { DateTime } from 'luxon';
import { decimalOf, readDecimal } from '../../base/decimal.js';
import type { DataType } from '../programRules.js';
import type { RuleValue } from '../ruleValue.js';

/** Digits and a point, without an exponent. */
export const numberText = /^[+-]?(\d+\.?\d*|\.\d+)$/;

/** Returns a bare value as its type says it: `1`, `true`, `2026-05-31`. Undefined if it cannot be of that type. */
export function literalValue(text: string, type: DataType): RuleValue | undefined {
  switch (type) {
    case 'Text':
      return text;
    case 'Numeric':
      return numberOf(text);
    case 'Boolean':
      return /^(true|false)$/i.test(text) ? text.toLowerCase() === 'true' : undefined;
    case 'Date':
      return isCalendarDay(text) ? { is: 'Date', day: text } : undefined;
    case 'DateTime':
      return momentOf(text);
    case 'Sobject':
      return undefined;
  }
}

/** A number with more digits than are kept would silently become another one. */
function numberOf(text: string): number | undefined {
  const decimal = numberText.test(text) ? readDecimal(text) : undefined;
  return decimal && decimalOf(decimal.toNumber()).equals(decimal) ? decimal.toNumber() : undefined;
}

/** Whether a text is a day that exists, as `yyyy-MM-dd`. */
export function isCalendarDay(text: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(text) && DateTime.fromISO(text, { zone: 'utc' }).isValid;
}

/** A moment needs its offset: without one it would depend on where the rules run. */
function momentOf(text: string): RuleValue | undefined {
  const moment = /T.*(Z|[+-]\d\d:?\d\d)$/.test(text) ? DateTime.fromISO(text, { zone: 'utc' }) : undefined;
  const iso = moment?.isValid === true ? moment.toISO() : null;
  return iso === null ? undefined : { is: 'DateTime', moment: iso };
}
