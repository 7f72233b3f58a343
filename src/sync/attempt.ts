import { verdict } from '../client/index.js';
import type { FailedQuestion, FailureVerdict } from '../client/index.js';
import { isOutboxError } from '../outbox/index.js';
import type { ItemFailure, StopReason } from '../outbox/index.js';

export type { StopReason } from '../outbox/index.js';

/** A failure and what it means, with the org's own words for the report. */
export type Failure = FailureVerdict & { readonly message: string };

/** Makes a call. Failures of the org and the network are returned, never thrown. */
export async function attempt<T>(
  records: number,
  call: () => Promise<T>,
): Promise<{ answer: T } | { failure: Failure }> {
  try {
    return { answer: await call() };
  } catch (error) {
    return { failure: failureOf({ error, judgment: verdict(error, records) }) };
  }
}

/** A failure that has been judged, with its own words. What is not the org's doing is thrown. */
export function failureOf({ error, judgment }: FailedQuestion): Failure {
  if (isOurOwn(error)) throw error;
  return { ...judgment, message: error instanceof Error ? error.message : String(error) };
}

/** Not the org's doing: a programming error, or an outbox that is lost. */
function isOurOwn(error: unknown): boolean {
  if (isOutboxError(error)) return true;
  const own = [StoppedError, TypeError, ReferenceError, RangeError, SyntaxError];
  return own.some((type) => error instanceof type);
}

/** What a report says of an item that meets this failure. */
export function itemFailure({ kind, code, message }: Failure): ItemFailure {
  return { code: code ?? kind.toUpperCase(), message };
}

/** The same failure would meet every further call: the reason to end the run, if it is one. */
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

/** The work ended early for a reason that every further call would have met. */
export class StoppedError extends Error {
  override readonly name = 'StoppedError';
  /** What to do next. */
  readonly actions: readonly string[];

  constructor(readonly reason: StopReason) {
    super(reason.message);
    this.actions = reason.action === undefined ? [] : [reason.action];
  }
}

/** Milliseconds before something is tried again. */
export interface Wait {
  /** Before the first repetition; longer before each further one. */
  readonly base: number;
  /** What the answer itself asked for. */
  readonly atLeast: number;
}

const pauses = { none: 500, lock: 500, seconds: 2000, long: 60_000 } as const;

export function waitAfter(failure: FailureVerdict): Wait {
  if (failure.kind === 'unknown') return { base: pauses.seconds, atLeast: failure.retryAfter ?? 0 };
  if (failure.kind !== 'later') return { base: pauses.seconds, atLeast: 0 };
  return { base: pauses[failure.pause], atLeast: failure.retryAfter ?? 0 };
}

/** Whether the failure is one of these records, such as a lock on a row, and says nothing of the org as a whole. */
export function isLocal(failure: Failure): boolean {
  return failure.kind === 'later' && (failure.pause === 'lock' || failure.pause === 'none');
}
