import type { ItemReport, ItemState, LineDecision, Outbox } from '../../outbox/index.js';
import { openStates } from '../../outbox/index.js';
import type { Transaction } from '../../transaction.js';
import type { RowRejectedError } from './serviceErrors.js';

/**
 * What a push turned out to be: see "The same key again" in `docs/sync-protocol.md`. `accepted` is a new key.
 */
export type PushWord = 'accepted' | Exclude<LineDecision, 'new' | 'repeated'>;

/** What became of a push, on disk when it is told. */
export interface PushResult {
  readonly key: string;
  readonly member: string;
  readonly is: PushWord;
  /** What is known of the key, unless the push is accepted as new or as a correction. */
  readonly known?: KeyOutcome | undefined;
}

/** The mapping leaves such rows out (`skip`). Nothing was stored. */
export interface SkippedPush {
  readonly is: 'skipped';
  readonly key?: undefined;
}

/** It cannot become a journal. It is in the report of the run as a rejected line. */
export interface RejectedPush {
  readonly is: 'rejected';
  readonly key?: undefined;
  readonly reason: RowRejectedError;
}

/** The present state of a transaction. */
export interface KeyOutcome {
  readonly key: string;
  readonly member: string;
  readonly is: ItemState;
  /** Whether it is still on its way, or waits for another one of its member, or for a person to decide (`parked`). */
  readonly isOpen: boolean;
  /** Id of the journal in the org, as far as it is known. */
  readonly journalId?: string | undefined;
  /** False if the org's answer showed that nothing changed for the member. */
  readonly effect?: boolean | undefined;
  /** The latest answer of the org, or of what is in between, that was not a success. */
  readonly code?: string | undefined;
  readonly message?: string | undefined;
  /** How often it was sent. */
  readonly attempts: number;
}

export function toKeyOutcome({
  key,
  member,
  state,
  journalId,
  effect,
  code,
  message,
  attempts,
}: ItemReport): KeyOutcome {
  return { key, member, is: state, isOpen: openStates.includes(state), journalId, effect, code, message, attempts };
}

/** Returns the present state of a key. Undefined if the outbox does not know it. */
export async function keyOutcomeOf(outbox: Outbox, key: string): Promise<KeyOutcome | undefined> {
  const found = await outbox.find(key);
  return found && toKeyOutcome(found);
}

/** Returns what a decision of the outbox means for the one who pushed. */
export async function pushResult(
  outbox: Outbox,
  { key, member }: Pick<Transaction, 'key' | 'member'>,
  decision: LineDecision,
): Promise<PushResult> {
  if (decision === 'new') return { key, member, is: 'accepted' };
  if (decision === 'corrected') return { key, member, is: 'corrected' };
  const is = decision === 'repeated' ? 'repeatAccepted' : decision;
  return { key, member, is, known: await keyOutcomeOf(outbox, key) };
}
