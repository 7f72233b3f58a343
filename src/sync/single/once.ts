import { createHash } from 'node:crypto';
import { systemClock, type Clock } from '../../base/clock.js';
import type { KeyedCall, KeyedCalls } from '../../outbox/index.js';
import { attempt, type Failure } from '../attempt.js';
import { defaults } from '../syncOptions.js';

export interface OnceOptions {
  readonly calls: KeyedCalls;
  readonly key: string;
  /** Everything that makes the call this call: the same key with other content is an error. */
  readonly content: unknown;
  /** Milliseconds after which a call whose answer was lost has certainly been carried out or not. */
  readonly settle?: number | undefined;
  readonly clock?: Clock | undefined;
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
  | { readonly status: 'unknown'; readonly until: number; readonly message: string }
  | { readonly status: 'unclear'; readonly before: unknown };

/** The key was used for something else before. */
export class KeyConflictError extends Error {
  public constructor(public readonly key: string) {
    super(`The key ${key} was used for another call. Nothing was sent. Use a new key for a new call.`);
    this.name = 'KeyConflictError';
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
 *   until the settle window has passed; only then is it sent again.
 *
 * A failure that may have stored something is no refusal until the org has been asked: its answer has come, so that
 * what is not there then will not come either.
 *
 * @throws {KeyConflictError}
 */
export async function once<T>(options: OnceOptions, call: OnceCall<T>): Promise<OnceResult<T>> {
  const hash = hashOf(options.content);
  const earlier = await options.calls.find(options.key);
  if (earlier && earlier.hash !== hash) throw new KeyConflictError(options.key);
  if (earlier?.state === 'done') return { status: 'known', answer: earlier.answer as T };
  if (earlier?.state === 'sent') return resolve(options, call, earlier);
  if (!call.before) {
    // The org can tell by the key alone, also for a call that another machine made.
    const checked = await call.check(null);
    if (typeof checked === 'object') return { status: 'known', answer: checked.answer };
  }
  return send(options, call, { hash, earlier });
}

async function resolve<T>(options: OnceOptions, call: OnceCall<T>, earlier: KeyedCall): Promise<OnceResult<T>> {
  const { calls, clock = systemClock, settle = defaults.settle } = options;
  const checked = await call.check(earlier.before);
  if (checked === 'unclear') return { status: 'unclear', before: earlier.before };
  if (checked !== 'absent') {
    await calls.end({ ...earlier, state: 'done', answer: checked.answer });
    return { status: 'known', answer: checked.answer };
  }
  const until = earlier.sentAt + settle;
  if (clock.now() >= until) return send(options, call, { hash: earlier.hash, earlier });
  return { status: 'unknown', until, message: 'An earlier call with this key may still be under way.' };
}

async function send<T>(
  options: OnceOptions,
  call: OnceCall<T>,
  { hash, earlier }: { readonly hash: string; readonly earlier: KeyedCall | undefined },
): Promise<OnceResult<T>> {
  const { calls, key, clock = systemClock, settle = defaults.settle } = options;
  const before = (await call.before?.()) ?? null;
  const intent: KeyedCall = { key, hash, state: 'sent', sentAt: clock.now(), before, answer: null };
  const until = intent.sentAt + settle;
  if (!(await calls.begin(intent, earlier))) {
    return { status: 'unknown', until, message: 'Another process is making the call with this key.' };
  }
  const result = await attempt(1, () => call.send(before));
  if ('answer' in result) {
    await calls.end({ ...intent, state: 'done', answer: result.answer });
    return { status: 'done', answer: result.answer };
  }
  const { failure } = result;
  if (failure.kind === 'unknown') return { status: 'unknown', until, message: failure.message };
  return afterFailure(options, call, { intent, failure });
}

async function afterFailure<T>(
  { calls }: OnceOptions,
  call: OnceCall<T>,
  { intent, failure }: { readonly intent: KeyedCall; readonly failure: Exclude<Failure, { kind: 'unknown' }> },
): Promise<OnceResult<T>> {
  const checked = failure.nothingStored ? 'absent' : await call.check(intent.before);
  if (checked === 'unclear') return { status: 'unclear', before: intent.before };
  if (checked !== 'absent') {
    await calls.end({ ...intent, state: 'done', answer: checked.answer });
    return { status: 'done', answer: checked.answer };
  }
  await calls.end({ ...intent, state: 'refused' });
  return { status: 'refused', failure };
}

function hashOf(content: unknown): string {
  return createHash('sha256').update(JSON.stringify(content)).digest('hex');
}
