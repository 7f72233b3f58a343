import { DateTime, IANAZone } from 'luxon';
import { dayParserOf, isoDay, locale, parserOf, withoutLiterals } from './text/dateText.js';
import { ownText } from './text/ownText.js';
import type { DayReading, DateIssue, WrittenDate } from './text/dateText.js';
import { zoneOffset } from './zoneOffset.js';

/**
 * Reads a date or date-time. Returns the instant as ISO 8601 in UTC, or what is wrong, as a clause that follows "it …".
 */
export type DateReader = (text: string) => DateReading;
export type DateReading = { readonly instant: string } | DateIssue;

/** Reads the calendar day in a date or date-time, as `yyyy-MM-dd`. Time zones have no influence. */
export type DayReader = (text: string) => DayReading;

export interface DateStyle {
  /** Luxon format tokens, such as `d/M/yyyy HH:mm`. Default: ISO 8601. */
  readonly format?: string | undefined;
  /** IANA time zone of dates without an offset. A date without a time means midnight in that zone. */
  readonly zone?: string | undefined;
}

export function isTimeZone(zone: string): boolean {
  return IANAZone.isValidZone(zone);
}

/** Returns what is wrong with a date format, as a clause that follows "it …", or undefined if the format is valid. */
export function issueOfFormat(format: string): string | undefined {
  const probe = DateTime.fromObject({ year: 2001, month: 11, day: 23, hour: 14, minute: 35 }, { zone: 'utc' });
  const back = DateTime.fromFormat(probe.toFormat(format, locale), format, { zone: 'utc', setZone: true, ...locale });
  if (!back.isValid) return 'cannot be read back (see the luxon table of tokens)';
  if (back.year !== 2001 || back.month !== 11 || back.day !== 23)
    return 'does not name year, month and day (d is the day, M the month, m the minute, yyyy the year)';
  const tokens = withoutLiterals(format);
  if (/[hH]/.test(tokens) && back.hour !== 14) return 'has hours up to 12 without a for AM or PM (HH goes up to 23)';
  return undefined;
}

/** Makes a reader for dates in one style. It caches results, because feeds repeat dates. */
export function dateReader({ format, zone }: DateStyle): DateReader {
  const parse = parserOf(format);
  return remembering((text) => {
    const written = parse(text);
    return 'issue' in written ? written : instantOf(written, zone);
  });
}

/** Makes a reader for calendar days in one format. It needs no zone, because a day is not an instant. */
export function dayReader(format?: string): DayReader {
  return remembering(format === undefined ? isoDay : dayParserOf(format));
}

function remembering<Reading>(read: (text: string) => Reading): (text: string) => Reading {
  let known = new Map<string, Reading>();
  return (text) => {
    const seen = known.get(text);
    if (seen !== undefined) return seen;
    const reading = read(text);
    if (known.size >= 10_000) known = new Map();
    known.set(ownText(text), reading);
    return reading;
  };
}

/** An offset alone gives the instant. A zone, from the text or from the mapping, needs the rules of that zone. */
function instantOf({ wall, offset, zone: named }: WrittenDate, zone: string | undefined): DateReading {
  if (offset === undefined) return atWallClock(wall, named ?? zone);
  const time = wall - offset * 60_000;
  if (named !== undefined && zoneOffset(named, time) !== offset)
    return { issue: `has an offset that ${named} does not have at that time` };
  return instant(time);
}

/**
 * Returns the instant at which clocks in the zone show the given time. When clocks go back, a time occurs twice, and
 * the first one is used. When clocks go forward, an hour does not exist, which is an error. Luxon itself would use the
 * zone's current offset, so a feed would be read differently in summer and in winter.
 *
 * @param wall time shown by the clock, in milliseconds as if it were UTC
 */
function atWallClock(wall: number, zone: string | undefined): DateReading {
  if (zone === undefined) return { issue: 'has no offset, and no time zone is given for it', mend: 'zone' };
  const day = 24 * 60 * 60 * 1000;
  const offsets = [zoneOffset(zone, wall - day), zoneOffset(zone, wall + day)].sort((a, b) => b - a);
  for (const offset of offsets) {
    const time = wall - offset * 60_000;
    if (zoneOffset(zone, time) === offset) return instant(time);
  }
  return { issue: `does not exist in ${zone}: the clocks went forward over it` };
}

function instant(time: number): DateReading {
  return { instant: new Date(time).toISOString() };
}
