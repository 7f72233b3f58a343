import { isSameId } from '../../base/sameId.js';
import { LoyaltyApiError } from '../../client/index.js';
import type { JournalRow, LoyaltyClient } from '../../client/index.js';

/** Returns the journals with this number, without amounts and types if this user cannot see them. */
export async function journalsNumbered(client: LoyaltyClient, number: string): Promise<JournalRow[]> {
  try {
    return await client.journals.findByExternalNumbers([number], ['TransactionAmount', 'JournalType.Name']);
  } catch (error) {
    if (!(error instanceof LoyaltyApiError) || error.errorCode !== 'INVALID_FIELD') throw error;
    return client.journals.findByExternalNumbers([number]);
  }
}

/**
 * Returns a function that tells whether a journal is of the wanted member and program. A journal that names neither
 * counts as one of them.
 *
 * @param member membership number
 */
export async function journalOwnership(
  client: LoyaltyClient,
  { program, member }: { readonly program: string; readonly member: string },
): Promise<(journal: JournalRow) => boolean> {
  const [owner, { Id: programId }] = await Promise.all([
    client.members.resolve(program, member),
    client.programs.get(program),
  ]);
  return ({ MemberId, LoyaltyProgramId }) =>
    (MemberId === null || isSameId(MemberId, owner?.Id)) &&
    (LoyaltyProgramId === null || isSameId(LoyaltyProgramId, programId));
}

/** Says what the org has under a key, for the message of a conflict. */
export function journalInWords({ Id, MemberId, LoyaltyProgramId, Status, TransactionAmount }: JournalRow): string {
  const amount = typeof TransactionAmount === 'number' ? `, for ${TransactionAmount}` : '';
  const owner = `member ${MemberId ?? '(none)'} in program ${LoyaltyProgramId ?? '(none)'}`;
  return `the journal ${Id} of ${owner}${amount} (${Status ?? 'no status'})`;
}
