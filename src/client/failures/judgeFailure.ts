import { decidingRow, lockText, logInStep } from './verdictTable.js';
import type { Refusal, StoredVerdict } from './verdictTable.js';
import type { FailureVerdict } from './failureVerdict.js';

/** What is known of an answer with a status of 300 or more. */
export interface RefusedAnswer extends Refusal {
  readonly headers: Readonly<Record<string, string>>;
}

/** What is known of a call without a usable answer. */
export interface LostAnswer {
  readonly kind: string;
  readonly message: string;
  readonly mayHaveHappened: boolean;
  readonly isRead: boolean;
}

/** Judges an answer with a status of 300 or more to a call with this number of records. */
export function refusedVerdict(answer: RefusedAnswer, records: number): FailureVerdict {
  const retryAfter = retryAfterOf(answer.headers);
  const failure = { ...answer, ...(retryAfter !== undefined && { retryAfter }) };
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
function asked({ retryAfter }: { readonly retryAfter?: number }): { readonly retryAfter?: number } {
  return retryAfter === undefined ? {} : { retryAfter };
}

function nothingStored(stored: StoredVerdict, records: number): boolean {
  return stored === 'nothing' || (stored === 'nothingIfSingle' && records === 1);
}

/** The engine ran and failed. It is not published what it has stored by then, so even a single journal is looked up. */
export function processVerdict(said: string, message: string): FailureVerdict {
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

/** Judges a call without a usable answer. */
export function lostVerdict({ kind, message, mayHaveHappened, isRead }: LostAnswer): FailureVerdict {
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

/** Judges a refused login. `code` is that of the token endpoint. */
export function loginVerdict(code: string, message: string): FailureVerdict {
  if (code === 'rate_limit_exceeded') {
    return { kind: 'later', code, reason: message, nothingStored: true, pause: 'seconds' };
  }
  const toDo = 'Check the credentials and the connected app.';
  return { kind: 'stop', code, reason: message, nothingStored: true, toDo };
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
