import { dateReader, dayReader } from '../../base/dateReader.js';
import type { DateIssue } from '../../base/text/dateText.js';
import { isDecimal } from '../../base/decimal.js';
import { nearest } from '../../base/text/nearest.js';
import type { DescribedField } from '../../contract/query.js';
import type { Scalar } from '../expressions/expression.js';
import { kindOf } from './journalTarget.js';
import type { RejectionReason } from '../rejection.js';

/**
 * A value in the form that a field takes (undefined for no value), or what is wrong with it, as a clause after "it …".
 */
export type Fitted = { readonly value: Scalar | undefined } | Misfit;

export interface Misfit {
  readonly reason: RejectionReason;
  readonly issue: string;
  /** What the mapping can say, where the value itself may be right. */
  readonly mend?: DateIssue['mend'];
}

export type FitValue = (value: Scalar) => Fitted;

/**
 * Returns a function that converts values to the form that a field of the journal takes, according to its described
 * type. It refuses only what the org would surely refuse. Other values pass unchanged.
 *
 * @param field undefined if the field is not described: then all values pass, and ActivityDate is an instant
 */
export function fitterFor(name: string, field: DescribedField | undefined): FitValue {
  switch (kindOf(name, field)) {
    case 'date':
      return unlessBlank(fitDay());
    case 'datetime':
      return unlessBlank(fitInstant());
    case 'number':
      return unlessBlank(fitNumber);
    case 'boolean':
      return unlessBlank(fitBoolean);
    case 'text':
      return field === undefined ? pass : fitText(field);
    default:
      return pass;
  }
}

const pass: FitValue = (value) => ({ value });

/** Treats a blank text as no value, for fields that do not hold text. */
function unlessBlank(fit: FitValue): FitValue {
  return (value) => (typeof value === 'string' && value.trim() === '' ? { value: undefined } : fit(value));
}

/** Converts to the calendar day in the feed. The day of an instant would differ between time zones. */
export function fitDay(format?: string): FitValue {
  const read = dayReader(format);
  return (value) => {
    const reading = read(String(value).trim());
    return 'day' in reading ? { value: reading.day } : { reason: 'unreadable-date', ...reading };
  };
}

export function fitInstant(format?: string, zone?: string): FitValue {
  const read = dateReader({ format, zone });
  return (value) => {
    const reading = read(String(value).trim());
    return 'instant' in reading ? { value: reading.instant } : { reason: 'unreadable-date', ...reading };
  };
}

/** Text stays text, so an amount never passes through a binary float. */
const fitNumber: FitValue = (value) => {
  if (typeof value === 'number') return { value };
  if (typeof value === 'string' && isDecimal(value.trim())) return { value: value.trim() };
  return { reason: 'unreadable-number', issue: 'is not a decimal number such as -15.30' };
};

const booleans: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['1', true],
  ['false', false],
  ['0', false],
]);

const fitBoolean: FitValue = (given) => {
  const value = booleans.get(String(given).trim().toLowerCase());
  return value === undefined ? { reason: 'unreadable-boolean', issue: 'is neither true nor false' } : { value };
};

function fitText(field: DescribedField): FitValue {
  const values = restrictedValues(field);
  const split = field.type === 'multipicklist';
  return (given) => {
    const value = String(given);
    const absent = values && (split ? value.split(';') : [value]).find((each) => !values.has(normal(each)));
    if (absent !== undefined) return { reason: 'not-in-picklist', issue: notInPicklist(absent, field) };
    const count = value.length > (field.length ?? 0) ? leastCount(value) : 0;
    if (!field.length || count <= field.length) return { value };
    return {
      reason: 'too-long',
      issue: `has ${count} characters, but ${field.name} takes ${field.length}`,
    };
  };
}

/**
 * Returns the number of characters, never more than the org counts: code points, with a line break as one, without the
 * white space that the org trims.
 */
function leastCount(text: string): number {
  return Array.from(text.trim().replaceAll('\r\n', '\n')).length;
}

/**
 * Returns the values that the org accepts, or undefined if it accepts any. Labels are included, since an org accepts
 * them for their values. Inactive values are included, since describe does not say whether this user may still write
 * them.
 */
function restrictedValues({ restrictedPicklist, picklistValues }: DescribedField): ReadonlySet<string> | undefined {
  if (!restrictedPicklist || !picklistValues?.length) return undefined;
  return new Set(['', ...picklistValues.flatMap(({ value, label }) => [normal(value), normal(label ?? value)])]);
}

function normal(value: string): string {
  return value.trim().toLowerCase();
}

const mostValuesInMessage = 8;

function notInPicklist(absent: string, { name, picklistValues }: DescribedField): string {
  const values = (picklistValues ?? []).filter(({ active }) => active !== false).map(({ value }) => value);
  const meant = nearest(absent, values);
  const shown = values.slice(0, mostValuesInMessage).join(', ');
  const hint =
    meant === undefined
      ? `it has ${shown}${values.length > mostValuesInMessage ? ', …' : ''}`
      : `did you mean ${meant}?`;
  return `is not in the restricted picklist ${name} (${hint})`;
}
