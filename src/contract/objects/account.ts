import {
  checkbox,
  crud,
  currency,
  date,
  email,
  int,
  owner,
  phone,
  picklist,
  reference,
  textField,
  textArea,
  url,
} from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';
import { personContact, requireFieldsOfItsKind } from './personAccount.js';

/**
 * A company, or a person if the org has person accounts.
 * API 10 and later. Object Reference for the Salesforce Platform, "Account": only a selection of its fields.
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
    AccountNumber: textField(40),
    AccountSource: picklist([]),
    AnnualRevenue: currency(),
    BillingCity: textField(40),
    BillingCountry: textField(80),
    BillingPostalCode: textField(20),
    BillingState: textField(80),
    BillingStreet: textArea(255),
    Description: textArea(),
    Fax: phone(),
    FirstName: textField(40),
    Industry: picklist([]),
    IsPersonAccount: checkbox({ readOnly: true }),
    LastName: textField(80),
    // Required for a company, but made by the org for a person account. The store checks this rule, not the definition.
    Name: textField(),
    NumberOfEmployees: int(),
    OwnerId: owner(),
    Ownership: picklist([]),
    ParentId: reference('Account', 'Parent'),
    PersonBirthdate: date(),
    PersonContactId: reference('Contact', 'PersonContact', { readOnly: true }),
    PersonEmail: email(),
    PersonHasOptedOutOfEmail: checkbox(),
    PersonHomePhone: phone(),
    PersonMailingCity: textField(40),
    PersonMailingCountry: textField(80),
    PersonMailingPostalCode: textField(20),
    PersonMailingState: textField(80),
    PersonMailingStreet: textArea(255),
    PersonMobilePhone: phone(),
    PersonTitle: textField(80),
    Phone: phone(),
    Rating: picklist([]),
    RecordTypeId: reference('RecordType', 'RecordType'),
    Salutation: picklist(['Mr.', 'Ms.', 'Mrs.', 'Dr.', 'Prof.', 'Mx.']),
    ShippingCity: textField(40),
    ShippingCountry: textField(80),
    ShippingPostalCode: textField(20),
    ShippingState: textField(80),
    ShippingStreet: textArea(255),
    Site: textField(80),
    TickerSymbol: textField(20),
    Type: picklist([]),
    Website: url(),
  },
  children: [
    { name: 'Acc_LoyaltyPgmGroupMbrRlnsps', childObject: 'LoyaltyPgmGroupMbrRlnsp', field: 'AccountId' },
    { name: 'ChildAccounts', childObject: 'Account', field: 'ParentId' },
    { name: 'Contacts', childObject: 'Contact', field: 'AccountId' },
    { name: 'DigitalPasses', childObject: 'DigitalPass', field: 'PartyId' },
    { name: 'JournalAccount', childObject: 'TransactionJournal', field: 'AccountId' },
    { name: 'LoyaltyProgramMemberAccount', childObject: 'LoyaltyProgramMember', field: 'AccountId' },
    { name: 'LoyaltyProgramPartners', childObject: 'LoyaltyProgramPartner', field: 'LoyaltyPartnerId' },
    { name: 'Orders', childObject: 'Order', field: 'AccountId' },
    { name: 'Participants', childObject: 'GameParticipant', field: 'ParticipantId' },
    { name: 'PartnerAccount', childObject: 'VoucherDefinition', field: 'PartnerAccountId' },
    { name: 'PromotionPartyUsages', childObject: 'PromotionPartyUsage', field: 'PartyId' },
    { name: 'VoucherAccount', childObject: 'Voucher', field: 'AccountId' },
  ],
};
