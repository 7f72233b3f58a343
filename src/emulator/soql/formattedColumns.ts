import { DateTime } from 'luxon';
import type { SQLOutputValue } from '../../base/sqlite/sqlite.js';
import type { FieldDefinition } from '../../contract/sobject.js';
import type { Sql } from './sqlFragment.js';
import { bound, columnName, sql } from './sqlFragment.js';

/** SQL function defined by `runQuery`: a value, its kind, its scale, its currency and a time zone → text for people. */
export const formatFunction = 'soql_format';

interface Shown {
  readonly column: Sql;
  readonly definition: Pick<FieldDefinition, 'scale' | 'type'>;
}

interface Place {
  readonly currency?: Sql | undefined;
  readonly timeZone: string;
}

/** `FORMAT(field)`: numbers, amounts and times as users with the locale en_US see them. Other values stay. */
export function formattedColumn({ column, definition: { type, scale } }: Shown, { currency, timeZone }: Place): Sql {
  const code = currency ?? bound('');
  return sql`${columnName(formatFunction)}(${column}, ${bound(type)}, ${bound(scale ?? 0)}, ${code}, ${bound(timeZone)})`;
}

/** @param code the currency; empty in an org with one currency, which is the dollar */
export function formattedValue(
  value: SQLOutputValue,
  type: SQLOutputValue,
  scale: SQLOutputValue,
  code: SQLOutputValue,
  zone: SQLOutputValue,
): string | null {
  if (value === null) return null;
  switch (type) {
    case 'currency': {
      const amount = number(value, scale);
      return code === '' ? amount.replace(/^(-?)/, '$1$$') : `${String(code)} ${amount}`;
    }
    case 'percent':
      return `${number(value, scale)}%`;
    case 'int':
    case 'long':
    case 'double':
      return number(value, scale);
    case 'date':
      return shownTime(String(value), 'UTC', DateTime.DATE_SHORT);
    case 'datetime':
      return shownTime(String(value), String(zone), DateTime.DATETIME_SHORT);
    case 'time':
      return shownTime(`1970-01-01T${String(value)}`, 'UTC', DateTime.TIME_SIMPLE);
    default:
      return String(value);
  }
}

function number(value: SQLOutputValue, scale: SQLOutputValue): string {
  const digits = Number(scale);
  return new Intl.NumberFormat('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(
    Number(value),
  );
}

function shownTime(iso: string, zone: string, format: Intl.DateTimeFormatOptions): string {
  const shown = DateTime.fromISO(iso, { zone: 'UTC' }).setZone(zone).toLocaleString(format, { locale: 'en-US' });
  // The formatter puts a narrow space before AM and PM.
  return shown.replaceAll('\u202f', ' ');
}
