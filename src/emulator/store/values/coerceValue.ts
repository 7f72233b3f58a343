import { Decimal } from 'decimal.js';
import type { FieldType } from '../../../contract/sobject.js';
import { refused, UnreadableValue } from '../../orgRefusal.js';
import { to18 } from '../ids/recordIds.js';
import { isInCalendar, toJavaText, toStoredDate, toStoredDateTime, toStoredTime } from './storedDates.js';
import type { ModelField } from '../model/objectModel.js';

/** A value as a column stores it. */
export type StoredValue = string | number | null;

/** Converts a given value, which is neither null nor undefined, to the form that the field's column stores. */
type Coercion = (value: unknown, field: ModelField) => StoredValue;

/**
 * Converts a value from JSON, CSV or a command line as the platform does: a number may be given as text, a checkbox as
 * "true". Leading and trailing white space is removed, and an empty text is stored as null.
 *
 * @throws {OrgRefusal} JSON_PARSER_ERROR, NUMBER_OUTSIDE_VALID_RANGE, STRING_TOO_LONG, INVALID_EMAIL_ADDRESS,
 *   FIELD_INTEGRITY_EXCEPTION or INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST. Of a reference, only that it is text is
 *   checked.
 */
export function coerceValue(given: unknown, field: ModelField): StoredValue {
  const { type } = field.definition;
  const value = typeof given === 'string' && trimmed.has(type) ? trim(given) : given;
  if (value === null || value === undefined || value === '') return type === 'boolean' ? 0 : null;
  return coercions[type](value, field);
}

/** Converts a value to compare a column with. A value of the wrong type is not an error; it matches nothing. */
export function toSoughtValue(value: unknown, { definition }: ModelField): StoredValue {
  if (typeof value === 'boolean') return Number(value);
  if (typeof value === 'number') return value;
  if (typeof value !== 'string') return null;
  return definition.type === 'reference' || definition.type === 'id' ? to18(value) : value;
}

const coercions: Readonly<Record<FieldType, Coercion>> = {
  id: (value, field) => to18(toText(value, field)),
  reference: toText,
  string: toBoundedText,
  textarea: toBoundedText,
  phone: toBoundedText,
  url: toBoundedText,
  base64: toText,
  address: toText,
  email: toEmail,
  picklist: toPicklistValue,
  multipicklist: (value, field) => splitValues(toText(value, field), field),
  boolean: toFlag,
  int: toInteger(-2_147_483_648, 2_147_483_647),
  long: toInteger(Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER),
  double: toDecimal,
  currency: toDecimal,
  percent: toDecimal,
  date: toMoment(toStoredDate),
  datetime: toMoment(toStoredDateTime),
  time: fromText(toStoredTime),
};

const trimmed = new Set<FieldType>(['string', 'textarea', 'phone', 'url', 'email', 'picklist', 'multipicklist']);

/** `String.trim` would also remove no-break spaces, which the platform keeps. */
function trim(text: string): string {
  // A fast path, because this runs for every text and almost none has white space around it.
  if (text.charCodeAt(0) > 32 && text.charCodeAt(text.length - 1) > 32) return text;
  return text.replace(/^[ \t\r\n\f\v]+|[ \t\r\n\f\v]+$/g, '');
}

function toText(value: unknown, field: ModelField): string {
  if (typeof value !== 'string') throw unreadable(value, field);
  return value;
}

function toBoundedText(value: unknown, field: ModelField): string {
  const text = toText(value, field);
  const { length } = field.definition;
  if (length !== undefined && text.length > length) {
    const message = `${field.label}: data value too large: ${text} (max length=${length})`;
    throw refused('STRING_TOO_LONG', message, [field.name]);
  }
  return text;
}

function toEmail(value: unknown, field: ModelField): string {
  const text = toBoundedText(value, field);
  if (/^[^\s@]+@[^\s@]+\.[^\s@.]+$/.test(text)) return text;
  throw refused('INVALID_EMAIL_ADDRESS', `${field.label}: invalid email address: ${text}`, [field.name]);
}

function toPicklistValue(value: unknown, field: ModelField): string {
  const text = toBoundedText(value, field);
  const { restricted, values } = field.definition;
  if (!restricted || values?.includes(text)) return text;
  // A picklist ignores case, and the value is stored in the spelling of the value set.
  const known = values?.find((each) => each.toLowerCase() === text.toLowerCase());
  if (known !== undefined) return known;
  const message = `${field.label}: bad value for restricted picklist field: ${text}`;
  throw refused('INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST', message, [field.name]);
}

function splitValues(text: string, field: ModelField): string {
  const values = text.split(';').filter((each) => each !== '');
  return values.map((each) => toPicklistValue(each, field)).join(';');
}

function toFlag(value: unknown, field: ModelField): number {
  if (typeof value === 'boolean') return value ? 1 : 0;
  const text = typeof value === 'string' ? value.toLowerCase() : value;
  if (text === 'true' || text === '1') return 1;
  if (text === 'false' || text === '0') return 0;
  throw unreadable(value, field);
}

function toInteger(low: number, high: number): Coercion {
  return (value, field) => {
    const number = toNumber(value, field);
    if (!Number.isInteger(number)) throw unreadable(value, field);
    const { digits } = field.definition;
    const isTooLong = digits !== undefined && Math.abs(number) >= 10 ** digits;
    if (number < low || number > high || isTooLong) throw outOfRange(number, field);
    return number;
  };
}

/** Rounds half up to the field's scale, as the platform does. */
function toDecimal(value: unknown, field: ModelField): number {
  const number = toNumber(value, field);
  const { precision = 18, scale } = field.definition;
  if (scale === undefined) return number;
  if (Math.abs(number) >= 10 ** (precision - scale)) throw outOfRange(number, field);
  // A fast path, because almost no number has more decimal places than its field. Exact rounding takes ten times as
  // long.
  if (Number.isInteger(number) || Number(number.toFixed(scale)) === number) return number;
  const rounded = new Decimal(number).toDecimalPlaces(scale, Decimal.ROUND_HALF_UP).toNumber();
  if (Math.abs(rounded) >= 10 ** (precision - scale)) throw outOfRange(number, field);
  return rounded;
}

function toNumber(value: unknown, field: ModelField): number {
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  if (typeof value === 'string' && /^\s*[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?\s*$/i.test(value)) return Number(value);
  throw unreadable(value, field);
}

function outOfRange(number: number, field: ModelField): Error {
  const message = `${field.label}: value outside of valid range on numeric field: ${number}`;
  return refused('NUMBER_OUTSIDE_VALID_RANGE', message, [field.name]);
}

function fromText(parse: (text: string) => string | undefined): Coercion {
  return (value, field) => {
    const stored = typeof value === 'string' ? parse(value) : undefined;
    if (stored === undefined) throw unreadable(value, field);
    return stored;
  };
}

function toMoment(parse: (text: string) => string | undefined): Coercion {
  const read = fromText(parse);
  return (value, field) => {
    const stored = read(value, field) as string;
    if (isInCalendar(stored)) return stored;
    throw refused('FIELD_INTEGRITY_EXCEPTION', `${field.label}: invalid date: ${toJavaText(stored)}`, [field.name]);
  };
}

/** Names of field types in the platform's messages. */
const messageTypes: Partial<Record<FieldType, string>> = {
  currency: 'currency',
  date: 'date',
  datetime: 'datetime',
  time: 'time',
  boolean: 'boolean',
  int: 'int',
  long: 'long',
  double: 'double',
  percent: 'percent',
};

function unreadable(value: unknown, field: ModelField): UnreadableValue {
  return new UnreadableValue(messageTypes[field.definition.type] ?? 'string', tokenOf(value), field.name);
}

/** Describes a JSON value in the words of the platform's parser. */
function tokenOf(value: unknown): string {
  if (Array.isArray(value)) return 'START_ARRAY value [';
  if (typeof value === 'object') return 'START_OBJECT value {';
  if (typeof value === 'boolean') return `VALUE_${String(value).toUpperCase()} value ${value}`;
  if (typeof value === 'number') return `VALUE_NUMBER_${Number.isInteger(value) ? 'INT' : 'FLOAT'} value ${value}`;
  return `VALUE_STRING value ${value as string}`;
}
