import { z } from 'zod';
import type { LoyaltyClient } from './loyaltyClient.js';
import { inLists } from './query/soql.js';

const Named = z.object({ Name: z.string().nullable() }).nullable();
const NameRow = z.object({ Id: z.string(), Contact: Named, Account: Named, GroupName: z.string().nullable() });

/**
 * Returns the names of members by Id: of the person, the company or the group. Members without a name, and those that do
 * not exist, are not in it.
 *
 * @param memberIds `0lM…` Ids with 18 characters
 * @throws {LoyaltyApiError} also if the user may not read contacts or accounts
 */
export async function readMemberNames(
  { query }: LoyaltyClient,
  memberIds: Iterable<string>,
): Promise<Map<string, string>> {
  const names = new Map<string, string>();
  for (const list of inLists(memberIds)) {
    const soql = `SELECT Id, Contact.Name, Account.Name, GroupName FROM LoyaltyProgramMember WHERE Id IN ${list}`;
    for await (const { Id, Contact, Account, GroupName } of query.rows(soql, NameRow)) {
      const name = Contact?.Name || Account?.Name || GroupName;
      if (name) names.set(Id, name);
    }
  }
  return names;
}
