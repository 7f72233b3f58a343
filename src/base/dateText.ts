import { DateTime } from 'luxon';

/** What is wrong with a text, as a clause that goes on after "it …". */
export interface Fault {
  readonly fault: string;
}

export type DayReading = { readonly day: string } | Fault;

/** English names of months and Latin digits wherever it runs: the same text must be the same instant on any machine. */
export const locale = { locale: 'en-US', numberingSystem: 'latn' } as const;
const utc = { zone: 'utc' } as const;

/** Whether dates in this format say themselves how far from UTC they are. */
export function carriesOffset(format: string): boolean {
  return /[zZ]/.test(withoutLiterals(format));
}

/** What a text says before it is placed in time. */
export interface Written {
  /** What the clock shows, in milliseconds as if it were UTC. */
  readonly wall: number;
  /** Minutes east of UTC, where the text says so. */
  readonly offset?: number | undefined;
  /** Name of the zone, where the text says so. */
  readonly zone?: string | undefined;
}

type Parser = (text: string) => Written | Fault;

/** @param format Luxon tokens; ISO 8601 unless told */
export function parserOf(format: string | undefined): Parser {
  if (format === undefined) return readIso;
  return withoutLiterals(format).includes('z') ? (text) => readZoned(text, format) : plainParser(format);
}

/** For formats without the name of a zone. */
function plainParser(format: string): Parser {
  const parser = DateTime.buildFormatParser(format, locale);
  const absolute = carriesOffset(format);
  return (text) => {
    const time = DateTime.fromFormatParser(text, parser, { setZone: true, ...utc, ...locale });
    if (!time.isValid) return misfit(format);
    const wall = time.toMillis() + time.offset * 60_000;
    return { wall, offset: absolute ? time.offset : undefined };
  };
}

/** Luxon takes the text apart, but does not place it in time: it would choose an offset as `atWallClock` says. */
function readZoned(text: string, format: string): Written | Fault {
  const { rawMatches, result, zone, matches } = DateTime.fromFormatExplain(text, format, locale);
  if (!rawMatches || !result) return misfit(format);
  const wall = DateTime.fromObject(result, utc);
  if (!wall.isValid) return misfit(format);
  if (!zone?.isValid) return { fault: `names the time zone ${zone?.name}, which does not exist` };
  const offset: unknown = matches?.['Z'];
  return { wall: wall.toMillis(), offset: typeof offset === 'number' ? offset : undefined, zone: zone.name };
}

/** The calendar day that a text names, as `yyyy-MM-dd`. */
export function formatDay(text: string, format: string): DayReading {
  const { rawMatches, result } = DateTime.fromFormatExplain(text, format, locale);
  if (!rawMatches || !result || !DateTime.fromObject(result, utc).isValid) return misfit(format);
  // 24:00 is still that day.
  const day = DateTime.fromObject({ ...result, hour: 0, minute: 0, second: 0, millisecond: 0 }, utc);
  return day.isValid ? { day: day.toISODate() } : misfit(format);
}

function misfit(format: string): Fault {
  return { fault: `does not fit the format ${format}, or is no day of the calendar` };
}

const isoDate = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:[.,]\d{1,9})?)?\s?(Z|[+-]\d\d:?\d\d)?)?$/i;

function readIso(text: string): Written | Fault {
  const match = isoDate.exec(text);
  const iso = text.replace(/[ ](?=\d)/, 'T').replace(' ', '');
  const time = match === null ? undefined : DateTime.fromISO(iso, { setZone: true, ...utc });
  if (!time?.isValid) return { fault: 'is no ISO 8601 date such as 2026-03-29 or 2026-03-29T14:05:00+02:00' };
  const wall = time.toMillis() + time.offset * 60_000;
  return { wall, offset: match?.[1] === undefined ? undefined : time.offset };
}

/** The calendar day that an ISO 8601 text names. */
export function isoDay(text: string): DayReading {
  const written = readIso(text);
  return 'fault' in written ? written : { day: text.slice(0, 10) };
}

/** A format without its quoted text: only tokens and punctuation are left. */
export function withoutLiterals(format: string): string {
  return format.replace(/'[^']*'/g, '');
}
