import { verdict } from '../client/index.js';
import type { FailedQuestion, FailureVerdict } from '../client/index.js';
import { isOutboxError } from '../outbox/index.js';
import type { ItemFailure, StopReason } from '../outbox/index.js';

export type { StopReason } from '../outbox/index.js';

/** A failure and what it means, with the org's own words for the report. */
export type Failure = FailureVerdict & { readonly message: string };

/** Judges a failure of a call with a number of records. */
export type Judge = (error: unknown, records: number) => FailureVerdict;

/** Makes a call. Org and network failures are returned; only programming errors and outbox errors are thrown. */
export async function attempt<T>(
  records: number,
  call: () => Promise<T>,
  judge: Judge = verdict,
): Promise<{ answer: T } | { failure: Failure }> {
  try {
    return { answer: await call() };
  } catch (error) {
    return { failure: failureOf({ error, judgment: judge(error, records) }) };
  }
}

/**
 * Returns a failure with its verdict and its own message.
 * @throws {Error} if it did not come from the org
 */
export function failureOf({ error, judgment }: FailedQuestion): Failure {
  if (isOurOwn(error)) throw error;
  return { ...judgment, message: error instanceof Error ? error.message : String(error) };
}

/** Returns whether the error did not come from the org: a programming error, or a lost outbox. */
function isOurOwn(error: unknown): boolean {
  if (isOutboxError(error)) return true;
  const own = [StoppedError, TypeError, ReferenceError, RangeError, SyntaxError];
  return own.some((type) => error instanceof type);
}

/** Returns what a report says about an item that met this failure. */
export function itemFailure({ kind, code, message }: Failure): ItemFailure {
  return { code: code ?? kind.toUpperCase(), message };
}

/** Returns the reason to end the run, if every further call would fail in the same way. */
export function stopReason(failure: Failure): StopReason | undefined {
  const { code, message } = failure;
  if (failure.kind === 'stop') {
    return { code: code ?? 'STOPPED', message: `${failure.reason} ${message}`, action: failure.toDo };
  }
  if (failure.kind === 'later' && failure.pause === 'long') {
    return { code: code ?? 'QUOTA', message: `${failure.reason} ${message}`, action: 'Resume the run in some hours.' };
  }
  return undefined;
}

/** The work ended early because every further call would have failed in the same way. */
export class StoppedError extends Error {
  override readonly name = 'StoppedError';
  /** What to do next. */
  readonly actions: readonly string[];

  constructor(readonly reason: StopReason) {
    super(reason.message);
    this.actions = reason.action === undefined ? [] : [reason.action];
  }
}

/** Milliseconds before the next try. */
export interface Wait {
  /** Wait before the first repetition. Each further wait is longer. */
  readonly base: number;
  /** Wait that the answer itself asked for. */
  readonly atLeast: number;
}

const shortPause = 500;
const longPause = 60_000;

export function waitAfter(failure: FailureVerdict): Wait {
  if (failure.kind !== 'later' && failure.kind !== 'unknown') return { base: shortPause, atLeast: 0 };
  const isLong = failure.kind === 'later' && failure.pause === 'long';
  return { base: isLong ? longPause : shortPause, atLeast: failure.retryAfter ?? 0 };
}

/** Tells whether the failure concerns only these records, such as a locked row, and not the org as a whole. */
export function isLocal(failure: Failure): boolean {
  return failure.kind === 'later' && (failure.pause === 'lock' || failure.pause === 'none');
}
