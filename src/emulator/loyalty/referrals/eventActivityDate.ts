import { dateReader } from '../../../base/dateReader.js';
import { UnreadableValue } from '../../orgRefusal.js';
import { toStoredDateTime } from '../../store/values/storedDates.js';
import type { LoyaltyOrg } from '../loyaltyOrg.js';

/**
 * When an event took place, as ISO 8601 in UTC. Without an offset it is the org's local time, as for an enrollment
 * (inferred). @throws {OrgRefusal} 400 JSON_PARSER_ERROR
 */
export function eventActivityDate({ org: { settings } }: LoyaltyOrg, text: string): string {
  const reading = dateReader({ zone: settings.timeZone })(text);
  const stored = 'instant' in reading ? toStoredDateTime(reading.instant) : undefined;
  if (stored !== undefined) return stored;
  throw new UnreadableValue('datetime', `VALUE_STRING value ${text}`, 'activityDateTime');
}
