import { nearest } from '../base/nearest.js';
import { carriesOffset, dateReader, faultOfFormat, isTimeZone } from '../base/dates.js';
import { product, readDecimal, writeDecimal, type Decimal } from '../base/decimal.js';
import { compileExpression, type Evaluate, type Scalar } from './expression.js';
import { Flaw, flawOfCell } from './flaw.js';
import type { FieldRule } from './mappingFile.js';

/** The cell of a column, trimmed; empty if the row has none. */
export type Cell = (column: string) => string;

/** Makes one field of the journal from a row; undefined leaves the field out. */
export type ReadField = (cell: Cell) => Scalar | undefined | Flaw;

/** A field of the journal. It is read from cells or evaluated: expressions are apart because they take a promise. */
export interface Field {
  readonly name: string;
  /** Columns that the rule names, so that they can be checked against the header. */
  readonly columns: readonly string[];
  readonly read?: ReadField;
  readonly evaluate?: Evaluate;
}

/** @throws Error with what is wrong with the rule, as a clause with a subject */
export function compileField(name: string, rule: FieldRule): Field {
  if (typeof rule === 'string') return column(name, rule);
  if ('column' in rule) return column(name, rule.column);
  if ('value' in rule) return constant(name, rule.value);
  if ('date' in rule) return date(name, rule);
  if ('number' in rule) return numeric(name, [rule.number], rule.decimals);
  if ('multiply' in rule) return numeric(name, rule.multiply, rule.decimals);
  const evaluate = compileExpression(name, rule.expression);
  return { name, columns: [], evaluate: name === 'ActivityDate' ? instantOf(evaluate) : evaluate };
}

/** ActivityDate is always an instant in UTC, however it comes about. */
function column(name: string, source: string): Field {
  if (name === 'ActivityDate') return date(name, { date: source });
  return { name, columns: [source], read: (cell) => cell(source) || undefined };
}

function constant(name: string, value: Scalar): Field {
  if (name !== 'ActivityDate') return { name, columns: [], read: () => value };
  const reading = dateReader({})(String(value));
  if ('fault' in reading) throw new Error(`"${value}" ${reading.fault}`);
  return { name, columns: [], read: () => reading.instant };
}

function instantOf(evaluate: Evaluate): Evaluate {
  const reader = dateReader({});
  return async (row) => {
    const value = await evaluate(row);
    if (value === undefined || value instanceof Flaw) return value;
    const reading = reader(String(value));
    if ('instant' in reading) return reading.instant;
    return new Flaw('unreadable-date', `the expression of ActivityDate gives "${value}", which ${reading.fault}`);
  };
}

function date(name: string, rule: { date: string; format?: string | undefined; zone?: string | undefined }): Field {
  const { date: source, format, zone } = rule;
  checkStyle(format, zone);
  const reader = dateReader({ format, zone });
  const read: ReadField = (cell) => {
    const value = cell(source);
    if (value === '') return flawOfCell('missing-value', source, '', 'is empty where a date is needed');
    const reading = reader(value);
    return 'instant' in reading ? reading.instant : flawOfCell('unreadable-date', source, value, reading.fault);
  };
  return { name, columns: [source], read };
}

function checkStyle(format: string | undefined, zone: string | undefined): void {
  if (zone !== undefined && !isTimeZone(zone)) {
    const meant = nearest(zone, Intl.supportedValuesOf('timeZone'));
    throw new Error(`there is no time zone "${zone}"${meant === undefined ? '' : `; did you mean ${meant}?`}`);
  }
  if (format === undefined) return;
  const fault = faultOfFormat(format);
  if (fault !== undefined) throw new Error(`the format "${format}" ${fault}`);
  if (zone === undefined && !carriesOffset(format))
    throw new Error(`dates in the format "${format}" carry no offset, so that they need a \`zone\``);
}

function numeric(name: string, columns: readonly string[], decimals: number | undefined): Field {
  const read: ReadField = (cell) => {
    const factors: Decimal[] = [];
    for (const source of columns) {
      const factor = number(source, cell(source));
      if (factor instanceof Flaw) return factor;
      factors.push(factor);
    }
    return writeDecimal(product(factors), decimals);
  };
  return { name, columns, read };
}

function number(source: string, value: string): Decimal | Flaw {
  if (value === '') return flawOfCell('missing-value', source, '', 'is empty where a number is needed');
  const decimal = readDecimal(value);
  return decimal ?? flawOfCell('unreadable-number', source, value, 'is no decimal number such as -15.30');
}
