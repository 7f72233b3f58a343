/** Dates and times of formulas. What day it is, and the day of a moment, are those of the org's time zone. */
import { zoneOffset } from '../../base/zoneOffset.js';
import type { FormulaClock } from '../formula.js';
import type { RuleDate, RuleDateTime } from '../ruleValue.js';
import type { FormulaPlace } from './formulaPlace.js';

const minute = 60_000;
export const dayLength = 24 * 60 * minute;
const writtenDay = /^(\d{4})-(\d{1,2})-(\d{1,2})$/;
const writtenMoment = /^(\d{4}-\d{1,2}-\d{1,2}) (\d{1,2}):(\d{1,2}):(\d{1,2})$/;

export function today({ now, timeZone }: FormulaClock): RuleDate {
  return dayOf(now, timeZone);
}

export function dayOfMoment({ moment }: RuleDateTime, { timeZone }: FormulaClock): RuleDate {
  return dayOf(Date.parse(moment), timeZone);
}

/** @throws {FormulaError} if there is no such day */
export function dayFromParts(year: number, month: number, day: number, place: FormulaPlace): RuleDate {
  const [y, m, d] = [Math.trunc(year), Math.trunc(month), Math.trunc(day)];
  return dayFromText(`${pad(y, 4)}-${pad(m, 2)}-${pad(d, 2)}`) ?? place.fail(`has no such day: ${y}-${m}-${d}`);
}

/** Undefined if the text is not a day such as `2026-04-02`, or there is no such day. */
export function dayFromText(text: string): RuleDate | undefined {
  const [, year = '', month = '', day = ''] = writtenDay.exec(text) ?? [];
  const time = Date.parse(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}T00:00:00Z`);
  if (Number.isNaN(time) || year === '0000') return undefined;
  const date = dateAt(time);
  // 30 February would become a day in March.
  return Number(date.day.slice(8)) === Number(day) ? date : undefined;
}

/** Undefined if the text is not a moment such as `2026-04-02 17:00:00`, which is in UTC. */
export function momentFromText(text: string): RuleDateTime | undefined {
  const [, day = '', ...clock] = writtenMoment.exec(text) ?? [];
  const date = dayFromText(day);
  const [hours = 24, minutes = 60, seconds = 60] = clock.map(Number);
  if (!date || hours > 23 || minutes > 59 || seconds > 59) return undefined;
  return momentAt(timeOf(date) + ((hours * 60 + minutes) * 60 + seconds) * 1000);
}

/** Midnight of UTC. */
export function timeOf({ day }: RuleDate): number {
  return Date.parse(`${day}T00:00:00Z`);
}

/** The day that begins at a time, in UTC. */
export function dateAt(time: number): RuleDate {
  return { is: 'Date', day: new Date(time).toISOString().slice(0, 10) };
}

export function momentAt(time: number): RuleDateTime {
  return { is: 'DateTime', moment: new Date(time).toISOString() };
}

/** Parts of a day cut off. @throws {FormulaError} if there is no such day */
export function dateAfterDays(date: RuleDate, days: number, place: FormulaPlace): RuleDate {
  const time = timeOf(date) + Math.trunc(days) * dayLength;
  return isTime(time) ? dateAt(time) : place.fail(`cannot count ${days} days from ${date.day}`);
}

/** A day has 24 hours, also when clocks change. @throws {FormulaError} if there is no such moment */
export function momentAfterDays({ moment }: RuleDateTime, days: number, place: FormulaPlace): RuleDateTime {
  const time = Date.parse(moment) + Math.round(days * dayLength);
  return isTime(time) ? momentAt(time) : place.fail(`cannot count ${days} days from ${moment}`);
}

/** From the last day of a month to the last day of another one; otherwise to the same day, if that month has it. */
export function dateAfterMonths(date: RuleDate, months: number, place: FormulaPlace): RuleDate {
  const [year = 0, month = 0, day = 0] = date.day.split('-').map(Number);
  const first = Date.UTC(year, month - 1 + Math.trunc(months), 1);
  if (!isTime(first)) return place.fail(`cannot count ${months} months from ${date.day}`);
  const target = new Date(first);
  const last = lastDay(target.getUTCFullYear(), target.getUTCMonth());
  const wanted = day === lastDay(year, month - 1) ? last : Math.min(day, last);
  return dateAt(first + (wanted - 1) * dayLength);
}

function lastDay(year: number, month: number): number {
  return new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
}

function dayOf(time: number, zone: string): RuleDate {
  return dateAt(time + zoneOffset(zone, time) * minute);
}

/** Years of four digits, without year 0. */
function isTime(time: number): boolean {
  return time >= -62_135_596_800_000 && time < 253_402_300_800_000;
}

function pad(value: number, digits: number): string {
  return String(value).padStart(digits, '0');
}
