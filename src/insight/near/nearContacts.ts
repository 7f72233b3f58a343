import { inLists, soqlText } from '../../client/index.js';
import type { LoyaltyClient } from '../../client/index.js';
import { inBatches, membersAtOnce } from '../batches.js';
import { memberFields, nearMember, NearMember } from './nearMember.js';
import type { NearContact, NearQuestion } from './nearReward.js';

/** Who a member is. */
export interface NamedMember {
  readonly name: string | null;
  /** Only if asked for, and absent for a member whom the org no longer has. */
  readonly contact?: NearContact | undefined;
}

export interface ContactQuestion extends Pick<NearQuestion, 'withContact' | 'contactFields'> {
  readonly programId: string;
}

/**
 * Reads names, and contacts if asked for, of members from the org, where alone they are stored. Memory holds one batch.
 * @throws {RangeError} for a name that no field of a contact can have
 * @throws {LoyaltyApiError} also for a field that the org does not have or the user may not read
 */
export async function* withNames<T extends { readonly memberId: string }>(
  client: LoyaltyClient,
  members: Iterable<T>,
  { programId, ...asked }: ContactQuestion,
): AsyncGenerator<T & NamedMember, void, void> {
  const question = { near: 0, ...asked };
  const select = `SELECT ${memberFields('', question).join(', ')} FROM LoyaltyProgramMember`;
  for await (const batch of inBatches(members, membersAtOnce)) {
    const found = new Map<string, NamedMember>();
    for (const list of inLists(batch.map(({ memberId }) => memberId))) {
      const soql = `${select} WHERE ProgramId = ${soqlText(programId)} AND Id IN ${list}`;
      for (const row of await client.query.allRows(soql, NearMember)) found.set(row.Id, nearMember(row, question));
    }
    for (const member of batch) {
      const { name = null, contact } = found.get(member.memberId) ?? {};
      yield { ...member, name, ...(contact && { contact }) };
    }
  }
}
