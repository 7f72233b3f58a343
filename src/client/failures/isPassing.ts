import { LoginError, LostAnswerError, LoyaltyActionError, LoyaltyApiError, LoyaltyProcessError } from './callErrors.js';
import { verdict } from './verdict.js';
import type { FailureVerdict } from './failureVerdict.js';

/** Returns whether the org or the connection to it failed, rather than the caller. */
export function isOfOrg(error: unknown): boolean {
  return [LoyaltyApiError, LoyaltyActionError, LoyaltyProcessError, LostAnswerError, LoginError].some(
    (kind) => error instanceof kind,
  );
}

/**
 * Returns whether a read that failed in this way may succeed when it is soon sent again.
 *
 * @param judgment the verdict on the error, if the caller has it already
 */
export function isPassing(error: unknown, judgment: FailureVerdict = verdict(error)): boolean {
  if (!isOfOrg(error)) return false;
  if (error instanceof LostAnswerError && error.kind === 'aborted') return false;
  return judgment.kind === 'unknown' || (judgment.kind === 'later' && judgment.pause !== 'long');
}
