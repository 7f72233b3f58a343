/**
 * These functions read dates and times in the forms that the platform accepts and return the form in which they are
 * stored. They return undefined for any other text and for days that do not exist.
 */

const dateTimeForm = /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d)(?::(\d\d)(?:\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)?)?$/i;
const timeOfDay = /^(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d$/;
const dateForm = /^(\d{4}-\d\d-\d\d)Z?$/i;
const timeForm = /^([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:\.(\d{1,3}))?)?Z?$/i;

/**
 * Accepts `2026-04-03T10:00:00+02:00`, `…+0200`, `…Z`, also without seconds, without a zone (UTC), or only the date
 * (midnight UTC). The platform stores whole seconds, so fractions are accepted but dropped.
 */
export function toStoredDateTime(text: string): string | undefined {
  const match = dateTimeForm.exec(text);
  const day = match?.[1];
  if (!match || day === undefined || !isCalendarDay(day)) return undefined;
  const [, , minutes = '00:00', seconds = '00', zone = 'Z'] = match;
  if (zone.length === 1 && timeOfDay.test(`${minutes}:${seconds}`)) return `${day}T${minutes}:${seconds}.000Z`;
  const offset = zone.length === 5 ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone.toUpperCase();
  const at = new Date(`${day}T${minutes}:${seconds}.000${offset}`);
  return Number.isNaN(at.getTime()) ? undefined : at.toISOString();
}

/**
 * Accepts `2026-04-03`, also with a `Z` at the end. A time of day is not allowed, because orgs were seen to refuse it.
 */
export function toStoredDate(text: string): string | undefined {
  const day = dateForm.exec(text)?.[1];
  return day !== undefined && isCalendarDay(day) ? day : undefined;
}

/** Returns a time such as `08:30:00.000Z`. */
export function toStoredTime(text: string): string | undefined {
  const match = timeForm.exec(text);
  if (!match) return undefined;
  const [, hours = '', minutes = '', seconds = '00', fraction = ''] = match;
  return `${hours}:${minutes}:${seconds}.${fraction.padEnd(3, '0')}Z`;
}

/**
 * Whether the platform supports that day (SOQL reference, "Date Formats and Date Literals": minimum and maximum dates).
 */
export function isInCalendar(stored: string): boolean {
  return stored >= '1700-01-01' && stored <= '4000-12-31T00:00:00.000Z';
}

/** Formats a stored date or time as in the platform's errors: `Fri Dec 31 00:00:00 GMT 9999`. */
export function toJavaText(stored: string): string {
  const [weekday, day, month, year, time] = new Date(stored).toUTCString().split(/,? /);
  return [weekday, month, day, time, 'GMT', year].join(' ');
}

/** `Date` would roll February 30 over to March, but the platform refuses it. */
function isCalendarDay(text: string): boolean {
  const month = Number(text.slice(5, 7));
  const day = Number(text.slice(8));
  if (month < 1 || month > 12 || day < 1) return false;
  if (day <= 28) return true;
  const lastDay = new Date(Date.UTC(2000 + (Number(text.slice(0, 4)) % 400), month, 0)).getUTCDate();
  return day <= lastDay;
}
