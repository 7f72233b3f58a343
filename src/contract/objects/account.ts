import { checkbox, crud, picklist, reference, textField } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';
import { personContact, requireFieldsOfItsKind, salutations } from './personAccount.js';
import { accountTable } from './published/accountTable.js';
import { readPublished } from './published/readPublished.js';

const published = readPublished(accountTable);

/**
 * A company, or a person if the org has person accounts.
 * API 10 and later. Fields as orgs publish them; Object Reference for the Salesforce Platform, "Account".
 *
 * A person account requires a LastName, and its Name is made from FirstName and LastName. The Person… fields mirror the
 * contact in PersonContactId. An account is a person account if its record type says so or if a LastName is given.
 *
 * Children that belong to the contact of a person account (such as PersonVoucherContact) are left out. They can be
 * queried from the contact.
 */
export const account: SObjectDefinition = {
  name: 'Account',
  label: 'Account',
  labelPlural: 'Accounts',
  keyPrefix: '001',
  since: 10,
  ...crud,
  twin: personContact,
  saveRule: requireFieldsOfItsKind,
  fields: {
    ...published.fields,
    FirstName: { ...textField(40), partOf: 'Name' },
    IsPersonAccount: checkbox({ readOnly: true }),
    LastName: { ...textField(80), partOf: 'Name' },
    // Required for a company, but made by the org for a person account.
    Name: { ...textField(), label: 'Account Name', partOf: 'Name', requiredUnless: 'LastName' },
    PersonContactId: reference('Contact', 'PersonContact', { readOnly: true }),
    Salutation: { ...picklist(salutations, { length: 40 }), partOf: 'Name' },
  },
  children: [
    ...published.children,
    { name: 'Acc_LoyaltyPgmGroupMbrRlnsps', childObject: 'LoyaltyPgmGroupMbrRlnsp', field: 'AccountId' },
    { name: 'DigitalPasses', childObject: 'DigitalPass', field: 'PartyId' },
    { name: 'JournalAccount', childObject: 'TransactionJournal', field: 'AccountId' },
    { name: 'LoyaltyProgramMemberAccount', childObject: 'LoyaltyProgramMember', field: 'AccountId' },
    { name: 'LoyaltyProgramPartners', childObject: 'LoyaltyProgramPartner', field: 'LoyaltyPartnerId' },
    { name: 'Participants', childObject: 'GameParticipant', field: 'ParticipantId' },
    { name: 'PartnerAccount', childObject: 'VoucherDefinition', field: 'PartnerAccountId' },
    { name: 'PromotionPartyUsages', childObject: 'PromotionPartyUsage', field: 'PartyId' },
    { name: 'VoucherAccount', childObject: 'Voucher', field: 'AccountId' },
  ],
};
