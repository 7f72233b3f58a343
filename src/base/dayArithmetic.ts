export type DayUnit = 'Days' | 'Months' | 'Years';

/**
 * Adds a number of days, months or years to a day such as `2026-01-31`. A month that is too short ends on its last day.
 * Beyond the years of four digits, the first or last of their days is returned.
 */
export function addToDay(day: string, count: number, unit: DayUnit): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  if (unit === 'Days') return dayText(Date.UTC(year, month - 1, date) + count * 86_400_000);
  const months = month - 1 + count * (unit === 'Years' ? 12 : 1);
  // A time that JavaScript does not know is NaN.
  const sameDay = Date.UTC(year, months, date);
  return dayText(Number.isNaN(sameDay) ? months * Infinity : Math.min(sameDay, Date.UTC(year, months + 1, 0)));
}

/** Months from the month of a day to that of a later one: 0 within the same month. A month, `yyyy-MM`, may be given instead. */
export function monthsBetween(from: string, to: string): number {
  return (Number(to.slice(0, 4)) - Number(from.slice(0, 4))) * 12 + Number(to.slice(5, 7)) - Number(from.slice(5, 7));
}

/** The last day of the month of a day. */
export function endOfMonth(day: string): string {
  const [year = 0, month = 1] = day.split('-').map(Number);
  return dayText(Date.UTC(year, month, 0));
}

const firstTime = Date.parse('0000-01-01');
const lastTime = Date.parse('9999-12-31');

function dayText(time: number): string {
  return new Date(Math.min(Math.max(time, firstTime), lastTime)).toISOString().slice(0, 10);
}
