import { personStates } from './item.js';
import type { ItemState } from './item.js';

/** What an outbox knows of a key when a line brings it again. */
export interface KnownKey {
  readonly state: ItemState;
  /** Code of the refusal, where the state is `refused`. */
  readonly code: string | undefined;
  /** It was handed to the org at least once itself; what it replaced does not count. */
  readonly wasSent: boolean;
  /** A person decided that the org's content is the right one; what that content is, only the org can tell. */
  readonly keptOrg: boolean;
  /** The line says the same in all fields that make the transaction what it is. */
  readonly sameContent: boolean;
  /** The line says the same in all other fields, too. */
  readonly sameDetails: boolean;
  /** A line of the same file brought the key earlier in this run, with the same content or other content. */
  readonly earlierInFile: 'same' | 'other' | undefined;
  /** Another file of this run brought the key earlier, or created it. */
  readonly earlierInRun: boolean;
  /** The item belongs to this run already: it was open when the run began, or somebody took it up again. */
  readonly isOfRun: boolean;
  /** A correction, or a person, has overruled exactly this content of this line of this feed. */
  readonly isOverruled: boolean;
  /** The mapping says `repeats: accept`. */
  readonly acceptsRepeats: boolean;
}

/** What a line with a known key is. */
export type SameKeyDecision =
  | { readonly is: 'known' | 'superseded' | 'repeatAccepted' | 'repeated' | 'conflict' | 'refusedBefore' }
  /** The item is open, or waits for a person: it belongs to this run as well. */
  | { readonly is: 'openBefore' }
  /** Refused for its member: look for the member again. */
  | { readonly is: 'takenUpByItself' }
  /** New content takes the place of the old, which was never sent. */
  | { readonly is: 'corrected'; readonly lookUp: boolean };

const waitsForPerson: ReadonlySet<ItemState> = new Set(personStates);

/** The only refusal that ends without anybody asking: the member exists now. */
export const unknownMember = 'UNKNOWN_MEMBER';

/**
 * The table "The same key again" of `docs/sync-protocol.md`, in its order: same file, same run, state in the outbox.
 * What a look-up finds in the org is judged when the item is looked up.
 */
export function decideSameKey(known: KnownKey): SameKeyDecision {
  if (known.earlierInFile === 'other') return { is: 'conflict' };
  if (known.earlierInFile === 'same') return { is: known.acceptsRepeats ? 'repeatAccepted' : 'repeated' };
  if (known.earlierInRun && known.sameContent) return { is: 'repeatAccepted' };
  if (known.isOverruled && !known.sameContent) return decideOverruled(known);
  if (known.earlierInRun) return decideOtherInRun(known);
  if (known.state === 'done') return decideDone(known);
  const isSame = known.sameContent && (known.sameDetails || keepsDetails.has(known.state));
  return isSame ? decideSame(known) : decideOther(known);
}

/**
 * States in which other details make no correction: the org may have the purchase, and it is the same purchase. In the
 * other ones the details are still to be sent, and those that came last are the right ones.
 */
const keepsDetails: ReadonlySet<ItemState> = new Set(['sent', 'parked', 'conflictInOrg', 'doubled']);

/**
 * An old line is read again after a correction has taken its place. Whatever became of the correction, the old content
 * must not take its place in turn: which one is sent would depend on which file is read last.
 */
function decideOverruled({ state }: KnownKey): SameKeyDecision {
  if (state === 'refused') return { is: 'refusedBefore' };
  return { is: waitsForPerson.has(state) ? 'openBefore' : 'superseded' };
}

function decideOtherInRun(known: KnownKey): SameKeyDecision {
  return known.state === 'done' || known.wasSent ? { is: 'conflict' } : decideOther(known);
}

function decideDone({ sameContent, keptOrg }: KnownKey): SameKeyDecision {
  if (sameContent) return { is: 'known' };
  return keptOrg ? { is: 'corrected', lookUp: true } : { is: 'conflict' };
}

function decideSame({ state, code, isOfRun }: KnownKey): SameKeyDecision {
  // Refused by this run itself, before it read the line again: the run reports the item, once.
  if (state !== 'refused' || isOfRun) return { is: 'openBefore' };
  return { is: code === unknownMember ? 'takenUpByItself' : 'refusedBefore' };
}

/** What is ready has certainly not reached the org; anything else is looked up before its correction is sent. */
function decideOther({ state }: KnownKey): SameKeyDecision {
  return { is: 'corrected', lookUp: state !== 'ready' };
}
