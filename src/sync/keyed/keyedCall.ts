import { createHash } from 'node:crypto';
import { systemClock } from '../../base/clock.js';
import type { MonotonicClock } from '../../base/clock.js';
import type { KeyedCall, KeyedCalls } from '../../outbox/index.js';
import { isPassing } from '../../client/index.js';
import { attempt } from '../attempt.js';
import type { Failure, Judge } from '../attempt.js';
import { askedPatiently, patiently, shortPatience } from '../patientReads.js';
import { defaults } from '../syncOptions.js';
import { endAttempt, givenUp, markOf } from './keyedAttempt.js';

export interface OnceOptions {
  readonly calls: KeyedCalls;
  readonly key: string;
  /** Membership number of the member that the call concerns, so that `sync forget` finds it. */
  readonly member?: string | undefined;
  /** Everything that identifies the call. The same key with other content is an error. */
  readonly content: unknown;
  /** Milliseconds after which a call whose answer was lost has certainly been carried out or not. */
  readonly settle?: number | undefined;
  readonly clock?: MonotonicClock | undefined;
}

/** A call that must not happen twice. */
export interface OnceCall<T> {
  /**
   * Reads what `check` needs to tell afterwards whether the call happened. Absent for a call that leaves its key in the
   * org for good.
   */
  before?(): Promise<unknown>;
  /** Whether the key is in the org for some time, so that `check` can tell by null, too. */
  readonly leavesKey?: boolean;
  send(before: unknown): Promise<T>;
  /**
   * Tells whether an earlier call with this key has happened, as far as the org shows. `absent`: no trace of it yet.
   * `unclear`: somebody else has changed the same value meanwhile.
   */
  check(before: unknown): Promise<{ answer: T } | 'absent' | 'unclear'>;
  /** Judges a failure of `send`. Default: as a call with one record, which has stored nothing if the org refused it. */
  readonly judge?: Judge;
}

export type OnceResult<T> =
  | { readonly status: 'done' | 'known'; readonly answer: T }
  | { readonly status: 'refused'; readonly failure: Failure }
  /** Nobody knows yet. The same call with the same key finds out, at the latest after `until` (ms since the epoch). */
  | {
      readonly status: 'unknown';
      /** `inProgress`: the call has begun, mostly in another process, and nobody has stored how it ended. */
      readonly why: 'lost' | 'inProgress';
      readonly until: number;
      readonly message: string;
    }
  /** Nobody can tell. `failure`: what the org answered, unless the answer was lost. */
  | { readonly status: 'unclear'; readonly before: unknown; readonly failure?: Failure };

/** The key was used for something else before. */
export class KeyConflictError extends Error {
  override readonly name = 'KeyConflictError';

  constructor(
    readonly key: string,
    /** What the org has under the key, in words. Undefined if only this machine knows of the other call. */
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
 * Makes a call at most once per key, no matter who repeats it and when.
 *
 * - The key is new: the org is asked, if it can tell. Then the intent is stored and the call is sent. If two processes
 *   do so at the same time, only the one that stores the intent sends.
 * - The call is done: nothing is sent, and the stored answer is returned.
 * - The call was refused: nothing has happened, so it is sent again.
 * - The answer was lost: the org is asked. If it shows no trace of the call, the call may still be in progress until
 *   the settle window has passed, and is sent again only after that. The window starts when the caller stopped waiting
 *   for the answer. A process that has not stored this may still be waiting, or may have slept before it sent and died.
 *   In that case the window starts when the call is first found open.
 *
 * A process that was stopped for too long between its intent and the call sends nothing. Its intent counts as a call that
 * may be under way.
 *
 * A failure that may have stored something is not a refusal until the org has been asked. Its answer has arrived, so
 * what is not in the org then will not arrive later.
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
  if (!call.before || call.leavesKey) {
    // The org can tell by the key alone, even for a call that another machine has made.
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

/** Starts the window for a call that is not marked as given up. The process that made it can still end it. */
async function foundOpen(options: OnceOptions, earlier: KeyedCall): Promise<OnceResult<never>> {
  const { calls, clock = systemClock, settle = defaults.settle } = options;
  const now = clock.now();
  await calls.begin(givenUp(earlier, now), earlier);
  return { status: 'unknown', why: 'inProgress', until: now + settle, message: inProgress };
}

const inProgress = 'A call with this key has begun.';

/**
 * Share of the settle window after which an intent is too old for its call to leave: a process that was stopped while it
 * was being stored may wake up when another one has waited out the window and made the call.
 */
const longestBegin = 1 / 40;

const tooLate = 'Storing the intent took so long that the call was not sent.';

async function send<T>(
  options: OnceOptions,
  call: OnceCall<T>,
  { hash, earlier }: { readonly hash: string; readonly earlier: KeyedCall | undefined },
): Promise<OnceResult<T>> {
  const { calls, key, member, clock = systemClock, settle = defaults.settle } = options;
  const before = (await ask(options, async () => call.before?.())) ?? null;
  const intent: KeyedCall = { key, member, hash, state: 'sent', sentAt: clock.now(), before, answer: null };
  const until = intent.sentAt + settle;
  const begunAt = clock.monotonic();
  if (!(await calls.begin(intent, earlier))) {
    return { status: 'unknown', why: 'inProgress', until, message: inProgress };
  }
  const passed = Math.max(clock.monotonic() - begunAt, clock.now() - intent.sentAt);
  if (passed > settle * longestBegin) return { status: 'unknown', why: 'inProgress', until, message: tooLate };
  const result = await attempt(1, () => call.send(before), call.judge);
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
  // The org may be unreachable, so the mark comes first.
  if (!failure.nothingStored) await endAttempt(calls, intent, givenUp(intent, now));
  const checked = failure.nothingStored ? 'absent' : await checkedOrOpen(options, () => call.check(intent.before));
  if (checked === 'open') return { status: 'unknown', why: 'lost', until: now + settle, message: failure.message };
  if (checked === 'unclear') return { status: 'unclear', before: intent.before, failure };
  if (checked !== 'absent') {
    await calls.end({ ...intent, state: 'done', answer: checked.answer });
    return { status: 'done', answer: checked.answer };
  }
  await endAttempt(calls, intent, { ...intent, state: 'refused' });
  return { status: 'refused', failure };
}

/** Asks the org after the call was sent. Without an answer the call is open, because it may have happened. */
async function checkedOrOpen<T>(options: OnceOptions, question: () => Promise<T>): Promise<T | 'open'> {
  const asked = await askedPatiently(shortPatience(options.clock ?? systemClock), question);
  if ('answer' in asked) return asked.answer;
  if (isPassing(asked.error, asked.judgment)) return 'open';
  throw asked.error;
}

/** Asks a question, and repeats it for a short time after a failure. It only reads, so it can be repeated. */
function ask<T>({ clock = systemClock }: OnceOptions, question: () => Promise<T>): Promise<T> {
  return patiently(shortPatience(clock), question);
}

function hashOf(content: unknown): string {
  return createHash('sha256').update(JSON.stringify(content)).digest('hex');
}
