import { DateTime } from 'luxon';
import { numericFormat, wallTime } from './wallTime.js';

/** What is wrong with a text, as a clause that follows "it …". */
export interface DateIssue {
  readonly issue: string;
  /** What to correct if the text may be right: the format or the zone that applies to all dates. */
  readonly mend?: 'format' | 'zone' | undefined;
}

export type DayReading = { readonly day: string } | DateIssue;

/** English month names and Latin digits on every machine, so a text is the same instant everywhere. */
export const locale = { locale: 'en-US', numberingSystem: 'latn' } as const;
const utc = { zone: 'utc' } as const;

/** Returns whether dates in this format contain their offset from UTC or their zone. */
export function carriesOffset(format: string): boolean {
  return /[zZ]/.test(withoutLiterals(format));
}

/** The parts of a date as written, before they are converted to an instant. */
export interface WrittenDate {
  /** The written time in milliseconds, as if it were UTC. */
  readonly wall: number;
  /** Minutes east of UTC, if the text has an offset. */
  readonly offset?: number | undefined;
  /** Name of the time zone, if the text has one. */
  readonly zone?: string | undefined;
}

type Parser = (text: string) => WrittenDate | DateIssue;

/** @param format Luxon tokens. Default: ISO 8601. */
export function parserOf(format: string | undefined): Parser {
  if (format === undefined) return readIso;
  return withoutLiterals(format).includes('z') ? (text) => readZoned(text, format) : plainParser(format);
}

/** Returns a parser for formats without the name of a time zone. */
function plainParser(format: string): Parser {
  const numeric = numericFormat(format);
  const parser = DateTime.buildFormatParser(format, locale);
  const absolute = carriesOffset(format);
  return (text) => {
    const known = numeric?.(text);
    if (known !== undefined) return { wall: known };
    const time = DateTime.fromFormatParser(text, parser, { setZone: true, ...utc, ...locale });
    if (!time.isValid) return misfit(format);
    const wall = time.toMillis() + time.offset * 60_000;
    return { wall, offset: absolute ? time.offset : undefined };
  };
}

/**
 * Luxon only parses the text. It does not compute the instant, because it would choose the wrong offset (see
 * `atWallClock`).
 */
function readZoned(text: string, format: string): WrittenDate | DateIssue {
  const { rawMatches, result, zone, matches } = DateTime.fromFormatExplain(text, format, locale);
  if (!rawMatches || !result) return misfit(format);
  const wall = DateTime.fromObject(result, utc);
  if (!wall.isValid) return misfit(format);
  if (!zone?.isValid) return { issue: `names the time zone ${zone?.name}, which does not exist` };
  const offset: unknown = matches?.['Z'];
  return { wall: wall.toMillis(), offset: typeof offset === 'number' ? offset : undefined, zone: zone.name };
}

/** Returns a function that reads the calendar day in a text, as `yyyy-MM-dd`. */
export function dayParserOf(format: string): (text: string) => DayReading {
  const numeric = numericFormat(format);
  return (text) => {
    const wall = numeric?.(text);
    return wall === undefined ? formatDay(text, format) : { day: new Date(wall).toISOString().slice(0, 10) };
  };
}

function formatDay(text: string, format: string): DayReading {
  const { rawMatches, result } = DateTime.fromFormatExplain(text, format, locale);
  if (!rawMatches || !result || !DateTime.fromObject(result, utc).isValid) return misfit(format);
  // The time 24:00 still belongs to that day.
  const day = DateTime.fromObject({ ...result, hour: 0, minute: 0, second: 0, millisecond: 0 }, utc);
  return day.isValid ? { day: day.toISODate() } : misfit(format);
}

function misfit(format: string): DateIssue {
  return { issue: `does not fit the format ${format}, or the day does not exist` };
}

const isoDate = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?\s?(Z|[+-]\d\d:?\d\d)?)?$/i;

function readIso(text: string): WrittenDate | DateIssue {
  const match = isoDate.exec(text);
  if (match === null)
    return { issue: 'is not an ISO 8601 date such as 2026-03-29 or 2026-03-29T14:05:00+02:00', mend: 'format' };
  const [, year, month, day, hour = 0, minute = 0, second = 0, fraction = 0, zone] = match;
  const offset = zone === undefined ? undefined : minutesOf(zone);
  const wall = wallTime([year, month, day, hour, minute, second].map(Number));
  if (wall !== undefined) return { wall: wall + Math.floor(Number(`0.${fraction}`) * 1000), offset };
  const time = DateTime.fromISO(text.replace(/[ ](?=\d)/, 'T').replace(' ', ''), { setZone: true, ...utc });
  if (!time.isValid) return { issue: 'has the form of a date, but there is no such day or time' };
  return { wall: time.toMillis() + time.offset * 60_000, offset };
}

/** Returns the minutes of an offset such as `Z` or `+02:00`. */
function minutesOf(offset: string): number {
  if (offset.length === 1) return 0;
  const minutes = Number(offset.slice(1, 3)) * 60 + Number(offset.slice(-2));
  return offset.startsWith('-') ? 0 - minutes : minutes;
}

/** Reads the calendar day in an ISO 8601 text. */
export function isoDay(text: string): DayReading {
  const written = readIso(text);
  return 'issue' in written ? written : { day: text.slice(0, 10) };
}

/** Removes quoted text from a format, so that only tokens and punctuation remain. */
export function withoutLiterals(format: string): string {
  return format.replace(/'[^']*'/g, '');
}
