import { Messages } from '@salesforce/core';
import type { LoyaltyClient, MemberRow } from '../client/index.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.shared');

/** The member with this membership number or Id. @throws SfError when the program has none */
export async function findMember(client: LoyaltyClient, program: string, member: string): Promise<MemberRow> {
  const found = await client.members.resolve(program, member);
  if (!found) throw messages.createError('error.unknownMember', [program, member], [program, member]);
  return found;
}
