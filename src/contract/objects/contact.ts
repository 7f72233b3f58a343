import { checkbox, crud, date, email, owner, phone, picklist, reference, textField, textArea } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';
import { accountOfPerson, requireNoPerson, requireOwnAccount } from './personAccount.js';

/**
 * A person who works for a company or who belongs to a person account.
 * API 10 and later. Object Reference for the Salesforce Platform, "Contact": only a selection of its fields.
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
    AccountId: reference('Account', 'Account', { onParentDelete: 'cascade' }),
    Birthdate: date(),
    Department: textField(80),
    Description: textArea(),
    Email: email({ idLookup: true }),
    Fax: phone(),
    FirstName: textField(40),
    HasOptedOutOfEmail: checkbox(),
    HomePhone: phone(),
    IsPersonAccount: checkbox({ readOnly: true }),
    LastName: textField(80, { required: true }),
    LeadSource: picklist([]),
    MailingCity: textField(40),
    MailingCountry: textField(80),
    MailingPostalCode: textField(20),
    MailingState: textField(80),
    MailingStreet: textArea(255),
    MobilePhone: phone(),
    // FirstName and LastName, joined.
    Name: textField(121, { calculated: { joined: ['FirstName', 'LastName'] } }),
    OtherCity: textField(40),
    OtherCountry: textField(80),
    OtherPostalCode: textField(20),
    OtherState: textField(80),
    OtherStreet: textArea(255),
    OwnerId: owner(),
    Phone: phone(),
    RecordTypeId: reference('RecordType', 'RecordType'),
    ReportsToId: reference('Contact', 'ReportsTo'),
    Salutation: picklist(['Mr.', 'Ms.', 'Mrs.', 'Dr.', 'Prof.', 'Mx.']),
    Title: textField(128),
  },
  children: [
    { name: 'Con_LoyaltyPgmGroupMbrRlnsps', childObject: 'LoyaltyPgmGroupMbrRlnsp', field: 'ContactId' },
    { name: 'DigitalPasses', childObject: 'DigitalPass', field: 'PartyId' },
    { name: 'LoyaltyProgramMemberContact', childObject: 'LoyaltyProgramMember', field: 'ContactId' },
    { name: 'Participants', childObject: 'GameParticipant', field: 'ParticipantId' },
    { name: 'PromotionPartyUsages', childObject: 'PromotionPartyUsage', field: 'PartyId' },
    { name: 'VoucherContact', childObject: 'Voucher', field: 'ContactId' },
  ],
};
