import { isOfOrg } from './failures/isPassing.js';
import { verdict } from './failures/verdict.js';
import type { LoyaltyClient } from './loyaltyClient.js';

/** Status of a membership that has ended. */
export const endedStatus = 'Inactive';

/** A membership as it was before the call that is to end it. */
export interface MembershipToEnd {
  readonly program: string;
  readonly memberId: string;
  readonly before: string | null;
}

/**
 * What is known after the call.
 *
 * - `unenrolled`: the org said that it did it, and the status shows it.
 * - `unchanged`: the org said that it did it, but the status is the same as before.
 * - `unchecked`: the org said that it did it, but the member could not be read afterwards.
 * - `unclear`: the status has changed, by this call or by another sender.
 * - `unknown`: the answer was lost, and the status has not changed, or could not be read.
 */
export interface MembershipEnding {
  readonly status: 'unenrolled' | 'unchanged' | 'unchecked' | 'unclear' | 'unknown';
  /** Null if the member could not be read. */
  readonly after: string | null;
  /** Why the answer is missing. */
  readonly error?: { readonly code: string; readonly message: string };
}

/**
 * Ends a membership and reads its status afterwards: a process without an active rule succeeds and changes nothing, and
 * after a lost answer another sender can have changed the status as well.
 *
 * @param send makes the call; `memberId` is null if the answer names no member
 */
export async function endMembership(
  client: LoyaltyClient,
  membership: MembershipToEnd,
  send: () => Promise<{ readonly memberId: string | null }>,
): Promise<MembershipEnding> {
  const { before } = membership;
  const answer = await send().catch(lostAnswer);
  const after = await statusNow(client, membership);
  if ('error' in answer)
    return { status: after === null || after === before ? 'unknown' : 'unclear', after, error: answer.error };
  if (after === null) return { status: 'unchecked', after };
  if (after === before) return { status: 'unchanged', after };
  // A process of the org can set a status of the org's own.
  const isEnded = after === endedStatus || (answer.memberId !== null && after !== 'Active');
  return { status: isEnded ? 'unenrolled' : 'unclear', after };
}

function lostAnswer(error: unknown): Required<Pick<MembershipEnding, 'error'>> {
  const { kind, code, reason } = verdict(error);
  if (!(error instanceof Error) || !isOfOrg(error) || kind !== 'unknown') throw error;
  return { error: { code: code ?? 'UNKNOWN', message: error.message || reason } };
}

/** Null if the member cannot be read. */
async function statusNow(client: LoyaltyClient, { program, memberId }: MembershipToEnd): Promise<string | null> {
  try {
    return (await client.members.resolve(program, memberId))?.MemberStatus ?? null;
  } catch {
    return null;
  }
}
