import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import type { LoyaltyClient } from '../client/index.js';
import { memberFlag } from './commonFlags.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.customers');

export const contactFlag = Flags.custom({
  summary: messages.getMessage('flags.contact.summary'),
  parse: async (input) => parseId(input, 'error.contact', /^003[A-Za-z0-9]{12}(?:[A-Za-z0-9]{3})?$/),
});

const exactlyOne = ['member', 'contact', 'account'];

/** Of a member, or of somebody who is none. */
export const customerFlags = {
  member: memberFlag({ exactlyOne }),
  contact: contactFlag({ exactlyOne }),
  account: Flags.string({
    summary: messages.getMessage('flags.account.summary'),
    exactlyOne,
    parse: async (input) => parseId(input, 'error.account', /^001[A-Za-z0-9]{12}(?:[A-Za-z0-9]{3})?$/),
  }),
};

export interface GivenCustomer {
  readonly member: string | undefined;
  readonly contact: string | undefined;
  readonly account: string | undefined;
}

interface Customer {
  /** Id of the member, the contact or the account. */
  readonly customerId: string;
  /** Membership number; null for somebody who is not named as a member. */
  readonly member: string | null;
}

/** @throws {UnknownMemberError} */
export async function customerOf(
  { members }: Pick<LoyaltyClient, 'members'>,
  program: string,
  { member: wanted, contact, account }: GivenCustomer,
): Promise<Customer> {
  if (wanted === undefined) return { customerId: contact ?? account ?? '', member: null };
  const { Id: customerId, MembershipNumber: member } = await members.get(program, wanted);
  return { customerId, member };
}

/** @throws {SfError} */
function parseId(input: string, error: string, form: RegExp): string {
  if (!form.test(input)) throw messages.createError(error, [input]);
  return input;
}
