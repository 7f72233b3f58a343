import { dateReader } from '../../base/dateReader.js';
import { invalidInput } from './invalidInput.js';
import type { LoyaltyOrg } from './loyaltyOrg.js';

/**
 * The time of an input, as ISO 8601 in UTC. One without an offset is in the zone of the org.
 *
 * @throws {OrgRefusal} 400 that names the input
 */
export function givenInstant({ org: { settings } }: LoyaltyOrg, input: string, given: unknown): string {
  const written = typeof given === 'string' ? given : JSON.stringify(given);
  const reading = dateReader({ zone: settings.timeZone })(written);
  if ('instant' in reading) return reading.instant;
  throw invalidInput(`${input} cannot be "${written}": it ${reading.issue}.`);
}
