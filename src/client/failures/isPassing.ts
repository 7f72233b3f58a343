import { LoginError, LostAnswerError, LoyaltyActionError, LoyaltyApiError, LoyaltyProcessError } from './callErrors.js';
import { verdict } from './verdict.js';
import type { FailureVerdict } from './verdict.js';

/** The org or the connection to it failed, not the caller. */
export function isOfOrg(error: unknown): boolean {
  return [LoyaltyApiError, LoyaltyActionError, LoyaltyProcessError, LostAnswerError, LoginError].some(
    (kind) => error instanceof kind,
  );
}

/**
 * Whether a question that ended so may be answered when it is asked again soon.
 *
 * @param judgment what is known of the error already
 */
export function isPassing(error: unknown, judgment: FailureVerdict = verdict(error)): boolean {
  if (!isOfOrg(error)) return false;
  if (error instanceof LostAnswerError && error.kind === 'aborted') return false;
  return judgment.kind === 'unknown' || (judgment.kind === 'later' && judgment.pause !== 'long');
}
