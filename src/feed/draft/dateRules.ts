import { dateReader } from '../../base/dateReader.js';
import { isDecimal } from '../../base/decimal.js';

/** A rule by which a text is a date. */
export interface DateRuleDraft {
  readonly format?: string;
  readonly since?: string;
  readonly unit?: 'seconds' | 'milliseconds';
  /** Whether the texts do not say their offset, so that the rule needs a zone. */
  readonly needsZone: boolean;
}

/** Names of columns that say when. */
export const dateNames = /date|time|datum|zeit|day|at$|stamp|(?:^|[.])(?:created|when|ts)$/i;

/** Formats of dates, the usual ones first. Each is tried with and without a time. */
const days = ['d/M/yyyy', 'M/d/yyyy', 'd.M.yyyy', 'd-M-yyyy', 'yyyy/M/d', 'd MMM yyyy', 'd/M/yy', 'M/d/yy', 'd.M.yy'];
const times = ['', ' HH:mm', ' H:mm', ' HH:mm:ss', ' H:mm:ss', ' h:mm a', ' h:mm:ss a', ', HH:mm', "'T'HH:mm:ss"];
const formats = [...days.flatMap((day) => times.map((time) => day + time)), 'yyyyMMdd', 'yyyyMMddHHmmss'];

/** Formats of the time of day in a column of its own. */
const clocks = [
  'H:mm',
  'H:mm:ss',
  'H:mm:ss.SSS',
  'h:mm a',
  'h:mm:ss a',
  'h:mma',
  'h:mm:ssa',
  'HHmm',
  'HHmmss',
  'HH.mm',
  'HH.mm.ss',
];

/** Excel's numbers of the days from 1982 to 2064. */
const excelDays = { least: 30_000, most: 60_000 };
/** Seconds since 1970, from 2001 to 2065. */
const unixSeconds = { least: 1_000_000_000, most: 3_000_000_000 };

/** Returns the rules by which all of these texts are dates. */
export function dateRulesFor(column: string, values: readonly string[]): DateRuleDraft[] {
  if (values.every((value) => isDecimal(value))) return numberRules(column, values.map(Number), values);
  const iso = dateReader({ zone: 'UTC' });
  if (values.every((value) => 'instant' in iso(value)))
    return [{ needsZone: !values.every((value) => /[T ].*(?:Z|[+-]\d\d:?\d\d)$/i.test(value)) }];
  return formatsOf(values);
}

/** Returns the rules by which all of these texts are dates: a day of one of these rules, a blank, and a time of day. */
export function timeOfDayRules(days: readonly DateRuleDraft[], values: readonly string[]): DateRuleDraft[] {
  const each = days.flatMap(({ format = 'yyyy-MM-dd' }) => clocks.map((clock) => `${format} ${clock}`));
  return rulesOf(each, values);
}

function formatsOf(values: readonly string[]): DateRuleDraft[] {
  return rulesOf(formats, values);
}

function rulesOf(formats: readonly string[], values: readonly string[]): DateRuleDraft[] {
  return formats.flatMap((format) => {
    const read = dateReader({ format, zone: 'UTC' });
    return values.every((value) => 'instant' in read(value)) ? [{ format, needsZone: true }] : [];
  });
}

/** A number is a date only if the name of its column says so. */
function numberRules(column: string, numbers: readonly number[], values: readonly string[]): DateRuleDraft[] {
  if (!dateNames.test(column)) return [];
  const within = ({ least, most }: typeof excelDays, times: number): boolean =>
    numbers.every((number) => number >= least * times && number <= most * times);
  if (within(unixSeconds, 1)) return [{ since: '1970-01-01T00:00Z', unit: 'seconds', needsZone: false }];
  if (within(unixSeconds, 1000)) return [{ since: '1970-01-01T00:00Z', unit: 'milliseconds', needsZone: false }];
  if (within(excelDays, 1)) return [{ format: 'excel', needsZone: true }];
  return formatsOf(values);
}
