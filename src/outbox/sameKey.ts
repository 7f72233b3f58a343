import { personStates } from './item.js';
import type { ItemState } from './item.js';

/** What an outbox knows of a key when a line has the key again. */
export interface KnownKey {
  readonly state: ItemState;
  /** Code of the refusal, if the state is `refused`. */
  readonly code: string | undefined;
  /** Whether the item itself was sent to the org at least once. Sending an item that it replaced does not count. */
  readonly wasSent: boolean;
  /** Whether a person decided that the org's content is right. Only the org knows that content. */
  readonly keptOrg: boolean;
  /** Whether the line has the same values in all fields that identify the transaction. */
  readonly sameContent: boolean;
  /** Whether the line has the same values in all other fields, too. */
  readonly sameDetails: boolean;
  /** Whether an earlier line of the same file had the key in this run, with the same or with other content. */
  readonly earlierInFile: 'same' | 'other' | undefined;
  /** Whether another file of this run had the key before. */
  readonly earlierInRun: boolean;
  /** Whether the item belongs to this run already: it was open when the run began, or somebody took it up again. */
  readonly isOfRun: boolean;
  /** Whether a correction or a person has overruled exactly this content of this line of this feed. */
  readonly isOverruled: boolean;
  /** Whether the mapping says `repeats: accept`. */
  readonly acceptsRepeats: boolean;
  /** Whether the line stands alone, as a push does. */
  readonly standsAlone: boolean;
}

/** What a line with a known key is. */
export type SameKeyDecision =
  | { readonly is: 'known' | 'superseded' | 'repeatAccepted' | 'repeated' | 'conflict' | 'refusedBefore' }
  /** The item is open or waits for a person. It belongs to this run as well. */
  | { readonly is: 'openBefore' }
  /** The item was refused because of its member. The member is looked up again. */
  | { readonly is: 'takenUpByItself' }
  /** The new content replaces the old one, which was never sent. */
  | { readonly is: 'corrected'; readonly lookUp: boolean };

const waitsForPerson: ReadonlySet<ItemState> = new Set(personStates);

/** Code of an item that is held until its member exists. */
export const waitsForMember = 'WAITS_FOR_MEMBER';

/** A refusal that ends without a person: the member exists now. */
export const unknownMember = 'UNKNOWN_MEMBER';

/** Another one: the org has refused to enroll the member. */
export const enrollmentRefused = 'ENROLLMENT_REFUSED';

const endsByItself: ReadonlySet<string | undefined> = new Set([unknownMember, enrollmentRefused]);

/**
 * Implements the table "The same key again" of `docs/sync-protocol.md`, in its order: same file, same run, state in the
 * outbox. What a look-up finds in the org is judged when the item is looked up.
 */
export function decideSameKey(known: KnownKey): SameKeyDecision {
  if (known.earlierInFile === 'other') return { is: 'conflict' };
  if (known.earlierInFile === 'same') return { is: known.acceptsRepeats ? 'repeatAccepted' : 'repeated' };
  if (known.standsAlone && known.earlierInRun && known.state === 'refused') return decideRefusedInRun(known);
  if (known.earlierInRun && known.sameContent) return { is: 'repeatAccepted' };
  if (known.isOverruled && !known.sameContent) return decideOverruled(known);
  if (known.earlierInRun) return decideOtherInRun(known);
  if (known.state === 'done') return decideDone(known);
  const isSame = known.sameContent && (known.sameDetails || keepsDetails.has(known.state));
  return isSame ? decideSame(known) : decideOther(known);
}

/**
 * States in which different details are not a correction, because the org may have the purchase, and it is the same
 * one. In the other states the details have not been sent yet, and the latest ones are right.
 */
const keepsDetails: ReadonlySet<ItemState> = new Set(['sent', 'parked', 'conflictInOrg', 'doubled']);

/**
 * Decides about an old line that is read again after a correction has replaced it. Whatever became of the correction,
 * the old content must not replace it, because then the file that is read last would decide which content is sent.
 */
function decideOverruled({ state }: KnownKey): SameKeyDecision {
  if (state === 'refused') return { is: 'refusedBefore' };
  return { is: waitsForPerson.has(state) ? 'openBefore' : 'superseded' };
}

/**
 * Decides about a push of a key that this run has refused. The run of a service can last for weeks, so the push is
 * treated as in a later run. A member who did not exist may exist now: the transaction replaces the refused one, because
 * an item belongs to a run only once.
 */
function decideRefusedInRun(known: KnownKey): SameKeyDecision {
  const isSame = known.sameContent && known.sameDetails;
  return isSame && !endsByItself.has(known.code) ? { is: 'refusedBefore' } : { is: 'corrected', lookUp: true };
}

function decideOtherInRun(known: KnownKey): SameKeyDecision {
  return known.state === 'done' || known.wasSent ? { is: 'conflict' } : decideOther(known);
}

function decideDone({ sameContent, keptOrg }: KnownKey): SameKeyDecision {
  if (sameContent) return { is: 'known' };
  return keptOrg ? { is: 'corrected', lookUp: true } : { is: 'conflict' };
}

function decideSame({ state, code, isOfRun }: KnownKey): SameKeyDecision {
  // If this run itself refused the item before it read the line again, it reports the item, and only once.
  if (state !== 'refused' || isOfRun) return { is: 'openBefore' };
  return { is: endsByItself.has(code) ? 'takenUpByItself' : 'refusedBefore' };
}

/**
 * A ready item has certainly not reached the org. In any other state, the item is looked up before its correction is
 * sent.
 */
function decideOther({ state }: KnownKey): SameKeyDecision {
  return { is: 'corrected', lookUp: state !== 'ready' };
}
