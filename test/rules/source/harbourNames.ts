import type { ObjectNames, ProgramNames } from '../../../src/rules/index.js';

const object = (fields: string, parents: Readonly<Record<string, string>> = {}): ObjectNames => ({
  fields: fields.split(' '),
  parents: new Map(Object.entries(parents)),
});

/** All that the rules of Harbour Rewards refer to. */
export const harbourNames: ProgramNames = {
  badges: ['Regular'],
  currencies: ['Harbour Points', 'Crew Points'],
  decisionTables: ['Drink_Multiplier'],
  engagementAttributes: ['Balance', 'Cups', 'Pier Visits'],
  flows: ['Get_Order_Points', 'Make_Voucher_Code'],
  promotions: ['Double Points Weekend', 'Ten Cups'],
  tierGroups: ['Crew'],
  tiers: ['Bronze', 'Silver', 'Gold'],
  voucherDefinitions: ['Free Drink'],
  journalTypes: new Map([
    ['Accrual', ['Purchase', 'Return', 'Partner']],
    ['Redemption', []],
    ['Points Expiration', []],
  ]),
  objects: new Map([
    [
      'TransactionJournal',
      object('ActivityDate Brand Channel Comment MemberId Order_ID__c TransactionAmount VoucherCode', {
        Member: 'LoyaltyProgramMember',
        Product: 'Product2',
        Partner: 'LoyaltyProgramPartner',
      }),
    ],
    [
      'LoyaltyProgramMember',
      object('LastActivityDate MemberStatus Nickname__c Status_Points__c', { Contact: 'Contact' }),
    ],
    ['Contact', object('Birthdate Email FirstName')],
    ['Product2', object('Name ProductCode')],
    ['Drink_Multiplier__c', object('Factor__c')],
    ['Return_Note__c', object('Member__c Text__c')],
  ]),
};
