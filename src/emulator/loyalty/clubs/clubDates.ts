import { DateTime } from 'luxon';
import { dateReader } from '../../../base/dateReader.js';
import { UnreadableValue } from '../../orgRefusal.js';
import { toStoredDateTime } from '../../store/values/storedDates.js';
import type { LoyaltyOrg } from '../loyaltyOrg.js';

/** A moment of a membership: a date-time in UTC, and its day in the org. */
export interface ClubMoment {
  readonly instant: string;
  /** `yyyy-MM-dd` */
  readonly day: string;
}

/** Reads an input, which is the org's local time unless it has an offset. @throws {UnreadableValue} */
export function momentGiven({ org: { settings } }: LoyaltyOrg, key: string, text: string): ClubMoment {
  const reading = dateReader({ zone: settings.timeZone })(text);
  const instant = 'instant' in reading ? toStoredDateTime(reading.instant) : undefined;
  if (instant === undefined) throw new UnreadableValue('datetime', `VALUE_STRING value ${text}`, key);
  const day = DateTime.fromISO(instant, { zone: settings.timeZone }).toISODate() ?? '';
  return { instant, day };
}

/** The beginning of a day in the org. */
export function startOf({ org: { settings } }: LoyaltyOrg, day: string): ClubMoment {
  const start = DateTime.fromISO(day, { zone: settings.timeZone }).toUTC().toISO() ?? '';
  return { instant: toStoredDateTime(start) ?? '', day };
}
