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
 * @throws {RangeError} for a name that no field of a contact can have, or that a row has already
 */
export function memberFields(path: string, { withContact = false, contactFields = [] }: NearQuestion): string[] {
  const names = ['Id', 'MembershipNumber', 'GroupName', 'Account.Name', 'Contact.Name'];
  const ways = ['CanReceivePromotions', 'Contact.Email', 'Contact.Phone', 'Contact.MobilePhone'];
  const others = contactFields.map((name) => `Contact.${fieldName(name)}`);
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
  // The org answers with its own spelling of a field, whatever the query's.
  const values = new Map(Object.entries(Contact ?? {}).map(([name, value]) => [name.toLowerCase(), value]));
  const fields = names.map((name) => [name, Value.parse(values.get(name.toLowerCase()) ?? null)] as const);
  return {
    email: Contact?.Email ?? null,
    phone: (Contact?.MobilePhone || Contact?.Phone) ?? null,
    canReceivePromotions: CanReceivePromotions === true,
    fields: Object.fromEntries(fields),
  };
}

/** @throws {RangeError} for a name that no field of a contact can have, or that a row has already */
export function requireContactFields(names: readonly string[]): void {
  for (const name of names) fieldName(name);
}

/** Every column of a row begins with a small letter, so a name that begins with a capital is new. */
function fieldName(name: string): string {
  if (/^[A-Z]\w*$/.test(name)) return name;
  throw new RangeError(`"${name}" is not the name of a field of the contact, such as Language__c.`);
}
