import { DateTime, IANAZone } from 'luxon';
import { formatDay, isoDay, locale, parserOf, withoutLiterals } from './dateText.js';
import type { DayReading, Fault, Written } from './dateText.js';

/** Reads a date or date-time; the instant as ISO 8601 in UTC, or what is wrong as a clause that goes on after "it …". */
export type DateReader = (text: string) => DateReading;
export type DateReading = { readonly instant: string } | Fault;

/** Reads a date, or the date of a date-time, as `yyyy-MM-dd`: the calendar day that the text names, in whatever zone. */
export type DayReader = (text: string) => DayReading;

export interface DateStyle {
  /** Luxon format tokens, such as `d/M/yyyy HH:mm`; ISO 8601 unless told. */
  readonly format?: string | undefined;
  /** IANA time zone of dates that carry no offset themselves. A date without a time is its local midnight. */
  readonly zone?: string | undefined;
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
  const parse = parserOf(format);
  return remembering((text) => {
    const written = parse(text);
    return 'fault' in written ? written : instantOf(written, zone);
  });
}

/** Reads the calendar days of dates in one style. No zone is needed: a day is not an instant. */
export function dayReader(format?: string): DayReader {
  return remembering((text) => (format === undefined ? isoDay(text) : formatDay(text, format)));
}

function remembering<Reading>(read: (text: string) => Reading): (text: string) => Reading {
  let known = new Map<string, Reading>();
  return (text) => {
    const seen = known.get(text);
    if (seen !== undefined) return seen;
    const reading = read(text);
    if (known.size >= 10_000) known = new Map();
    known.set(text, reading);
    return reading;
  };
}

/** An offset is exact; a zone, be it named in the text or by the mapping, needs the rules of its clocks. */
function instantOf({ wall, offset, zone: named }: Written, zone: string | undefined): DateReading {
  if (offset === undefined) return atWallClock(wall, named ?? zone);
  const time = wall - offset * 60_000;
  if (named !== undefined && IANAZone.create(named).offset(time) !== offset)
    return { fault: `has an offset that ${named} does not have at that time` };
  return instant(time);
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
