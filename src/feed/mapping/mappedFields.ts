import { issueOfFormat, isTimeZone } from '../../base/dateReader.js';
import { isDecimal } from '../../base/decimal.js';
import { carriesOffset } from '../../base/text/dateText.js';
import { nearest } from '../../base/text/nearest.js';
import type { DescribedField } from '../../contract/query.js';
import { checkExpression } from '../expressions/expression.js';
import type { Scalar } from '../expressions/expression.js';
import { columnProduct } from './columnProduct.js';
import { fitDay, fitInstant, fitterFor } from './fitValue.js';
import type { Fitted, FitValue } from './fitValue.js';
import { RowError, errorOfCell, quotedCell } from '../rowError.js';
import { kindOf } from './journalTarget.js';
import { columnsOfDate } from './columnsOfRule.js';
import type { DateRule, FieldRule, TranslateRule, ValueRule } from './rowRules.js';
import { countedDate, excelFormat, fitCounted } from './countedDate.js';
import { oneOrList } from './oneOrList.js';
import { decimalCommaHint, withDecimalPoint } from './decimalComma.js';

/** Returns the cell of a column, trimmed. Empty if the row has none. */
export interface Cell {
  (column: string): string;
  /** The lines of a group. Then the cell is that of the first line that has one. */
  readonly lines?: readonly LineCell[];
}

/** Cells of one line of a group. */
export interface LineCell {
  (column: string): string;
  /** Number of the line. */
  readonly line: number;
  /** How messages name the line. */
  readonly title: string;
}

/** Makes one field of the journal from a row; undefined leaves the field out. */
export type ReadField = (cell: Cell) => Scalar | undefined | RowError;

/** A field of the journal. It is read from cells or made from the result of its expression. */
export interface CompiledField {
  readonly name: string;
  /** Columns that the rule names, to be checked against the header. */
  readonly columns: readonly string[];
  readonly read?: ReadField;
  readonly expression?: FieldExpression;
}

/** Expressions are evaluated elsewhere, for many rows together. */
export interface FieldExpression {
  readonly source: string;
  /** Converts the result to the form that the field takes. */
  take(value: Scalar): Scalar | undefined | RowError;
}

/**
 * @param described the field as described by the org: its type decides what is sent. Without it, dates become instants,
 * and everything else passes unchanged
 * @throws {Error} with what is wrong with the rule, as a clause with a subject
 */
export function compileField(name: string, rule: FieldRule, described?: DescribedField): CompiledField {
  if (typeof rule === 'string') return column(name, rule, described);
  if ('column' in rule) return column(name, rule.column, described);
  if ('value' in rule) return constant(name, rule, described);
  if ('date' in rule) return date(name, rule, described);
  if ('number' in rule) return numeric(name, { ...rule, factors: [rule.number] }, described);
  if ('multiply' in rule) return numeric(name, { ...rule, factors: rule.multiply }, described);
  if ('translate' in rule) return translation(name, rule, described);
  return { name, columns: [], expression: expression(name, rule.expression, described) };
}

/** @throws {Error} if the rule reads times whose zone is not given */
export function requireZone(rule: FieldRule): void {
  if (typeof rule === 'string' || !('date' in rule)) return;
  const { format, zone } = rule;
  if (format === undefined || zone !== undefined || (format !== excelFormat && carriesOffset(format))) return;
  throw new Error(`dates in the format "${format}" have no offset, so they need a \`zone\``);
}

function column(name: string, from: string, described: DescribedField | undefined): CompiledField {
  // Every journal needs this field, so an empty cell is an error.
  if (name === 'ActivityDate') return date(name, { date: from }, described);
  const fit = fitterFor(name, described);
  const read: ReadField = (cell) => {
    const value = cell(from);
    return value === '' ? undefined : cellValue(fit(value), from, value);
  };
  return { name, columns: [from], read };
}

/** All dates of a feed are written alike: the mapping says how, and not each line. */
const mends = {
  format: (column: string) =>
    `if all dates are written so, say it in the mapping, as in { date: ${column}, format: dd.MM.yyyy, zone: Europe/Paris }; otherwise correct the line`,
  zone: (column: string) => `name their zone in the mapping, as in { date: ${column}, zone: Europe/Paris }`,
} as const;

function cellValue(fitted: Fitted, from: string, value: string): Scalar | undefined | RowError {
  if (!('issue' in fitted)) return fitted.value;
  const { detail, place } = errorOfCell(fitted.reason, from, value, fitted.issue);
  const mend =
    fitted.reason === 'unreadable-number' ? decimalCommaHint(from, value) : fitted.mend && mends[fitted.mend](from);
  return new RowError(fitted.reason, detail, { ...place, mend });
}

function constant(
  name: string,
  { value: given, zone }: ValueRule,
  described: DescribedField | undefined,
): CompiledField {
  checkZone(zone);
  if (zone !== undefined && kindOf(name, described) !== 'datetime')
    throw new Error('only a date-time has a `zone`, and this field is none');
  const value = fitConstant(given, zone === undefined ? fitterFor(name, described) : fitInstant(undefined, zone));
  return { name, columns: [], read: () => value };
}

function fitConstant(given: Scalar, fit: FitValue): Scalar | undefined {
  const fitted = fit(given);
  if ('issue' in fitted) throw new Error(`${quotedCell(String(given))} ${fitted.issue}`);
  return fitted.value;
}

function translation(
  name: string,
  { translate: from, to, otherwise }: TranslateRule,
  described: DescribedField | undefined,
): CompiledField {
  const fit = fitterFor(name, described);
  const values = new Map(Object.entries(to).map(([text, value]) => [text.trim(), fitConstant(value, fit)]));
  const other = otherwise === undefined ? undefined : fitConstant(otherwise, fit);
  const read: ReadField = (cell) => {
    const text = cell(from);
    if (values.has(text)) return values.get(text);
    if (text === '' || other !== undefined) return text === '' ? undefined : other;
    return errorOfCell('not-in-table', from, text, `is not in the table of ${name}`);
  };
  return { name, columns: [from], read };
}

function expression(name: string, text: string, described: DescribedField | undefined): FieldExpression {
  checkExpression(text);
  const fit = fitterFor(name, described);
  const take: FieldExpression['take'] = (given) => {
    // As a cell is: what an org cuts off at the ends must not hide how long the text is.
    const value = typeof given === 'string' ? given.trim() : given;
    const fitted = fit(value);
    if (!('issue' in fitted)) return fitted.value;
    const detail = `the expression of ${name} gives ${quotedCell(String(value))}, which ${fitted.issue}`;
    return new RowError(fitted.reason, detail, {
      value: String(value),
      mend: 'correct the line, or the expression in the mapping',
    });
  };
  return { source: text, take };
}

function date(name: string, rule: DateRule, described: DescribedField | undefined): CompiledField {
  const columns = columnsOfDate(rule);
  checkZone(rule.zone);
  const kind = kindOf(name, described);
  if (kind === 'datetime') requireZone(rule);
  const fit = fitDate(rule, kind === 'date');
  const from = oneOrList(columns);
  const read: ReadField = (cell) => {
    const cells = columns.map(cell);
    const empty = columns.find((_, index) => cells[index] === '');
    if (empty !== undefined) return errorOfCell('missing-value', empty, '', 'is empty where a date is needed');
    const value = cells.join(' ');
    return cellValue(fit(value), from, value);
  };
  return { name, columns, read };
}

/** Returns what reads the dates of a rule: as texts in a format, or as numbers that count from a date. */
function fitDate({ date: from, format, zone, since, unit }: DateRule, isDay: boolean): FitValue {
  const count = countedDate({ format, since, unit });
  if (count !== undefined && typeof from !== 'string') throw new Error('a date that is a number is in one column');
  if (count !== undefined) return fitCounted(count, isDay ? fitDay() : fitInstant(undefined, zone));
  const issue = format === undefined ? undefined : issueOfFormat(format);
  if (issue !== undefined) throw new Error(`the format "${format}" ${issue}`);
  return isDay ? fitDay(format) : fitInstant(format, zone);
}

function checkZone(zone: string | undefined): void {
  if (zone === undefined || isTimeZone(zone)) return;
  const meant = nearest(zone, Intl.supportedValuesOf('timeZone'));
  throw new Error(`there is no time zone "${zone}"${meant === undefined ? '' : `; did you mean ${meant}?`}`);
}

interface Factors {
  /** Columns, and numbers that are the same in every row. */
  readonly factors: readonly (string | number)[];
  readonly decimals?: number | undefined;
  readonly decimalSeparator?: '.' | ',' | undefined;
}

function numeric(name: string, numbers: Factors, described: DescribedField | undefined): CompiledField {
  const { factors, decimals, decimalSeparator } = numbers;
  const columns = factors.filter((factor) => typeof factor === 'string');
  const constants = factors.filter((factor) => typeof factor === 'number').map(writtenOut);
  if (columns.length === 0) throw new Error('`multiply` names no column');
  const fit = fitterFor(name, described);
  const read: ReadField = (cell) => {
    const cells = columns.map(cell);
    const points = decimalSeparator === ',' ? cells.map(withDecimalPoint) : cells;
    const bad = points.indexOf(undefined);
    if (bad !== -1)
      return errorOfCell('unreadable-number', columns[bad] ?? '', cells[bad] ?? '', 'is not a number such as -15,30');
    const value = columnProduct(columns, [...points.map(String), ...constants], decimals);
    if (value instanceof RowError) return value;
    const fitted = fit(value);
    return 'issue' in fitted
      ? new RowError(fitted.reason, `the number ${value} ${fitted.issue}`, { value })
      : fitted.value;
  };
  return { name, columns, read };
}

/** @throws {Error} if a product cannot be exact with it */
function writtenOut(factor: number): string {
  const text = String(factor);
  if (isDecimal(text) && Number.isFinite(factor)) return text;
  throw new Error(`\`multiply\` cannot take the number ${text}`);
}
