/** Functions of dates and times. Source: Salesforce Help, "Formula Operators and Functions". */
import type { RuleDate, RuleValue } from '../ruleValue.js';
import {
  dayFromParts,
  dayFromText,
  dayLength,
  dayOfMoment,
  momentAt,
  momentFromText,
  dateAfterMonths,
  timeOf,
  today,
} from './formulaDates.js';
import type { FormulaFunction, FormulaScope } from './formulaPart.js';
import type { FormulaPlace } from './formulaPlace.js';
import { dateFrom, described, isBlank, isDate, isDateTime, numberFrom } from './formulaValues.js';
import { strictFunction } from './strictFunction.js';

export const dateFunctions: Readonly<Record<string, FormulaFunction>> = {
  ADDMONTHS: strictFunction(2, 'Date', ([date = null, months = null], place) => {
    if (isDateTime(date)) return place.fail(`needs a date, not ${described(date)}: DATEVALUE(…) makes a date of it`);
    const from = dateFrom(date, place);
    return from && dateAfterMonths(from, numberFrom(months, place), place);
  }),
  DATE: strictFunction(3, 'Date', ([year = null, month = null, day = null], place) =>
    dayFromParts(numberFrom(year, place), numberFrom(month, place), numberFrom(day, place), place),
  ),
  DATETIMEVALUE: strictFunction(1, 'DateTime', ([value = null], place) => moment(value, place)),
  DATEVALUE: strictFunction(1, 'Date', ([value = null], place, scope) => date(value, place, scope)),
  DAY: partOfDate((date) => Number(date.day.slice(8))),
  DAYOFYEAR: partOfDate((date) => (timeOf(date) - Date.UTC(year(date), 0, 1)) / dayLength + 1),
  ISOWEEK: partOfDate((date) => {
    const thursday = thursdayOf(date);
    return Math.floor((thursday - Date.UTC(new Date(thursday).getUTCFullYear(), 0, 1)) / dayLength / 7) + 1;
  }),
  ISOYEAR: partOfDate((date) => new Date(thursdayOf(date)).getUTCFullYear()),
  MONTH: partOfDate((date) => Number(date.day.slice(5, 7))),
  NOW: strictFunction(0, 'DateTime', (_, _place, { clock }) => momentAt(clock.now)),
  TODAY: strictFunction(0, 'Date', (_, _place, { clock }) => today(clock)),
  // Sunday is 1.
  WEEKDAY: partOfDate((date) => new Date(timeOf(date)).getUTCDay() + 1),
  YEAR: partOfDate(year),
};

function partOfDate(part: (date: RuleDate) => number): FormulaFunction {
  return strictFunction(1, 'Numeric', ([value = null], place) => {
    const date = dateFrom(value, place);
    return date && part(date);
  });
}

/** A date is itself, which the platform does not take; a text has a day and nothing else. */
function date(value: RuleValue, place: FormulaPlace, { clock }: FormulaScope): RuleValue {
  if (isBlank(value) || isDate(value)) return isBlank(value) ? null : value;
  if (isDateTime(value)) return dayOfMoment(value, clock);
  const day = typeof value === 'string' ? dayFromText(value) : undefined;
  return day ?? place.fail(`needs a time, or a text that is a day such as 2026-04-02, not ${described(value)}`);
}

function moment(value: RuleValue, place: FormulaPlace): RuleValue {
  if (isBlank(value)) return null;
  if (isDateTime(value)) return value;
  if (isDate(value)) return momentAt(timeOf(value));
  const read = typeof value === 'string' ? momentFromText(value) : undefined;
  return (
    read ?? place.fail(`needs a date, or a text that is a time such as 2026-04-02 17:00:00, not ${described(value)}`)
  );
}

function year({ day }: RuleDate): number {
  return Number(day.slice(0, 4));
}

/** A week belongs to the year of its Thursday. */
function thursdayOf(date: RuleDate): number {
  const time = timeOf(date);
  return time + (4 - (new Date(time).getUTCDay() || 7)) * dayLength;
}
