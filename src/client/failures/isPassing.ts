import { LoginError, LostAnswerError, LoyaltyActionError, LoyaltyApiError, LoyaltyProcessError } from './callErrors.js';
import { verdict } from './verdict.js';

/** Returns whether the org or the connection to it failed, rather than the caller. */
export function isOfOrg(error: unknown): boolean {
  return [LoyaltyApiError, LoyaltyActionError, LoyaltyProcessError, LostAnswerError, LoginError].some(
    (kind) => error instanceof kind,
  );
}

/** Returns whether a read that failed in this way may succeed when it is soon sent again. */
export function isPassing(error: unknown): boolean {
  if (!isOfOrg(error)) return false;
  if (error instanceof LostAnswerError && error.kind === 'aborted') return false;
  const judgment = verdict(error);
  return judgment.kind === 'unknown' || (judgment.kind === 'later' && judgment.pause !== 'long');
}
