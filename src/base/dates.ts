import { DateTime, IANAZone } from 'luxon';

/** Reads a date or date-time; the instant as ISO 8601 in UTC, or what is wrong as a clause that goes on after "it …". */
export type DateReader = (text: string) => DateReading;
export type DateReading = { readonly instant: string } | Fault;

/** Reads a date, or the date of a date-time, as `yyyy-MM-dd`: the calendar day that the text names, in whatever zone. */
export type DayReader = (text: string) => DayReading;
export type DayReading = { readonly day: string } | Fault;

interface Fault {
  readonly fault: string;
}

export interface DateStyle {
  /** Luxon format tokens, such as `d/M/yyyy HH:mm`; ISO 8601 unless told. */
  readonly format?: string | undefined;
  /** IANA time zone of dates that carry no offset themselves. A date without a time is its local midnight. */
  readonly zone?: string | undefined;
}

/** English names of months and Latin digits wherever it runs: the same text must be the same instant on any machine. */
const locale = { locale: 'en-US', numberingSystem: 'latn' } as const;
const utc = { zone: 'utc' } as const;

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
  const parse = parserOf(format);
  return remembering((text) => {
    const written = parse(text);
    return 'fault' in written ? written : instantOf(written, zone);
  });
}

/** Reads the calendar days of dates in one style. No zone is needed: a day is not an instant. */
export function dayReader(format?: string): DayReader {
  const parse = parserOf(format);
  return remembering((text) => {
    const written = parse(text);
    return 'fault' in written ? written : { day: written.day };
  });
}

/** What a text says before it is placed in time. */
interface Written {
  /** `yyyy-MM-dd` */
  readonly day: string;
  /** What the clock shows, in milliseconds as if it were UTC. */
  readonly wall: number;
  /** Minutes east of UTC, where the text says so. */
  readonly offset?: number | undefined;
  /** Name of the zone, where the text says so. */
  readonly zone?: string | undefined;
}

type Parser = (text: string) => Written | Fault;

function parserOf(format: string | undefined): Parser {
  return format === undefined ? readIso : (text) => readFormat(text, format);
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

/** Luxon takes the text apart, but does not place it in time: see `atWallClock`. */
function readFormat(text: string, format: string): Written | Fault {
  const { rawMatches, result, zone, matches } = DateTime.fromFormatExplain(text, format, locale);
  const misfit = { fault: `does not fit the format ${format}, or is no day of the calendar` };
  if (!rawMatches || !result) return misfit;
  const wall = DateTime.fromObject(result, utc);
  const day = DateTime.fromObject({ ...result, hour: 0, minute: 0, second: 0, millisecond: 0 }, utc);
  if (!wall.isValid || !day.isValid) return misfit;
  if (zone?.isValid === false) return { fault: `names the time zone ${zone.name}, which does not exist` };
  const offset: unknown = matches?.['Z'];
  return {
    day: day.toISODate(),
    wall: wall.toMillis(),
    offset: typeof offset === 'number' ? offset : undefined,
    zone: zone instanceof IANAZone ? zone.name : undefined,
  };
}

const isoDate = /^(\d{4}-\d\d-\d\d)(?:[T ]\d\d:\d\d(?::\d\d(?:[.,]\d{1,9})?)?\s?(Z|[+-]\d\d:?\d\d)?)?$/i;

function readIso(text: string): Written | Fault {
  const [, day, offset] = isoDate.exec(text) ?? [];
  const iso = text.replace(/[ ](?=\d)/, 'T').replace(' ', '');
  const time = DateTime.fromISO(iso, { setZone: true, ...utc });
  if (day === undefined || !time.isValid)
    return { fault: 'is no ISO 8601 date such as 2026-03-29 or 2026-03-29T14:05:00+02:00' };
  const wall = time.toMillis() + time.offset * 60_000;
  return { day, wall, offset: offset === undefined ? undefined : time.offset };
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

function withoutLiterals(format: string): string {
  return format.replace(/'[^']*'/g, '');
}
