import { endOfMonth } from '../../base/dayArithmetic.js';
import type { ReportPeriod } from '../reportPeriod.js';

const utc = { timeZone: 'UTC' } as const;
const wholeDay = new Intl.DateTimeFormat('en', { ...utc, year: 'numeric', month: 'long', day: 'numeric' });
const wholeMonth = new Intl.DateTimeFormat('en', { ...utc, year: 'numeric', month: 'long' });
const shortMonth = new Intl.DateTimeFormat('en', { ...utc, month: 'short' });

/** A day as `May 31, 2026`. */
export function dayWords(day: string): string {
  return wholeDay.format(new Date(day));
}

/** A period as `May 2026`, `April – June 2026`, `2026` or `May 9 – 10, 2026`. */
export function periodWords({ from, to }: ReportPeriod): string {
  if (from.endsWith('-01-01') && to === `${from.slice(0, 4)}-12-31`) return from.slice(0, 4);
  const isMonths = from.endsWith('-01') && to === endOfMonth(to);
  return (isMonths ? wholeMonth : wholeDay).formatRange(new Date(from), new Date(to));
}

/** A month, `yyyy-MM`, as `May 2026`. */
export function monthWords(month: string): string {
  return wholeMonth.format(new Date(`${month}-01`));
}

/** A month, `yyyy-MM`, as `May`. */
export function monthName(month: string): string {
  return shortMonth.format(new Date(`${month}-01`));
}
