import { z } from 'zod';
import type { QueryResource } from './queryResource.js';
import { soqlText } from './soql.js';

const AdvocateRow = z.object({
  Id: z.string(),
  MembershipNumber: z.string(),
  ContactId: z.string().nullable(),
  AccountId: z.string().nullable(),
  ReferralCode: z.string().nullable(),
});
export type AdvocateRow = z.infer<typeof AdvocateRow>;

/** The members of a program that fit one of these conditions, as somebody who refers friends. */
export async function readAdvocates(
  query: QueryResource,
  program: string,
  conditions: readonly string[],
): Promise<AdvocateRow[]> {
  const fields = Object.keys(AdvocateRow.shape).join(', ');
  const from = `FROM LoyaltyProgramMember WHERE Program.Name = ${soqlText(program)}`;
  return query.rowsOfAll(
    conditions.map((condition) => `SELECT ${fields} ${from} AND ${condition}`),
    AdvocateRow,
  );
}

/** The Ids by which a referral can name its referrer: the contact, the account, or the member. */
export function partiesOf({ Id, ContactId, AccountId }: AdvocateRow): string[] {
  return [ContactId, AccountId, Id].filter((id) => id !== null);
}
