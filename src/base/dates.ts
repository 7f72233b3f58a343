import { DateTime, IANAZone } from 'luxon';

/** Reads a date or date-time; the instant as ISO 8601 in UTC, or what is wrong as a clause that goes on after "it …". */
export type DateReader = (text: string) => DateReading;
export type DateReading = { readonly instant: string } | { readonly fault: string };

export interface DateStyle {
  /** Luxon format tokens, such as `d/M/yyyy HH:mm`; ISO 8601 unless told. */
  readonly format?: string | undefined;
  /** IANA time zone of dates that carry no offset themselves. A date without a time is its local midnight. */
  readonly zone?: string | undefined;
}

/** English names of months and Latin digits wherever it runs: the same text must be the same instant on any machine. */
const locale = { locale: 'en-US', numberingSystem: 'latn' } as const;

/** Whether dates in this format say themselves how far from UTC they are. */
export function carriesOffset(format: string): boolean {
  return /[zZ]/.test(withoutLiterals(format));
}

export function isTimeZone(zone: string): boolean {
  return IANAZone.isValidZone(zone);
}

/** What is wrong with a date format, as a clause that goes on after "it …"; undefined if it can be used. */
export function faultOfFormat(format: string): string | undefined {
  const probe = DateTime.fromObject({ year: 2001, month: 11, day: 23, hour: 14, minute: 35 }, { zone: 'utc' });
  const back = DateTime.fromFormat(probe.toFormat(format, locale), format, { zone: 'utc', setZone: true, ...locale });
  if (!back.isValid) return 'cannot be read back (see the luxon table of tokens)';
  if (back.year !== 2001 || back.month !== 11 || back.day !== 23)
    return 'does not name year, month and day (d is the day, M the month, m the minute, yyyy the year)';
  const tokens = withoutLiterals(format);
  if (/[hH]/.test(tokens) && back.hour !== 14) return 'has hours up to 12 without a for AM or PM (HH goes up to 23)';
  return undefined;
}

/** Reads dates in one style, and remembers what it has read: feeds repeat their dates. */
export function dateReader({ format, zone }: DateStyle): DateReader {
  const read = format === undefined ? isoReader(zone) : formatReader(format, zone);
  let known = new Map<string, DateReading>();
  return (text) => {
    const seen = known.get(text);
    if (seen !== undefined) return seen;
    const reading = read(text);
    if (known.size >= 10_000) known = new Map();
    known.set(text, reading);
    return reading;
  };
}

function formatReader(format: string, zone: string | undefined): DateReader {
  const parser = DateTime.buildFormatParser(format, locale);
  const absolute = carriesOffset(format);
  return (text) => {
    const wall = DateTime.fromFormatParser(text, parser, { zone: 'utc', setZone: absolute, ...locale });
    if (!wall.isValid) return { fault: `does not fit the format ${format}, or is no day of the calendar` };
    return absolute ? instant(wall.toMillis()) : atWallClock(wall.toMillis(), zone);
  };
}

const isoDate = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:[.,]\d{1,9})?)?\s?(Z|[+-]\d\d:?\d\d)?)?$/i;

function isoReader(zone: string | undefined): DateReader {
  return (text) => {
    const match = isoDate.exec(text);
    const time =
      match === null ? undefined : DateTime.fromISO(text.replace(/[ ](?=\d)/, 'T').replace(' ', ''), { zone: 'utc' });
    if (!time?.isValid) return { fault: 'is no ISO 8601 date such as 2026-03-29 or 2026-03-29T14:05:00+02:00' };
    return match?.[1] === undefined ? atWallClock(time.toMillis(), zone) : instant(time.toMillis());
  };
}

/**
 * The instant at which clocks in the zone show this. When clocks go back a time comes twice: the first of the two is
 * taken. When they go forward an hour does not exist, which is a fault. Luxon itself would choose by the offset that
 * the zone has today, so that a feed would mean something else in summer than in winter.
 *
 * @param wall what the clock shows, in milliseconds as if it were UTC
 */
function atWallClock(wall: number, zone: string | undefined): DateReading {
  if (zone === undefined) return { fault: 'has no offset, and no time zone is given for it' };
  const iana = IANAZone.create(zone);
  const day = 24 * 60 * 60 * 1000;
  const offsets = [iana.offset(wall - day), iana.offset(wall + day)].sort((a, b) => b - a);
  for (const offset of offsets) {
    const time = wall - offset * 60_000;
    if (iana.offset(time) === offset) return instant(time);
  }
  return { fault: `does not exist in ${zone}: the clocks went forward over it` };
}

function instant(time: number): DateReading {
  return { instant: new Date(time).toISOString() };
}

function withoutLiterals(format: string): string {
  return format.replace(/'[^']*'/g, '');
}
