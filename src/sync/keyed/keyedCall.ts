import { createHash } from 'node:crypto';
import { systemClock } from '../../base/clock.js';
import type { MonotonicClock } from '../../base/clock.js';
import type { KeyedCall, KeyedCalls } from '../../outbox/index.js';
import { isPassing } from '../../client/index.js';
import { attempt } from '../attempt.js';
import type { Failure } from '../attempt.js';
import { patiently, shortPatience } from '../patientReads.js';
import { defaults } from '../syncOptions.js';
import { endAttempt, givenUp, markOf } from './keyedAttempt.js';

export interface OnceOptions {
  readonly calls: KeyedCalls;
  readonly key: string;
  /** Membership number of whom the call is about, so that `sync forget` finds it. */
  readonly member?: string | undefined;
  /** Everything that makes the call this call: the same key with other content is an error. */
  readonly content: unknown;
  /** Milliseconds after which a call whose answer was lost has certainly been carried out or not. */
  readonly settle?: number | undefined;
  readonly clock?: MonotonicClock | undefined;
}

/** One call that must not happen twice. */
export interface OnceCall<T> {
  /**
   * What must be known before the call, so that `check` can tell afterwards whether it happened. Absent for a call that
   * leaves its key in the org.
   */
  before?(): Promise<unknown>;
  send(before: unknown): Promise<T>;
  /**
   * Whether an earlier call with this key has happened, as far as the org tells.
   * `absent`: no trace of it yet. `unclear`: somebody else changed the same thing meanwhile.
   */
  check(before: unknown): Promise<{ answer: T } | 'absent' | 'unclear'>;
}

export type OnceResult<T> =
  | { readonly status: 'done' | 'known'; readonly answer: T }
  | { readonly status: 'refused'; readonly failure: Failure }
  /** Nobody knows yet. The same call with the same key finds out, at the latest after `until` (ms since the epoch). */
  | {
      readonly status: 'unknown';
      /** `inProgress`: somebody has begun the call and not said how it ended. */
      readonly why: 'lost' | 'inProgress';
      readonly until: number;
      readonly message: string;
    }
  | { readonly status: 'unclear'; readonly before: unknown };

/** The key was used for something else before. */
export class KeyConflictError extends Error {
  override readonly name = 'KeyConflictError';

  constructor(
    readonly key: string,
    /** What the org has under the key, in words; undefined when only this machine knows of the other call. */
    readonly found?: string,
  ) {
    const there = found === undefined ? '' : `: the org has ${found}`;
    super(`The key ${key} was used for another call${there}. Nothing was sent. Use a new key for a new call.`);
  }
}

/** The key was used for a member who has been erased since: nobody knows any more whether it was this call. */
export class ErasedKeyError extends Error {
  override readonly name = 'ErasedKeyError';
  readonly actions = [
    'If this is the call that was made before the erasure, leave it: it has been carried out. With a new key it would count again.',
  ];

  constructor(readonly key: string) {
    super(
      `The key ${key} belongs to a call for a member whose data were erased from the outbox, so that calls cannot be compared. Nothing was sent.`,
    );
  }
}

/**
 * Makes a call at most once for a key, whoever repeats it and whenever.
 *
 * - A key that nobody has used: the org is asked, where it can tell. Then the intent is stored, and the call is sent.
 *   Of two processes that do so at once, one stores the intent and sends; the other does not.
 * - A key whose call is done: nothing is sent; the stored answer is returned.
 * - A key whose call was refused: nothing had happened, so it is sent again.
 * - A key whose answer was lost: the org is asked. If it has no trace of the call, the call may still be under way
 *   until the settle window has passed; only then is it sent again. The window begins when whoever made the call stopped
 *   waiting for the answer. A process that has not said so may be waiting still, or may have slept before it sent and
 *   died: then the window begins when the call is first found open.
 *
 * A failure that may have stored something is no refusal until the org has been asked: its answer has come, so that
 * what is not there then will not come either.
 *
 * @throws {KeyConflictError}
 * @throws {ErasedKeyError}
 */
export async function once<T>(options: OnceOptions, call: OnceCall<T>): Promise<OnceResult<T>> {
  const hash = hashOf(options.content);
  const earlier = await options.calls.find(options.key);
  if (earlier?.isErased) throw new ErasedKeyError(options.key);
  if (earlier && earlier.hash !== hash) throw new KeyConflictError(options.key);
  if (earlier?.state === 'done') return { status: 'known', answer: earlier.answer as T };
  if (earlier?.state === 'sent') return resolve(options, call, earlier);
  if (!call.before) {
    // The org can tell by the key alone, also for a call that another machine made.
    const checked = await ask(options, () => call.check(null));
    if (typeof checked === 'object') return { status: 'known', answer: checked.answer };
  }
  return send(options, call, { hash, earlier });
}

async function resolve<T>(options: OnceOptions, call: OnceCall<T>, earlier: KeyedCall): Promise<OnceResult<T>> {
  const { calls, clock = systemClock, settle = defaults.settle } = options;
  const checked = await ask(options, () => call.check(earlier.before));
  if (checked === 'unclear') return { status: 'unclear', before: earlier.before };
  if (checked !== 'absent') {
    await calls.end({ ...earlier, state: 'done', answer: checked.answer });
    return { status: 'known', answer: checked.answer };
  }
  const mark = markOf(earlier);
  if (!mark) return foundOpen(options, earlier);
  const until = mark.givenUpAt + settle;
  if (clock.now() >= until) return send(options, call, { hash: earlier.hash, earlier });
  return { status: 'unknown', why: 'lost', until, message: 'An earlier call with this key may still be under way.' };
}

/** Begins the window for a call of which nobody has said that it was given up. Whoever makes it may end it meanwhile. */
async function foundOpen(options: OnceOptions, earlier: KeyedCall): Promise<OnceResult<never>> {
  const { calls, clock = systemClock, settle = defaults.settle } = options;
  const now = clock.now();
  await calls.begin(givenUp(earlier, now), earlier);
  return { status: 'unknown', why: 'inProgress', until: now + settle, message: inProgress };
}

const inProgress = 'A call with this key has begun.';

async function send<T>(
  options: OnceOptions,
  call: OnceCall<T>,
  { hash, earlier }: { readonly hash: string; readonly earlier: KeyedCall | undefined },
): Promise<OnceResult<T>> {
  const { calls, key, member, clock = systemClock, settle = defaults.settle } = options;
  const before = (await ask(options, async () => call.before?.())) ?? null;
  const intent: KeyedCall = { key, member, hash, state: 'sent', sentAt: clock.now(), before, answer: null };
  if (!(await calls.begin(intent, earlier))) {
    return { status: 'unknown', why: 'inProgress', until: intent.sentAt + settle, message: inProgress };
  }
  const result = await attempt(1, () => call.send(before));
  if ('answer' in result) {
    await calls.end({ ...intent, state: 'done', answer: result.answer });
    return { status: 'done', answer: result.answer };
  }
  const { failure } = result;
  if (failure.kind !== 'unknown') return afterFailure(options, call, { intent, failure });
  const now = clock.now();
  await endAttempt(calls, intent, givenUp(intent, now));
  return { status: 'unknown', why: 'lost', until: now + settle, message: failure.message };
}

async function afterFailure<T>(
  options: OnceOptions,
  call: OnceCall<T>,
  { intent, failure }: { readonly intent: KeyedCall; readonly failure: Exclude<Failure, { kind: 'unknown' }> },
): Promise<OnceResult<T>> {
  const { calls, clock = systemClock, settle = defaults.settle } = options;
  const now = clock.now();
  // The org may not be there to be asked.
  if (!failure.nothingStored) await endAttempt(calls, intent, givenUp(intent, now));
  const checked = failure.nothingStored ? 'absent' : await checkedOrOpen(options, () => call.check(intent.before));
  if (checked === 'open') return { status: 'unknown', why: 'lost', until: now + settle, message: failure.message };
  if (checked === 'unclear') return { status: 'unclear', before: intent.before };
  if (checked !== 'absent') {
    await calls.end({ ...intent, state: 'done', answer: checked.answer });
    return { status: 'done', answer: checked.answer };
  }
  await endAttempt(calls, intent, { ...intent, state: 'refused' });
  return { status: 'refused', failure };
}

/** What is asked after the call was sent and has no answer is open: the call may have happened. */
async function checkedOrOpen<T>(options: OnceOptions, question: () => Promise<T>): Promise<T | 'open'> {
  return ask(options, question).catch((error: unknown) => {
    if (isPassing(error)) return 'open';
    throw error;
  });
}

/** What only reads may be asked again. */
function ask<T>({ clock = systemClock }: OnceOptions, question: () => Promise<T>): Promise<T> {
  return patiently(shortPatience(clock), question);
}

function hashOf(content: unknown): string {
  return createHash('sha256').update(JSON.stringify(content)).digest('hex');
}
