const formats = new Map<string, Intl.DateTimeFormat>();

/** Returns the day of a moment in a time zone, `yyyy-MM-dd`. */
export function dayOf(time: number, timeZone: string): string {
  let format = formats.get(timeZone);
  // The Swedish form of a date is that of ISO 8601.
  formats.set(timeZone, (format ??= new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' })));
  return format.format(time);
}
