import { LoyaltyProcessError } from '../../client/index.js';

/** What a success without a number is, unless the org has the journal. */
export function withoutNumber(number: string): LoyaltyProcessError {
  const message =
    `The process succeeded, but returned no number of points, and the org has no journal with the number ${number}. ` +
    'Check in Promotion Setup that the rule inside the process is active.';
  return new LoyaltyProcessError({ status: true, message });
}
