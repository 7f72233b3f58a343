import { inLists, soqlText } from '../../client/index.js';
import type { LoyaltyClient } from '../../client/index.js';
import { inBatches } from '../batches.js';
import { memberFields, nearMember, NearMember } from '../near/nearMember.js';
import type { NearContact } from '../near/nearReward.js';
import type { SegmentMember } from './segmentMembers.js';

/** A member of a segment, and how to reach them. */
export interface ContactedMember extends SegmentMember {
  readonly name: string | null;
  /** Absent for a member whom the org no longer has. */
  readonly contact?: NearContact | undefined;
}

export interface ContactQuestion {
  readonly programId: string;
  /** Names of further fields of the Contact. */
  readonly contactFields: readonly string[];
}

/** Members whose contacts are asked for together. */
const atOnce = 400;

/**
 * Reads names, e-mail and phone of members from the org, where alone they are stored.
 * @throws {RangeError} for a name that no field of a contact can have
 * @throws {LoyaltyApiError} also for a field that the org does not have or the user may not read
 */
export async function* segmentContacts(
  client: LoyaltyClient,
  members: Iterable<SegmentMember>,
  { programId, contactFields }: ContactQuestion,
): AsyncGenerator<ContactedMember, void, void> {
  const question = { near: 0, withContact: true, contactFields };
  const select = `SELECT ${memberFields('', question).join(', ')} FROM LoyaltyProgramMember`;
  for await (const batch of inBatches(members, atOnce)) {
    const found = new Map<string, Pick<ContactedMember, 'name' | 'contact'>>();
    for (const list of inLists(batch.map(({ memberId }) => memberId))) {
      const soql = `${select} WHERE ProgramId = ${soqlText(programId)} AND Id IN ${list}`;
      for (const row of await client.query.allRows(soql, NearMember)) found.set(row.Id, nearMember(row, question));
    }
    for (const member of batch) {
      const { name = null, contact } = found.get(member.memberId) ?? {};
      yield { ...member, name, contact };
    }
  }
}
