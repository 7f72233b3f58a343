import { verdict, type Verdict } from '../client/index.js';
import type { StopReason } from './course.js';

/** A failure and what it means, with the org's own words for the report. */
export type Failure = Exclude<Verdict, { kind: 'done' }> & { readonly message: string };

/** Runs a call. What the org or the network does comes back as a value; only our own mistakes are thrown elsewhere. */
export async function attempt<T>(
  records: number,
  call: () => Promise<T>,
): Promise<{ answer: T } | { failure: Failure }> {
  try {
    return { answer: await call() };
  } catch (error) {
    const judgement = verdict(error, records);
    const message = error instanceof Error ? error.message : String(error);
    // Whatever was thrown is no success, whatever the table says of it.
    const failure = judgement.kind === 'done' ? { kind: 'unknown' as const, code: null, reason: message } : judgement;
    return { failure: { ...failure, message } };
  }
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
  public constructor(public readonly reason: StopReason) {
    super(reason.message);
    this.name = 'StoppedError';
  }
}

const pauses = { none: 0, lock: 500, seconds: 2000, long: 60_000 } as const;

/** Milliseconds before the first repetition. */
export function basePause(failure: Failure & { kind: 'later' }): number {
  return Math.max(pauses[failure.pause], failure.retryAfter ?? 0);
}
