import { dateNames, timeOfDayRules } from './dateRules.js';
import type { DateRuleDraft } from './dateRules.js';
import { bestColumn } from './columnProfile.js';
import type { ColumnProfile } from './columnProfile.js';

/** The column with the time of the purchase, or that of the day and that of the time of day. */
export interface DateColumns {
  readonly columns: readonly ColumnProfile[];
  /** Rules by which all of their texts are dates, joined by a blank. */
  readonly rules: readonly DateRuleDraft[];
}

const timeNames = /time|zeit|tijd|heure|hora|godzina|kl(?:ockslag|okke)/i;
const clock = /^\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?(?: ?[AP]M)?$/i;
/** Without colons, only the name of its column tells a time from any other number. */
const bareClock = /^(?:[01]\d|2[0-3])[.]?[0-5]\d(?:[.]?[0-5]\d)?$/;

export function dateColumnsOf(profiles: readonly ColumnProfile[]): DateColumns | undefined {
  const isDate = ({ dates, number }: ColumnProfile): boolean => dates.length > 0 && number === undefined;
  const day = bestColumn(profiles, dateNames, ({ dates }) => dates.length > 0) ?? profiles.find(isDate);
  if (!day) return undefined;
  const time = isDayOnly(day) ? timeOf(profiles.filter((profile) => profile !== day)) : undefined;
  const rules = time ? timeOfDayRules(day.dates, joined(day, time)) : [];
  return time && rules.length > 0 ? { columns: [day, time], rules } : { columns: [day], rules: day.dates };
}

function timeOf(profiles: readonly ColumnProfile[]): ColumnProfile | undefined {
  const named = profiles.filter(({ name }) => timeNames.test(name));
  const isClock = (profile: ColumnProfile): boolean => isEach(profile, clock);
  return named.find(isClock) ?? named.find((profile) => isEach(profile, bareClock)) ?? profiles.find(isClock);
}

function isDayOnly({ values, dates: [rule] }: ColumnProfile): boolean {
  if (rule?.format === undefined) return rule?.since === undefined && !values.some((value) => /\d[T ]\d/.test(value));
  return rule.format !== 'excel' && !/h/i.test(rule.format);
}

function isEach({ values, distinct }: ColumnProfile, form: RegExp): boolean {
  return distinct > 0 && values.every((value) => value === '' || form.test(value));
}

/** Of the rows that have both. */
function joined(day: ColumnProfile, time: ColumnProfile): string[] {
  return day.values.flatMap((value, row) => {
    const other = time.values[row] ?? '';
    return value === '' || other === '' ? [] : `${value} ${other}`;
  });
}
