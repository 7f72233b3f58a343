import { bestColumn } from './columnProfile.js';
import type { ColumnProfile } from './columnProfile.js';
import { dateNames, timeOfDayRules } from './dateRules.js';
import type { DateRuleDraft } from './dateRules.js';

/** The column with the time of the purchase, or that of the day and that of the time of day. */
export interface DateColumns {
  readonly columns: readonly ColumnProfile[];
  /** Rules by which all of their texts are dates, joined by a blank. */
  readonly rules: readonly DateRuleDraft[];
  /** A column that looks like the time of day and cannot be read. */
  readonly unread?: ColumnProfile | undefined;
}

const timeNames = /time|zeit|tijd|heure|hora|godzina|klok/i;
const clock = /^\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?(?: ?[AP]M)?$/i;
/** Without colons; the first zero may be lost. */
const bareClock = /^(?:[01]?\d|2[0-3])[.]?[0-5]\d(?:[.]?[0-5]\d)?$/;

export function dateColumnsOf(profiles: readonly ColumnProfile[]): DateColumns | undefined {
  const isDate = ({ dates, number }: ColumnProfile): boolean => dates.length > 0 && number === undefined;
  const day = bestColumn(profiles, dateNames, ({ dates }) => dates.length > 0) ?? profiles.find(isDate);
  if (!day) return undefined;
  const times = isDayOnly(day) ? profiles.filter((profile) => profile !== day && isTimeOf(profile, day)) : [];
  for (const time of times) {
    const rules = timeOfDayRules(day.dates, joined(day, time));
    if (rules.length > 0) return { columns: [day, time], rules };
  }
  return { columns: [day], rules: day.dates, unread: times[0] };
}

/** Whether the column has a time of day wherever the other one has a day. */
function isTimeOf({ name, values }: ColumnProfile, day: ColumnProfile): boolean {
  const own = values.filter((_, row) => day.values[row] !== '');
  if (!timeNames.test(name) || own.length === 0) return false;
  return own.every((value) => clock.test(value)) || own.every((value) => bareClock.test(value));
}

function isDayOnly({ values, dates: [rule] }: ColumnProfile): boolean {
  if (rule?.format === undefined) return rule?.since === undefined && !values.some((value) => /\d[T ]\d/.test(value));
  return rule.format !== 'excel' && !/h/i.test(rule.format);
}

function joined(day: ColumnProfile, time: ColumnProfile): string[] {
  return day.values.flatMap((value, row) => (value === '' ? [] : `${value} ${time.values[row] ?? ''}`));
}
