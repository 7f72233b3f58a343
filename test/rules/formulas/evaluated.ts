import { parseFormula } from '../../../src/rules/index.js';
import type { FormulaClock, KnownNames, RuleValue } from '../../../src/rules/index.js';

/** A Thursday, in UTC. */
export const clock: FormulaClock = { now: Date.parse('2026-04-02T10:15:30.000Z'), timeZone: 'UTC' };

/** Evaluates an expression whose names are those of the values. */
export function evaluated(text: string, values: Readonly<Record<string, RuleValue>> = {}, at = clock): RuleValue {
  return parseFormula(text, namesOf(values)).evaluate((name) => values[name] ?? null, at);
}

/** As a text that is easy to compare: dates as days, times as moments. */
export function shown(value: RuleValue): string | number | boolean | null {
  if (typeof value !== 'object' || value === null) return value;
  if (value.is === 'Date') return value.day;
  return value.is === 'DateTime' ? value.moment : 'a record';
}

export function day(text: string): RuleValue {
  return { is: 'Date', day: text };
}

export function moment(text: string): RuleValue {
  return { is: 'DateTime', moment: new Date(text).toISOString() };
}

function namesOf(values: Readonly<Record<string, RuleValue>>): KnownNames {
  return new Set(Object.keys(values));
}
