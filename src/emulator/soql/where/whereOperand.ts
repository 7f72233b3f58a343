import type { FieldType } from '../../../contract/sobject.js';
import { toStoredDate, toStoredDateTime } from '../../store/values/storedDates.js';
import { isId, to18 } from '../../store/ids/recordIds.js';
import type { Compilation } from '../compilation.js';
import { dateLiteralRange } from './dateLiteral.js';
import type { SoqlError } from '../soqlErrors.js';
import { familyOf } from './fieldFamily.js';
import type { Sql } from '../sqlFragment.js';
import { stringValue } from './stringLiteral.js';

/** The left side of a comparison. */
export interface Comparand {
  readonly column: Sql;
  readonly type: FieldType;
  /** The field or function as written in the query. */
  readonly written: string;
  readonly caseSensitive: boolean;
  /** Whether the field belongs to a parent, which may be missing. */
  readonly outer: boolean;
}

/** The right side in its stored form: one value, or the half-open range of a date literal. `''` becomes null. */
export type Operand =
  | { readonly kind: 'value'; readonly value: string | number | null }
  | { readonly kind: 'range'; readonly from: string; readonly to: string };

/** A literal of the query and the type that the parser gave it. */
export interface Literal {
  readonly text: string;
  readonly type: string;
}

/**
 * Reads a literal as a value of the field's type.
 *
 * @throws {SoqlError} INVALID_FIELD when the literal has another type, INVALID_QUERY_FILTER_OPERATOR when an id is bad
 */
export function operandOf(compilation: Compilation, comparand: Comparand, literal: Literal): Operand {
  const family = familyOf(comparand.type);
  if (literal.type === 'NULL') return value(family === 'boolean' ? 0 : null);
  switch (family) {
    case 'text':
      if (literal.type !== 'STRING') throw wrongType(compilation, comparand);
      return value(stringValue(literal.text) || null);
    case 'id':
      return value(idOperand(compilation, comparand, literal));
    case 'number':
      return value(numberOperand(compilation, comparand, literal));
    case 'boolean':
      if (literal.type !== 'BOOLEAN') throw wrongType(compilation, comparand);
      return value(literal.text.toUpperCase() === 'TRUE' ? 1 : 0);
    case 'date':
    case 'datetime':
      return dateOperand(compilation, comparand, literal);
  }
}

function value(stored: string | number | null): Operand {
  return { kind: 'value', value: stored };
}

function idOperand(compilation: Compilation, comparand: Comparand, literal: Literal): string | null {
  if (literal.type !== 'STRING') throw wrongType(compilation, comparand);
  const id = stringValue(literal.text);
  // Comparing a reference with '' asks for rows without that reference. The record's own id is never empty.
  if (id === '' && comparand.type === 'reference') return null;
  if (!isId(id)) throw compilation.text.invalidOperator(`invalid ID field: ${id}`, literal.text);
  return to18(id);
}

function numberOperand(compilation: Compilation, comparand: Comparand, literal: Literal): number {
  if (!/^(?:INTEGER|DECIMAL)/.test(literal.type)) throw wrongType(compilation, comparand);
  // In `USD5000` only the amount matters, because this org has one currency.
  return Number(literal.text.replace(/^[A-Za-z]{3}/, ''));
}

function dateOperand(compilation: Compilation, comparand: Comparand, literal: Literal): Operand {
  if (literal.type === 'DATE_LITERAL' || literal.type === 'DATE_N_LITERAL') {
    return rangeOperand(compilation, comparand, literal);
  }
  if (literal.type !== comparand.type.toUpperCase()) throw wrongType(compilation, comparand);
  const stored = comparand.type === 'date' ? toStoredDate(literal.text) : toMoment(literal.text);
  if (stored === undefined)
    throw compilation.text.malformed(`Invalid ${comparand.type}: ${literal.text}`, literal.text);
  return value(stored);
}

/** Stored times are whole seconds, but a literal may have milliseconds. */
function toMoment(text: string): string | undefined {
  const milliseconds = /\.(\d{1,3})/.exec(text)?.[1] ?? '';
  return toStoredDateTime(text)?.replace('.000', `.${milliseconds.padEnd(3, '0')}`);
}

function rangeOperand({ context, text }: Compilation, comparand: Comparand, literal: Literal): Operand {
  const range = dateLiteralRange(literal.text, context.now, context.timeZone);
  if (!range?.from.isValid || !range.to.isValid) throw text.malformed(`Invalid date: ${literal.text}`, literal.text);
  const [from, to] = [range.from, range.to].map((moment) =>
    comparand.type === 'date' ? moment.toISODate() : moment.toUTC().toISO(),
  );
  return { kind: 'range', from: from ?? '', to: to ?? '' };
}

/** The platform's refusals use the type names of its SOAP API. */
function soapType(type: FieldType): string {
  switch (familyOf(type)) {
    case 'text':
      return 'string';
    case 'id':
      return 'ID';
    case 'number':
      return type === 'int' || type === 'long' ? 'int' : 'double';
    case 'datetime':
      return 'dateTime';
    case 'boolean':
      return 'boolean';
    case 'date':
      return 'date';
  }
}

export function wrongType({ text }: Compilation, { type, written }: Comparand): SoqlError {
  const family = familyOf(type);
  const quotes =
    family === 'text' || family === 'id' ? 'should be enclosed in quotes' : 'should not be enclosed in quotes';
  const message = `value of filter criterion for field '${written}' must be of type ${soapType(type)} and ${quotes}`;
  return text.invalidField(message, written, 'WHERE');
}
