import { dateReader, dayReader } from '../../base/dateReader.js';
import type { DateIssue } from '../../base/text/dateText.js';
import { readDecimal } from '../../base/decimal.js';
import { nearest } from '../../base/text/nearest.js';
import type { DescribedField } from '../../contract/query.js';
import type { Scalar } from '../expressions/expression.js';
import { kindOf } from './journalTarget.js';
import type { RejectionReason } from '../rejection.js';

/** A value in the form that a field takes (undefined: none), or what is wrong with it, as a clause after "it …". */
export type Fitted = { readonly value: Scalar | undefined } | Misfit;

export interface Misfit {
  readonly reason: RejectionReason;
  readonly fault: string;
  /** What the mapping can say, where the value itself may be right. */
  readonly mend?: DateIssue['mend'];
}

export type FitValue = (value: Scalar) => Fitted;

/**
 * Puts values into the form that a field of the journal takes, by its described type. Refuses only what the org would
 * refuse: what is not certain passes as it is.
 *
 * @param field undefined if the field is not described: then everything passes, but ActivityDate is an instant
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

/** Where no text is meant, an empty one is no value. */
function unlessBlank(fit: FitValue): FitValue {
  return (value) => (typeof value === 'string' && value.trim() === '' ? { value: undefined } : fit(value));
}

/** The calendar day that the feed names. Not that of an instant: it would be another one in another zone. */
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

/** Text stays text, so that no amount passes through a binary float. */
const fitNumber: FitValue = (value) => {
  if (typeof value === 'number') return { value };
  if (typeof value === 'string' && readDecimal(value.trim()) !== undefined) return { value: value.trim() };
  return { reason: 'unreadable-number', fault: 'is not a decimal number such as -15.30' };
};

const booleans: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['1', true],
  ['false', false],
  ['0', false],
]);

const fitBoolean: FitValue = (given) => {
  const value = booleans.get(String(given).trim().toLowerCase());
  return value === undefined ? { reason: 'unreadable-boolean', fault: 'is neither true nor false' } : { value };
};

function fitText(field: DescribedField): FitValue {
  const values = restrictedValues(field);
  const split = field.type === 'multipicklist';
  return (given) => {
    const value = String(given);
    const absent = values && (split ? value.split(';') : [value]).find((each) => !values.has(normal(each)));
    if (absent !== undefined) return { reason: 'not-in-picklist', fault: notInPicklist(absent, field) };
    const count = value.length > (field.length ?? 0) ? leastCount(value) : 0;
    if (!field.length || count <= field.length) return { value };
    return {
      reason: 'too-long',
      fault: `has ${count} characters, but ${field.name} takes ${field.length}`,
    };
  };
}

/** Never more than the org counts: code points, a line break as one, without the white space that the org removes. */
function leastCount(text: string): number {
  return Array.from(text.trim().replaceAll('\r\n', '\n')).length;
}

/**
 * Labels count, since an org takes them for their values, and inactive values, since describe does not say whether this
 * user may still write them. Undefined if any value will do.
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
