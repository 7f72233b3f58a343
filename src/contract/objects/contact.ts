import { checkbox, crud } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';
import { accountOfPerson, requireNoPerson, requireOwnAccount, salutations } from './personAccount.js';
import { contactTable } from './published/contactTable.js';
import { readPublished, withRules } from './published/readPublished.js';

const published = readPublished(contactTable);

/**
 * A person who works for a company or who belongs to a person account.
 * API 10 and later. Fields as orgs publish them; Object Reference for the Salesforce Platform, "Contact".
 */
export const contact: SObjectDefinition = {
  name: 'Contact',
  label: 'Contact',
  labelPlural: 'Contacts',
  keyPrefix: '003',
  since: 10,
  ...crud,
  twin: accountOfPerson,
  saveRule: requireOwnAccount,
  deleteRule: requireNoPerson,
  fields: {
    ...withRules(published.fields, {
      Name: { calculation: { joined: ['FirstName', 'LastName'] } },
      Salutation: { values: salutations },
    }),
    IsPersonAccount: checkbox({ readOnly: true }),
  },
  children: [
    ...published.children,
    { name: 'Con_LoyaltyPgmGroupMbrRlnsps', childObject: 'LoyaltyPgmGroupMbrRlnsp', field: 'ContactId' },
    { name: 'DigitalPasses', childObject: 'DigitalPass', field: 'PartyId' },
    { name: 'LoyaltyProgramMemberContact', childObject: 'LoyaltyProgramMember', field: 'ContactId' },
    { name: 'Participants', childObject: 'GameParticipant', field: 'ParticipantId' },
    { name: 'PromotionPartyUsages', childObject: 'PromotionPartyUsage', field: 'PartyId' },
    { name: 'VoucherContact', childObject: 'Voucher', field: 'ContactId' },
  ],
};
