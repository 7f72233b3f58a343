import { crud } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';
import { caseTable } from './published/caseTable.js';
import { readPublished, withRules } from './published/readPublished.js';

const published = readPublished(caseTable);

/**
 * A customer's case.
 * API 10 and later. Fields as orgs publish them; Object Reference for the Salesforce Platform, "Case".
 */
export const customerCase: SObjectDefinition = {
  name: 'Case',
  label: 'Case',
  labelPlural: 'Cases',
  keyPrefix: '500',
  since: 10,
  ...crud,
  fields: withRules(published.fields, {
    ContactEmail: { calculation: { copyOf: 'Email', behind: 'ContactId' } },
    ContactFax: { calculation: { copyOf: 'Fax', behind: 'ContactId' } },
    ContactMobile: { calculation: { copyOf: 'MobilePhone', behind: 'ContactId' } },
    ContactPhone: { calculation: { copyOf: 'Phone', behind: 'ContactId' } },
    IsClosed: { calculation: { byValueOf: 'Status', values: { Closed: true }, otherwise: false } },
  }),
  children: [
    ...published.children,
    { name: 'CaseRelatedLoyaltyProgramMembers', childObject: 'LoyaltyProgramMemberCase', field: 'CaseId' },
  ],
};
