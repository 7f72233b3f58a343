import { faultOfFormat, isTimeZone } from '../../base/dateReader.js';
import { carriesOffset } from '../../base/text/dateText.js';
import { product, readDecimal, writeDecimal } from '../../base/decimal.js';
import type { Decimal } from '../../base/decimal.js';
import { nearest } from '../../base/text/nearest.js';
import type { DescribedField } from '../../contract/query.js';
import { checkExpression } from '../expressions/expression.js';
import type { Scalar } from '../expressions/expression.js';
import { fitDay, fitInstant, fitterFor } from './fitValue.js';
import type { Fitted } from './fitValue.js';
import { RowError, errorOfCell, quotedCell } from '../rowError.js';
import { kindOf } from './journalTarget.js';
import type { DateRule, FieldRule } from './mappingFile.js';

/** The cell of a column, trimmed; empty if the row has none. */
export type Cell = (column: string) => string;

/** Makes one field of the journal from a row; undefined leaves the field out. */
export type ReadField = (cell: Cell) => Scalar | undefined | RowError;

/** A field of the journal. It is read from cells, or made of what its expression gave. */
export interface CompiledField {
  readonly name: string;
  /** Columns that the rule names, so that they can be checked against the header. */
  readonly columns: readonly string[];
  readonly read?: ReadField;
  readonly expression?: FieldExpression;
}

/** Expressions are evaluated elsewhere, many rows at once. */
export interface FieldExpression {
  readonly source: string;
  /** Puts what it gave into the form that the field takes. */
  take(value: Scalar): Scalar | undefined | RowError;
}

/**
 * @param described the field as the org has it: its type decides what is sent. Without it dates become instants, and
 *   everything else passes as it is
 * @throws {Error} with what is wrong with the rule, as a clause with a subject
 */
export function compileField(name: string, rule: FieldRule, described?: DescribedField): CompiledField {
  if (typeof rule === 'string') return column(name, rule, described);
  if ('column' in rule) return column(name, rule.column, described);
  if ('value' in rule) return constant(name, rule.value, described);
  if ('date' in rule) return date(name, rule, described);
  if ('number' in rule) return numeric(name, { columns: [rule.number], decimals: rule.decimals }, described);
  if ('multiply' in rule) return numeric(name, { columns: rule.multiply, decimals: rule.decimals }, described);
  return { name, columns: [], expression: expression(name, rule.expression, described) };
}

/** @throws {Error} if the rule reads times that nothing says the zone of */
export function requireZone(rule: FieldRule): void {
  if (typeof rule === 'string' || !('date' in rule)) return;
  const { format, zone } = rule;
  if (format === undefined || zone !== undefined || carriesOffset(format)) return;
  throw new Error(`dates in the format "${format}" carry no offset, so that they need a \`zone\``);
}

function column(name: string, source: string, described: DescribedField | undefined): CompiledField {
  // No journal can be without it, so that an empty cell is told as one.
  if (name === 'ActivityDate') return date(name, { date: source }, described);
  const fit = fitterFor(name, described);
  const read: ReadField = (cell) => {
    const value = cell(source);
    return value === '' ? undefined : cellValue(fit(value), source, value);
  };
  return { name, columns: [source], read };
}

/** All dates of a feed are written alike: the mapping says how, and not each line. */
const mends = {
  format: (column: string) =>
    `if all dates are written so, say it in the mapping, as in { date: ${column}, format: dd.MM.yyyy, zone: Europe/Paris }; otherwise correct the line`,
  zone: (column: string) => `name their zone in the mapping, as in { date: ${column}, zone: Europe/Paris }`,
} as const;

function cellValue(fitted: Fitted, source: string, value: string): Scalar | undefined | RowError {
  if (!('fault' in fitted)) return fitted.value;
  const { detail, place } = errorOfCell(fitted.reason, source, value, fitted.fault);
  return new RowError(fitted.reason, detail, { ...place, mend: fitted.mend && mends[fitted.mend](source) });
}

function constant(name: string, given: Scalar, described: DescribedField | undefined): CompiledField {
  const fitted = fitterFor(name, described)(given);
  if ('fault' in fitted) throw new Error(`${quotedCell(String(given))} ${fitted.fault}`);
  const { value } = fitted;
  return { name, columns: [], read: () => value };
}

function expression(name: string, source: string, described: DescribedField | undefined): FieldExpression {
  checkExpression(source);
  const fit = fitterFor(name, described);
  const take: FieldExpression['take'] = (value) => {
    const fitted = fit(value);
    if (!('fault' in fitted)) return fitted.value;
    const detail = `the expression of ${name} gives ${quotedCell(String(value))}, which ${fitted.fault}`;
    return new RowError(fitted.reason, detail, {
      value: String(value),
      mend: 'correct the line, or the expression in the mapping',
    });
  };
  return { source, take };
}

function date(name: string, rule: DateRule, described: DescribedField | undefined): CompiledField {
  const { date: source, format, zone } = rule;
  checkStyle(format, zone);
  const kind = kindOf(name, described);
  if (kind === 'datetime') requireZone(rule);
  const fit = kind === 'date' ? fitDay(format) : fitInstant(format, zone);
  const read: ReadField = (cell) => {
    const value = cell(source);
    if (value === '') return errorOfCell('missing-value', source, '', 'is empty where a date is needed');
    return cellValue(fit(value), source, value);
  };
  return { name, columns: [source], read };
}

function checkStyle(format: string | undefined, zone: string | undefined): void {
  if (zone !== undefined && !isTimeZone(zone)) {
    const meant = nearest(zone, Intl.supportedValuesOf('timeZone'));
    throw new Error(`there is no time zone "${zone}"${meant === undefined ? '' : `; did you mean ${meant}?`}`);
  }
  const fault = format === undefined ? undefined : faultOfFormat(format);
  if (fault !== undefined) throw new Error(`the format "${format}" ${fault}`);
}

interface Factors {
  readonly columns: readonly string[];
  readonly decimals: number | undefined;
}

function numeric(name: string, { columns, decimals }: Factors, described: DescribedField | undefined): CompiledField {
  const fit = fitterFor(name, described);
  const read: ReadField = (cell) => {
    const factors: Decimal[] = [];
    for (const source of columns) {
      const factor = number(source, cell(source));
      if (factor instanceof RowError) return factor;
      factors.push(factor);
    }
    const value = writeDecimal(product(factors), decimals);
    const fitted = fit(value);
    return 'fault' in fitted
      ? new RowError(fitted.reason, `the number ${value} ${fitted.fault}`, { value })
      : fitted.value;
  };
  return { name, columns, read };
}

function number(source: string, value: string): Decimal | RowError {
  if (value === '') return errorOfCell('missing-value', source, '', 'is empty where a number is needed');
  const decimal = readDecimal(value);
  return decimal ?? errorOfCell('unreadable-number', source, value, 'is not a decimal number such as -15.30');
}
