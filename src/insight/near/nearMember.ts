import { z } from 'zod';
import type { NearContact, NearQuestion, NearReward } from './nearReward.js';

const text = z.string().nullish();
const Value = z.union([z.string(), z.number(), z.boolean(), z.null()]);

/** The member of a row, with the fields that a question asks for. */
export const NearMember = z.object({
  Id: z.string(),
  MembershipNumber: z.string(),
  GroupName: text,
  CanReceivePromotions: z.boolean().nullish(),
  Account: z.object({ Name: text }).nullish(),
  Contact: z.looseObject({ Name: text, Email: text, Phone: text, MobilePhone: text }).nullish(),
});
export type NearMember = z.infer<typeof NearMember>;

/**
 * Returns the fields to select of a member.
 * @param path to the member, such as `LoyaltyMember.`
 */
export function memberFields(path: string, { withContact = false, contactFields = [] }: NearQuestion): string[] {
  const names = ['Id', 'MembershipNumber', 'GroupName', 'Account.Name', 'Contact.Name'];
  const ways = ['CanReceivePromotions', 'Contact.Email', 'Contact.Phone', 'Contact.MobilePhone'];
  const others = contactFields.map((name) => `Contact.${name}`);
  const fields = withContact ? [...names, ...ways, ...others] : names;
  return [...new Set(fields)].map((field) => path + field);
}

/** Returns what a row says of its member. */
export function nearMember(
  member: NearMember,
  { withContact = false, contactFields = [] }: NearQuestion,
): Pick<NearReward, 'memberId' | 'membershipNumber' | 'name' | 'contact'> {
  const { Id, MembershipNumber, Contact, Account, GroupName } = member;
  const name = (Contact?.Name || Account?.Name || GroupName) ?? null;
  const contact = withContact ? { contact: contactOf(member, contactFields) } : {};
  return { memberId: Id, membershipNumber: MembershipNumber, name, ...contact };
}

/** A mobile number comes first, because a message is more likely to reach somebody there. */
function contactOf({ Contact, CanReceivePromotions }: NearMember, names: readonly string[]): NearContact {
  const fields = names.map((name) => [name, Value.catch(null).parse(Contact?.[name] ?? null)] as const);
  return {
    email: Contact?.Email ?? null,
    phone: (Contact?.MobilePhone || Contact?.Phone) ?? null,
    canReceivePromotions: CanReceivePromotions === true,
    fields: Object.fromEntries(fields),
  };
}
