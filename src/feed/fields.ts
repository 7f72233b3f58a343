import { dateReader, faultOfFormat, isTimeZone } from '../base/dates.js';
import { product, readDecimal, writeDecimal, type Decimal } from '../base/decimal.js';
import { compileExpression, type Evaluate } from './expression.js';
import type { FieldRule } from './mappingFile.js';
import type { RejectionReason } from './rejection.js';

export type FieldValue = string | number | boolean;

/** The cell of a column, trimmed; empty if the row has none. */
export type Cell = (column: string) => string;

/** Why a row cannot become a transaction. */
export class FieldFault {
  constructor(
    readonly reason: RejectionReason,
    /** What is wrong, as a clause with a subject. */
    readonly detail: string,
    readonly place: { readonly column?: string | undefined; readonly value?: string; readonly line?: number } = {},
  ) {}
}

const longestValueInMessage = 60;

/** @param detail goes on after the column and its value */
export function cellFault(reason: RejectionReason, column: string, value: string, detail: string): FieldFault {
  const shown = value.length > longestValueInMessage ? `${value.slice(0, longestValueInMessage)}…` : value;
  return new FieldFault(reason, `${column}${value === '' ? '' : ` "${shown}"`} ${detail}`, { column, value });
}

/** Makes one field of the journal from a row; undefined leaves the field out. */
export type ReadField = (cell: Cell) => FieldValue | undefined | FieldFault;

export interface Field {
  readonly name: string;
  /** Columns that the rule names, so that they can be checked against the header. */
  readonly columns: readonly string[];
  /** Exactly one of the two. Expressions are apart because they cannot be evaluated at once. */
  readonly read?: ReadField;
  readonly evaluate?: Evaluate;
}

/** @throws Error with what is wrong with the rule, as a sentence without its end */
export function compileField(name: string, rule: FieldRule): Field {
  if (typeof rule === 'string') return column(name, rule);
  if ('column' in rule) return column(name, rule.column);
  if ('value' in rule) return constant(name, rule.value);
  if ('date' in rule) return date(name, rule);
  if ('number' in rule) return numeric(name, [rule.number], rule.decimals);
  if ('multiply' in rule) return numeric(name, rule.multiply, rule.decimals);
  return { name, columns: [], evaluate: compileExpression(rule.expression) };
}

/** What an expression may give: a scalar, or nothing. */
export function fieldOfResult(name: string, result: unknown): FieldValue | undefined | FieldFault {
  if (result === undefined || result === null) return undefined;
  if (typeof result === 'string' || typeof result === 'boolean') return result;
  if (typeof result === 'number' && Number.isFinite(result)) return result;
  const found = Array.isArray(result) ? 'a list' : `a value of type ${typeof result}`;
  return new FieldFault(
    'expression-failed',
    `the expression of ${name} gives ${found}, not text, a number or true/false`,
  );
}

function column(name: string, source: string): Field {
  if (name === 'ActivityDate') return date(name, { date: source });
  return { name, columns: [source], read: (cell) => cell(source) || undefined };
}

function constant(name: string, value: FieldValue): Field {
  if (name !== 'ActivityDate') return { name, columns: [], read: () => value };
  const reading = dateReader({})(String(value));
  if ('fault' in reading) throw new Error(`"${value}" ${reading.fault}`);
  return { name, columns: [], read: () => reading.instant };
}

function date(name: string, rule: { date: string; format?: string | undefined; zone?: string | undefined }): Field {
  const { date: column, format, zone } = rule;
  if (zone !== undefined && !isTimeZone(zone)) throw new Error(`the time zone "${zone}" does not exist`);
  const fault = format === undefined ? undefined : faultOfFormat(format);
  if (fault !== undefined) throw new Error(`the format "${format}" ${fault}`);
  const reader = dateReader({ format, zone });
  return {
    name,
    columns: [column],
    read: (cell) => {
      const value = cell(column);
      if (value === '') return cellFault('missing-value', column, '', 'is empty where a date is needed');
      const reading = reader(value);
      return 'instant' in reading ? reading.instant : cellFault('unreadable-date', column, value, reading.fault);
    },
  };
}

function numeric(name: string, columns: readonly string[], decimals: number | undefined): Field {
  const read: ReadField = (cell) => {
    const factors: Decimal[] = [];
    for (const column of columns) {
      const factor = number(column, cell(column));
      if (factor instanceof FieldFault) return factor;
      factors.push(factor);
    }
    return writeDecimal(product(factors), decimals);
  };
  return { name, columns, read };
}

function number(column: string, value: string): Decimal | FieldFault {
  if (value === '') return cellFault('missing-value', column, '', 'is empty where a number is needed');
  const decimal = readDecimal(value);
  return decimal ?? cellFault('unreadable-number', column, value, 'is no decimal number such as -15.30');
}
