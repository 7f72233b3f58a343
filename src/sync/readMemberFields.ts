import type { LoyaltyClient } from '../client/index.js';
import type { MemberFields } from '../feed/index.js';

/** Reads the fields that this org and this user have for a member and the person behind it. */
export async function readMemberFields({ sobjects }: Pick<LoyaltyClient, 'sobjects'>): Promise<MemberFields> {
  const [member, account] = await Promise.all([
    sobjects.describe('LoyaltyProgramMember'),
    sobjects.describe('Account'),
  ]);
  return { member, account };
}
