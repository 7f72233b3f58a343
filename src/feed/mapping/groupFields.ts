import { readDecimal, writeDecimal } from '../../base/decimal.js';
import type { Decimal } from '../../base/decimal.js';
import type { DescribedField } from '../../contract/query.js';
import type { Scalar } from '../expressions/expression.js';
import { RowError, quotedCell } from '../rowError.js';
import { fitterFor } from './fitValue.js';
import { isGroupRule, lineRuleOf } from './groupRules.js';
import type { GroupFieldRule, JournalRule } from './groupRules.js';
import { compileField } from './mappedFields.js';
import type { Cell, CompiledField, LineCell, ReadField } from './mappedFields.js';

/** What a field of a line is read with, and from which columns. */
interface LineReading {
  readonly columns: readonly string[];
  readonly read: ReadField;
}

/**
 * Compiles a field of a mapping that groups rows. A rule that reads one row takes the first line of the group that has a
 * value, and all lines must have the same date of the activity.
 * @throws {Error} with what is wrong with the rule, as a clause with a subject
 */
export function compileGroupField(name: string, rule: JournalRule, described?: DescribedField): CompiledField {
  if (isGroupRule(rule)) return { name, ...ofAllLines(name, rule, described) };
  const field = compileField(name, rule, described);
  const { read, columns } = field;
  if (read === undefined || columns.length === 0) return field;
  return { ...field, read: (name === 'ActivityDate' ? common : first)({ columns, read }) };
}

function ofAllLines(
  name: string,
  rule: GroupFieldRule,
  described: DescribedField | undefined,
): Pick<CompiledField, 'columns' | 'read'> {
  const isWhole = 'first' in rule || 'last' in rule || 'min' in rule || 'max' in rule;
  const { columns, read } = isWhole ? lineReading(name, rule, described) : lineReading('', rule, undefined);
  const line = { columns, read };
  if ('first' in rule) return { columns, read: first(line) };
  if ('last' in rule) return { columns, read: last(line) };
  if ('min' in rule) return { columns, read: extreme(line, -1) };
  if ('max' in rule) return { columns, read: extreme(line, 1) };
  return { columns, read: fitted(name, made(rule, line), described) };
}

function lineReading(name: string, rule: GroupFieldRule, described: DescribedField | undefined): LineReading {
  if ('sum' in rule && typeof rule.sum !== 'string' && rule.decimalSeparator !== undefined)
    throw new Error(
      '`decimalSeparator` belongs to what is summed, as in { sum: { number: Amount, decimalSeparator: "," } }',
    );
  const { columns, read } = compileField(name, lineRuleOf(rule), described);
  return { columns, read: read ?? (() => undefined) };
}

function made(
  rule: Extract<GroupFieldRule, { sum: unknown } | { count: unknown } | { join: unknown }>,
  line: LineReading,
): ReadField {
  if ('sum' in rule) return sum(line, rule.decimals);
  if ('join' in rule) return join(line, rule.separator ?? ', ');
  return (cell) => String(linesOf(cell).filter((each) => hasValue(each, line)).length);
}

/** Converts what all lines give together to the form that the field takes. */
function fitted(name: string, read: ReadField, described: DescribedField | undefined): ReadField {
  const fit = fitterFor(name, described);
  return (cell) => {
    const value = read(cell);
    if (value === undefined || value instanceof RowError) return value;
    const result = fit(value);
    if (!('issue' in result)) return result.value;
    const detail = `the lines of the group give ${quotedCell(String(value))} for ${name}, which ${result.issue}`;
    return new RowError(result.reason, detail, { value: String(value) });
  };
}

function first(line: LineReading): ReadField {
  return (cell) => {
    const lines = linesOf(cell);
    return readLine(lines.find((each) => hasValue(each, line)) ?? lines[0], line);
  };
}

function last(line: LineReading): ReadField {
  return (cell) => {
    const lines = linesOf(cell);
    return readLine(lines.findLast((each) => hasValue(each, line)) ?? lines[0], line);
  };
}

function extreme(line: LineReading, sign: 1 | -1): ReadField {
  return (cell) => {
    const values = valuesOf(cell, line);
    if (values instanceof RowError) return values;
    return values.reduce<Scalar | undefined>(
      (found, value) => (found === undefined || compare(value, found) * sign > 0 ? value : found),
      undefined,
    );
  };
}

/** Numbers by their size, and everything else as text: dates are written so that they are in order. */
function compare(one: Scalar, other: Scalar): number {
  const [left, right] = [readDecimal(String(one)), readDecimal(String(other))];
  if (left && right) return left.comparedTo(right);
  return String(one) < String(other) ? -1 : Number(String(one) > String(other));
}

function sum(line: LineReading, decimals: number | undefined): ReadField {
  return (cell) => {
    let all: Decimal | undefined;
    for (const each of linesOf(cell)) {
      const value = readLine(each, line);
      if (value instanceof RowError) return value;
      const number = readDecimal(String(value));
      if (number === undefined) return undefined;
      all = all === undefined ? number : all.plus(number);
    }
    return all && writeDecimal(all, decimals);
  };
}

function join(line: LineReading, separator: string): ReadField {
  return (cell) => {
    const values = valuesOf(cell, line);
    if (values instanceof RowError) return values;
    return values.length === 0 ? undefined : values.map(String).join(separator);
  };
}

/** The value that all lines have that have one. */
function common(line: LineReading): ReadField {
  return (cell) => {
    const [one, ...others] = linesOf(cell).filter((each) => hasValue(each, line));
    const value = readLine(one ?? linesOf(cell)[0], line);
    if (one === undefined || value instanceof RowError) return value;
    for (const each of others) {
      if (line.columns.every((column) => each(column) === one(column))) continue;
      const found = readLine(each, line);
      if (found instanceof RowError) return found;
      if (found !== value) return differs(line.columns, [one, each]);
    }
    return value;
  };
}

function differs(columns: readonly string[], [one, other]: readonly [LineCell, LineCell]): RowError {
  const column = columns.find((each) => one(each) !== other(each)) ?? '';
  const dates = columns.length === 1 ? column : `{ date: [${columns.join(', ')}], … }`;
  return disagreement(
    column,
    [one, other],
    `if the lines of a group have dates of their own, say in the mapping which one counts, as in { first: ${dates} } or { max: ${dates} }; otherwise correct the line`,
  );
}

/** Returns why two lines cannot be of one transaction. */
export function disagreement(column: string, [one, other]: readonly [LineCell, LineCell], mend?: string): RowError {
  const value = other(column);
  const detail = `${column} ${quotedCell(value)} differs from ${one.title} of its group, which has ${quotedCell(one(column))}`;
  return new RowError('group-disagrees', detail, { column, value, line: other.line, mend });
}

/** Values of the lines that have one. */
function valuesOf(cell: Cell, line: LineReading): readonly Scalar[] | RowError {
  const lines = linesOf(cell).filter((each) => hasValue(each, line));
  const values: Scalar[] = [];
  for (const each of lines) {
    const value = readLine(each, line);
    if (value instanceof RowError) return value;
    if (value !== undefined) values.push(value);
  }
  if (lines.length > 0) return values;
  // What a line without a value gives: nothing, or an error.
  const value = readLine(linesOf(cell)[0], line);
  return value instanceof RowError ? value : [];
}

function hasValue(cell: Cell, { columns }: LineReading): boolean {
  return columns.some((column) => cell(column) !== '');
}

/** Reads one line. An error names the line. */
function readLine(cell: LineCell | undefined, { read }: LineReading): Scalar | undefined | RowError {
  if (cell === undefined) return undefined;
  const value = read(cell);
  return value instanceof RowError
    ? new RowError(value.reason, value.detail, { ...value.place, line: cell.line })
    : value;
}

function linesOf(cell: Cell): readonly LineCell[] {
  return cell.lines ?? [];
}
