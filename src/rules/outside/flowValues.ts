import { RuleFailure } from '../engine/ruleFailure.js';
import type { RuleRecord, RuleValue } from '../ruleValue.js';
import { timeValue } from './cellValue.js';

/** A value of a rule as code has it. Days are texts `yyyy-MM-dd`, and moments are texts in UTC. */
export type FlowValue = string | number | boolean | null | { readonly [field: string]: FlowValue };

/** Values by name. */
export type FlowValues = Readonly<Record<string, FlowValue | undefined>>;

export function flowValues(values: ReadonlyMap<string, RuleValue>): Record<string, FlowValue> {
  return Object.fromEntries([...values].map(([name, value]) => [name, flowValue(value)]));
}

/** @throws {RuleFailure} if a value is none that rules know */
export function ruleValues(values: Readonly<Record<string, unknown>>): Map<string, RuleValue> {
  return new Map(Object.entries(values).map(([name, value]) => [name, ruleValue(value, name)]));
}

function flowValue(value: RuleValue): FlowValue {
  if (value === null || typeof value !== 'object') return value;
  if (value.is === 'Date') return value.day;
  return value.is === 'DateTime' ? value.moment : flowValues(value.fields);
}

function ruleValue(value: unknown, name: string): RuleValue {
  if (value === undefined || value === null || value === '') return null;
  if (typeof value === 'string') return timeValue(value) ?? value;
  if (typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))) return value;
  if (value instanceof Date) return { is: 'DateTime', moment: value.toISOString() };
  if (typeof value === 'object' && !Array.isArray(value)) return ruleRecord(value as Record<string, unknown>);
  throw new RuleFailure(`${name} is neither a text, a number, true or false, a date, a record, nor null.`);
}

/** Rules find fields by their names in lower case. */
function ruleRecord(fields: Readonly<Record<string, unknown>>): RuleRecord {
  const values = [...ruleValues(fields)].map(([field, value]) => [field.toLowerCase(), value] as const);
  return { is: 'Record', fields: new Map(values) };
}
