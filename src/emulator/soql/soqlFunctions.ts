import type { FieldType } from '../../contract/sobject.js';
import type { Sql } from './sqlFragment.js';
import { sql } from './sqlFragment.js';

/** SQL function defined by `runQuery`: UTC text and IANA zone → text of the same instant in that zone. */
export const localTimeFunction = 'soql_local_time';

interface DateFunction {
  readonly type: FieldType;
  readonly of: (column: Sql) => Sql;
}

const year = (column: Sql): Sql => sql`CAST(substr(${column}, 1, 4) AS INTEGER)`;
const month = (column: Sql): Sql => sql`CAST(substr(${column}, 6, 2) AS INTEGER)`;
const quarter = (column: Sql): Sql => sql`((CAST(substr(${column}, 6, 2) AS INTEGER) + 2) / 3)`;
const dayOfMonth = (column: Sql): Sql => sql`CAST(substr(${column}, 9, 2) AS INTEGER)`;
const dayOfYear = (column: Sql): Sql => sql`CAST(strftime('%j', substr(${column}, 1, 10)) AS INTEGER)`;

/**
 * Date functions on stored text. The first week of a month or year begins on its first day, and Sunday is day 1 of a
 * week (SOQL reference, "Date Functions"). Fiscal years begin in January, the platform's default.
 */
const dateFunctions: Readonly<Record<string, DateFunction>> = {
  CALENDAR_YEAR: { type: 'int', of: year },
  CALENDAR_QUARTER: { type: 'int', of: quarter },
  CALENDAR_MONTH: { type: 'int', of: month },
  FISCAL_YEAR: { type: 'int', of: year },
  FISCAL_QUARTER: { type: 'int', of: quarter },
  FISCAL_MONTH: { type: 'int', of: month },
  DAY_IN_MONTH: { type: 'int', of: dayOfMonth },
  DAY_IN_YEAR: { type: 'int', of: dayOfYear },
  DAY_IN_WEEK: { type: 'int', of: (column) => sql`(CAST(strftime('%w', substr(${column}, 1, 10)) AS INTEGER) + 1)` },
  DAY_ONLY: { type: 'date', of: (column) => sql`substr(${column}, 1, 10)` },
  HOUR_IN_DAY: { type: 'int', of: (column) => sql`CAST(substr(${column}, 12, 2) AS INTEGER)` },
  WEEK_IN_MONTH: { type: 'int', of: (column) => sql`((${dayOfMonth(column)} + 6) / 7)` },
  WEEK_IN_YEAR: { type: 'int', of: (column) => sql`((${dayOfYear(column)} + 6) / 7)` },
};

/** Functions that need a time of day, so they do not take a date. */
const dateTimeOnly = new Set(['DAY_ONLY', 'HOUR_IN_DAY']);

export function dateFunction(functionName: string): DateFunction | undefined {
  return Object.hasOwn(dateFunctions, functionName) ? dateFunctions[functionName] : undefined;
}

export function takesType(functionName: string, type: FieldType): boolean {
  return type === 'datetime' || (type === 'date' && !dateTimeOnly.has(functionName));
}

const aggregateFunctions = new Set(['COUNT', 'COUNT_DISTINCT', 'SUM', 'AVG', 'MIN', 'MAX']);

export function isAggregateFunction(functionName: string): boolean {
  return aggregateFunctions.has(functionName);
}
