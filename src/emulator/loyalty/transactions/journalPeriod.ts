import { DateTime } from 'luxon';
import { dateReader } from '../../../base/dateReader.js';
import { invalidInput } from '../invalidInput.js';

/** From an instant to before another one, as ISO 8601 in UTC. Empty where a period is open. */
export interface JournalPeriod {
  readonly from: string;
  readonly before: string;
}

interface GivenPeriod {
  readonly periodStartDate?: string | undefined;
  readonly periodEndDate?: string | undefined;
}

/**
 * Both ends belong to the period; a day is a whole one, in the time zone of the org.
 *
 * @throws {OrgRefusal} 400 INVALID_API_INPUT for what is not a date
 */
export function journalPeriod({ periodStartDate, periodEndDate }: GivenPeriod, timeZone: string): JournalPeriod {
  return {
    from: periodStartDate === undefined ? '' : instantOf('periodStartDate', periodStartDate, timeZone),
    before: periodEndDate === undefined ? '' : endOf(periodEndDate, timeZone),
  };
}

export function isWithin(instant: string, { from, before }: JournalPeriod): boolean {
  return instant >= from && (before === '' || instant < before);
}

function endOf(given: string, timeZone: string): string {
  const end = DateTime.fromISO(instantOf('periodEndDate', given, timeZone), { zone: timeZone });
  const isDay = !/[T ]\d/.test(given);
  return (isDay ? end.plus({ days: 1 }) : end.plus({ milliseconds: 1 })).toJSDate().toISOString();
}

function instantOf(name: string, given: string, zone: string): string {
  const read = dateReader({ zone })(given);
  if ('instant' in read) return read.instant;
  throw invalidInput(`The parameter ${name} cannot be "${given}": it ${read.issue}.`);
}
