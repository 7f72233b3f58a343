const millisecondsOfDay = 24 * 60 * 60 * 1000;

/** Parses a day. @param day `yyyy-MM-dd` @throws {RangeError} if there is no such day */
export function dayNumber(day: string): number {
  const time = /^\d{4}-\d\d-\d\d$/.test(day) ? Date.parse(`${day}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(time) || calendarDay(time / millisecondsOfDay) !== day)
    throw new RangeError(`There is no day ${day}.`);
  return time / millisecondsOfDay;
}

/** Formats a day as `yyyy-MM-dd`. */
export function calendarDay(day: number): string {
  return new Date(day * millisecondsOfDay).toISOString().slice(0, 10);
}

/** Formats a day as `d/M/yyyy`, without leading zeros. */
export function shortDay(day: number): string {
  const date = new Date(day * millisecondsOfDay);
  return `${date.getUTCDate()}/${date.getUTCMonth() + 1}/${date.getUTCFullYear()}`;
}
