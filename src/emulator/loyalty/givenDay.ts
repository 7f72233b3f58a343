import { DateTime } from 'luxon';
import { ProcessFailure } from './processFailure.js';

/**
 * The day of an input, as `yyyy-MM-dd`. Samples write `dd-MM-yyyy` too, and may add a time.
 *
 * @throws {ProcessFailure} that names the input
 */
export function givenDay(input: string, text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const turned = /^(\d{2})-(\d{2})-(\d{4})$/.exec(text);
  const day = turned ? `${turned[3] ?? ''}-${turned[2] ?? ''}-${turned[1] ?? ''}` : text.slice(0, 10);
  if (/^\d{4}-\d{2}-\d{2}$/.test(day) && DateTime.fromISO(day).isValid) return day;
  throw new ProcessFailure(`${input} has to be a date such as 2026-12-31, not ${text}.`);
}
