import { addToDay, endOfMonth, monthsBetween } from '../base/dayArithmetic.js';
import { BadPeriodError } from './insightErrors.js';
import { isReportDay } from './reportDay.js';

/** Days as `yyyy-MM-dd`, both included, in the org's time zone. */
export interface ReportPeriod {
  readonly from: string;
  readonly to: string;
}

const day = /^\d{4}-\d\d-\d\d$/;

/**
 * Reads `2026-10`, `2026-Q3`, `2026`, `2026-10-31` or `2026-10-01..2026-10-31`.
 * @throws {BadPeriodError}
 */
export function readPeriod(text: string): ReportPeriod {
  const period = namedPeriod(text.trim());
  if (!period || !isDay(period.from) || !isDay(period.to) || period.from > period.to) throw new BadPeriodError(text);
  return period;
}

function namedPeriod(text: string): ReportPeriod | undefined {
  const [, year = '', rest = ''] = /^(\d{4})(?:-(.+))?$/.exec(text) ?? [];
  if (text.includes('..')) {
    const [from = '', to = ''] = text.split('..');
    return { from, to };
  }
  if (day.test(text)) return { from: text, to: text };
  if (year !== '' && rest === '') return { from: `${year}-01-01`, to: `${year}-12-31` };
  if (/^\d\d$/.test(rest)) return months(`${year}-${rest}-01`, 1);
  if (/^Q[1-4]$/i.test(rest)) return months(`${year}-${String(3 * Number(rest[1]) - 2).padStart(2, '0')}-01`, 3);
  return undefined;
}

function months(from: string, count: number): ReportPeriod | undefined {
  return isDay(from) ? { from, to: endOfMonth(addToDay(from, count - 1, 'Months')) } : undefined;
}

function isDay(text: string): boolean {
  return (
    day.test(text) &&
    isReportDay(text) &&
    !Number.isNaN(Date.parse(text)) &&
    new Date(text).toISOString().startsWith(text)
  );
}

/** Returns the period before: whole months before whole months, otherwise as many days. */
export function periodBefore({ from, to }: ReportPeriod): ReportPeriod {
  const last = addToDay(from, -1, 'Days');
  if (from.endsWith('-01') && to === endOfMonth(to)) {
    return { from: addToDay(from, -(monthsBetween(from, to) + 1), 'Months'), to: last };
  }
  return { from: addToDay(from, -daysOf({ from, to }), 'Days'), to: last };
}

/** Writes days as `2026-10-01 to 2026-10-31`, and one day as `2026-10-01`. */
export function daysText({ from, to }: ReportPeriod): string {
  return from === to ? from : `${from} to ${to}`;
}

/** Number of days. */
export function daysOf({ from, to }: ReportPeriod): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000) + 1;
}

/** Returns the last month that is over on a day, `yyyy-MM-dd`. */
export function lastMonth(day: string): ReportPeriod {
  const from = addToDay(`${day.slice(0, 7)}-01`, -1, 'Months');
  return { from, to: endOfMonth(from) };
}
