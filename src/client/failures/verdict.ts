import { counted } from '../../base/text/counted.js';
import type { RealtimeResponse } from '../../contract/endpoints/realtimeEndpoints.js';
import { AddressError } from './addressError.js';
import { LostAnswerError, LoyaltyProcessError } from './callErrors.js';
import type { FailureVerdict } from './failureVerdict.js';
import { LoyaltyCallError } from './loyaltyCallError.js';
import { InactiveProgramError, UnknownProgramError, isLookUpError } from './lookUpErrors.js';
import type { LookUpError } from './lookUpErrors.js';

/** Whether a call took effect. The words are those of the sync protocol. */
export type Verdict = { readonly kind: 'done' } | FailureVerdict;

/**
 * Judges an error that a method of the client threw.
 *
 * @param records number of records in the call; when in doubt, pass more than one
 */
export function verdict(failure: unknown, records = 1): FailureVerdict {
  if (failure instanceof LoyaltyCallError) return failure.judge(records);
  if (isLookUpError(failure)) return lookUpVerdict(failure);
  if (failure instanceof AddressError) {
    const { message: reason, toDo } = failure;
    return { kind: 'stop', code: null, reason, nothingStored: true, toDo };
  }
  return { kind: 'unknown', code: null, reason: 'An unexpected error came between sending and answer.' };
}

/**
 * Judges an error of a call that ran `sent` journals. The org may have stored even a single journal whose call it refused
 * as a whole, unless it rejected the call before it ran anything.
 */
export function failedJournalsVerdict(failure: unknown, sent: number): FailureVerdict {
  const judgment = verdict(failure, sent);
  const ofSeveral = verdict(failure, Math.max(2, sent));
  if (judgment.kind === 'unknown' || ofSeveral.kind === 'unknown') return judgment;
  return { ...judgment, nothingStored: ofSeveral.nothingStored };
}

/**
 * Judges an answer to `sent` journals. It does not look at single positions: either all journals are settled, or
 * nothing is known.
 */
export function journalsVerdict(response: RealtimeResponse, sent: number): Verdict {
  const failure = journalsFailure(response, sent);
  return failure ? verdict(failure, sent) : { kind: 'done' };
}

/** Returns the failure in an answer to `sent` journals, or undefined if all are settled. */
export function journalsFailure(
  response: RealtimeResponse,
  sent: number,
): LoyaltyProcessError | LostAnswerError | undefined {
  if (!response.status) return new LoyaltyProcessError(response);
  const results = response.processResult?.transactionJournalResult?.length ?? 0;
  if (results === sent) return undefined;
  const message = `The org answered ${counted(results, 'result')} to ${counted(sent, 'journal')}.`;
  return new LostAnswerError('unreadable', message, true);
}

/** A program that cannot be used stops everything. A missing member or promotion stops only what needs it. */
function lookUpVerdict(error: LookUpError): FailureVerdict {
  const said = { code: null, reason: error.message, nothingStored: true };
  if (error instanceof UnknownProgramError) return { kind: 'stop', ...said, toDo: 'Name another program.' };
  if (error instanceof InactiveProgramError) return { kind: 'stop', ...said, toDo: 'Activate the program.' };
  return { kind: 'refused', ...said };
}
