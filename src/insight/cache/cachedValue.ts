import { decimalOf, readDecimal } from '../../base/decimal.js';
import type { Decimal } from '../../base/decimal.js';
import { dayInZone } from '../../base/dayInZone.js';
import type { ColumnKind } from './mirroredObjects.js';

/** What a record of the org says: JSON of a query, or a cell of CSV. */
export type OrgValue = string | number | boolean | null | undefined;
export type CachedValue = string | number | null;

/** Returns a value of the org as the cache stores it. `zone` is the org's time zone, such as `Europe/Paris`. */
export function cachedValue(value: OrgValue, kind: ColumnKind, zone: string): CachedValue {
  if (value === null || value === undefined || value === '') return null;
  switch (kind) {
    case 'text':
      return String(value);
    case 'flag':
      return value === true || value === 'true' ? 1 : 0;
    case 'count':
      return decimal(value)?.toNumber() ?? null;
    case 'hundredths':
      return decimal(value)?.times(100).toDecimalPlaces(0).toNumber() ?? null;
    case 'day':
      return dayOf(String(value), zone);
  }
}

function decimal(value: string | number | boolean): Decimal | undefined {
  return typeof value === 'number' ? decimalOf(value) : readDecimal(String(value));
}

/** A day stays as it is. A moment, such as `2026-11-28T22:30:00.000+0000`, becomes the day on which it is in the zone. */
function dayOf(text: string, zone: string): string | null {
  if (text.length === 10) return text;
  const time = Date.parse(text);
  return Number.isNaN(time) ? null : dayInZone(time, zone);
}
