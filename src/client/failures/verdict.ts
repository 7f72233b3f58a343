import { counted } from '../../base/text/counted.js';
import type { RealtimeResponse } from '../../contract/endpoints/realtimeEndpoints.js';
import { AddressError } from './addressError.js';
import { LoginError, LostAnswerError, LoyaltyActionError, LoyaltyApiError, LoyaltyProcessError } from './callErrors.js';
import { InactiveProgramError, UnknownProgramError, isLookUpError } from './lookUpErrors.js';
import type { LookUpError } from './lookUpErrors.js';
import { decidingRow, lockText, logInStep } from './verdictTable.js';
import type { Pause, Refusal, StoredVerdict } from './verdictTable.js';

/** Whether a call took effect. The words are those of the sync protocol. */
export type Verdict = { readonly kind: 'done' } | FailureVerdict;

/** Whether a call that failed took effect nevertheless. */
export type FailureVerdict =
  /** Refused for good. Unless `nothingStored`, look the keys up, because some of the records may be stored. */
  | (Reason & { readonly kind: 'refused'; readonly nothingStored: boolean })
  /** Refused for now. Unless `nothingStored`, look the keys up before sending again. */
  | (Reason & {
      readonly kind: 'later';
      readonly nothingStored: boolean;
      readonly pause: Pause;
      /** Milliseconds that the answer itself asked for. */
      readonly retryAfter?: number;
    })
  /** No call of this run can succeed. Stop, and tell the user what to do. */
  | (Reason & { readonly kind: 'stop'; readonly nothingStored: boolean; readonly toDo: string })
  /** Unknown. Wait until no request can still be on its way, then look the keys up. */
  | (Reason & {
      readonly kind: 'unknown';
      /** Milliseconds that the answer itself asked for. */
      readonly retryAfter?: number;
    })
  /** Send fewer records at a time. Unless `nothingStored`, look the keys up first. */
  | (Reason & { readonly kind: 'tooLarge'; readonly nothingStored: boolean });

interface Reason {
  /** One sentence for a report. Never contains a token or a body. */
  readonly reason: string;
  /** The org's own code, such as `UNABLE_TO_LOCK_ROW`. */
  readonly code: string | null;
}

/**
 * Judges an error that a method of the client threw.
 *
 * @param records number of records in the call; when in doubt, pass more than one
 */
export function verdict(failure: unknown, records = 1): FailureVerdict {
  if (failure instanceof LoyaltyApiError) return judged(httpFailure(failure), records);
  if (failure instanceof LoyaltyActionError) return judged(actionFailure(failure), records);
  if (failure instanceof LoyaltyProcessError) return processVerdict(failure.said, failure.message);
  if (failure instanceof LostAnswerError) return lostVerdict(failure);
  if (failure instanceof LoginError) return loginVerdict(failure);
  if (isLookUpError(failure)) return lookUpVerdict(failure);
  if (failure instanceof AddressError) {
    const { message: reason, toDo } = failure;
    return { kind: 'stop', code: null, reason, nothingStored: true, toDo };
  }
  return { kind: 'unknown', code: null, reason: 'An unexpected error came between sending and answer.' };
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

interface Failure extends Refusal {
  /** Milliseconds that the answer asked for. */
  readonly retryAfter?: number;
}

function httpFailure(error: LoyaltyApiError): Failure {
  const retryAfter = retryAfterOf(error.headers);
  return {
    status: error.status,
    code: error.errorCode,
    text: error.said,
    ...(retryAfter !== undefined && { retryAfter }),
  };
}

/** Judges a failed action like HTTP 400, that is, as refused, whatever the status of the answer. */
function actionFailure(error: LoyaltyActionError): Failure {
  return { status: 400, code: error.errorCode ?? 'ACTION_FAILED', text: error.said };
}

function judged(failure: Failure, records: number): FailureVerdict {
  const row = decidingRow(failure);
  if (!row) return { kind: 'unknown', code: failure.code, reason: `HTTP ${failure.status} is not expected here.` };
  const said = { code: failure.code, reason: row.reason };
  if (row.outcome.kind === 'tooLarge' && failure.code === null && records === 1) {
    // Less cannot be sent, and who knows what a page of somebody else means.
    return { kind: 'unknown', ...said, ...asked(failure) };
  }
  if (row.outcome.kind === 'unknown') return { ...row.outcome, ...said, ...asked(failure) };
  const { stored, ...outcome } = row.outcome;
  const judgment = { ...outcome, ...said, nothingStored: nothingStored(stored, records) };
  if (judgment.kind !== 'later' || failure.retryAfter === undefined) return judgment;
  return { ...judgment, retryAfter: failure.retryAfter };
}

/** A gateway may ask the client to wait, too. */
function asked({ retryAfter }: Failure): { readonly retryAfter?: number } {
  return retryAfter === undefined ? {} : { retryAfter };
}

function nothingStored(stored: StoredVerdict, records: number): boolean {
  return stored === 'nothing' || (stored === 'nothingIfSingle' && records === 1);
}

/** The engine ran and failed. It is not published what it has stored by then, so even a single journal is looked up. */
function processVerdict(said: string, message: string): FailureVerdict {
  if (lockText.test(said)) {
    const reason = 'A row is locked by another transaction.';
    return { kind: 'later', code: null, reason, nothingStored: false, pause: 'lock' };
  }
  return {
    kind: 'refused',
    code: null,
    reason: message || 'The process failed without a reason.',
    nothingStored: false,
  };
}

function lostVerdict({ kind, message, mayHaveHappened, isRead }: LostAnswerError): FailureVerdict {
  if (kind === 'oversized' && isRead) {
    return {
      kind: 'stop',
      code: null,
      reason: message,
      nothingStored: true,
      toDo: 'Raise `answerLimit`, or ask for less.',
    };
  }
  if (kind === 'notSent') return { kind: 'stop', code: null, reason: message, nothingStored: true, toDo: logInStep };
  if (mayHaveHappened) return { kind: 'unknown', code: null, reason: message };
  return { kind: 'later', code: null, reason: message, nothingStored: true, pause: 'seconds' };
}

function loginVerdict({ error, message }: LoginError): FailureVerdict {
  if (error === 'rate_limit_exceeded') {
    return { kind: 'later', code: error, reason: message, nothingStored: true, pause: 'seconds' };
  }
  const toDo = 'Check the credentials and the connected app.';
  return { kind: 'stop', code: error, reason: message, nothingStored: true, toDo };
}

/** A program that cannot be used stops everything. A missing member or promotion stops only what needs it. */
function lookUpVerdict(error: LookUpError): FailureVerdict {
  const said = { code: null, reason: error.message, nothingStored: true };
  if (error instanceof UnknownProgramError) return { kind: 'stop', ...said, toDo: 'Name another program.' };
  if (error instanceof InactiveProgramError) return { kind: 'stop', ...said, toDo: 'Activate the program.' };
  return { kind: 'refused', ...said };
}

/**
 * Returns the milliseconds in `Retry-After`, which has seconds or a date. A date is compared with the answer's own
 * date, so no clock has to be right. The platform publishes no such header, but gateways in front of it send one.
 */
function retryAfterOf(headers: Readonly<Record<string, string>>): number | undefined {
  const value = headers['retry-after']?.trim();
  if (!value) return undefined;
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  const wait = Date.parse(value) - Date.parse(headers['date'] ?? '');
  return Number.isNaN(wait) ? undefined : Math.max(0, wait);
}
