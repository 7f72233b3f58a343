import { parserOf } from '../../base/text/dateText.js';
import { isDecimal } from '../../base/decimal.js';
import type { DateRule } from './rowRules.js';
import type { FitValue } from './fitValue.js';

/** The format of dates that Excel stores: days since the end of 1899, with the time as a fraction. */
export const excelFormat = 'excel';

const milliseconds = { days: 86_400_000, hours: 3_600_000, minutes: 60_000, seconds: 1000, milliseconds: 1 } as const;

/** Returns the date that a number stands for, as ISO 8601, or what is wrong with the number. */
export type CountedDate = (count: number) => string | { readonly issue: string };

/**
 * Returns what reads dates that are numbers, or undefined for a rule whose dates are texts.
 * @throws {Error} if the rule contradicts itself, as a clause with a subject
 */
export function countedDate({
  format,
  since,
  unit,
}: Pick<DateRule, 'format' | 'since' | 'unit'>): CountedDate | undefined {
  if ((since === undefined) !== (unit === undefined)) throw new Error('`since` and `unit` need each other');
  if (format === excelFormat && since === undefined) return excelDate;
  if (since === undefined || unit === undefined) return undefined;
  if (format !== undefined) throw new Error('a number that counts from a date has no `format`');
  const start = parserOf(undefined)(since);
  if ('issue' in start) throw new Error(`\`since\` ${start.issue}`);
  if (start.offset === undefined && unit !== 'days')
    throw new Error('`since` needs an offset, as in 2026-01-01T00:00Z, because hours are counted as they pass');
  const end = since.match(/(?:Z|[+-]\d\d:?\d\d)$/i)?.[0] ?? '';
  const hasTime = /\d[T ]\d/.test(since);
  return (count) => {
    const date = dateAt(start.wall + count * milliseconds[unit]);
    return hasTime || count % 1 !== 0 ? `${date}${date === '' ? '' : end}` : date.slice(0, 10);
  };
}

/** The last day that Excel counts wrongly: it takes 1900 for a leap year. */
const lastWrongDay = 60;

function excelDate(count: number): string | { readonly issue: string } {
  if (count <= lastWrongDay) return { issue: 'is not a serial number of Excel after February 1900' };
  // Excel's times are fractions of a day, which are not exact.
  const wall = Date.UTC(1899, 11, 30) + Math.round(count * 86_400) * 1000;
  return count % 1 === 0 ? dateAt(wall).slice(0, 10) : dateAt(wall);
}

/** Returns a time without its offset, or an empty text if there is no such time. */
function dateAt(wall: number): string {
  const date = new Date(wall);
  const text = Number.isNaN(date.getTime()) ? '' : date.toISOString().slice(0, -1);
  return text.length === 23 ? text : '';
}

/** Fits a number that counts from a date as the date. */
export function fitCounted(date: CountedDate, fit: FitValue): FitValue {
  return (value) => {
    const text = String(value).trim();
    const found = isDecimal(text) ? date(Number(text)) : '';
    if (typeof found === 'object') return { reason: 'unreadable-date', ...found };
    if (found === '') return { reason: 'unreadable-date', issue: 'is not a number that stands for a date' };
    return fit(found);
  };
}
