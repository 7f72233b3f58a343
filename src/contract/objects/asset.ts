import { crud, owner, reference, textField } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';

/**
 * A product that a customer owns.
 * API 10 and later. Object Reference for the Salesforce Platform, "Asset": only a selection of its fields.
 */
export const asset: SObjectDefinition = {
  name: 'Asset',
  label: 'Asset',
  labelPlural: 'Assets',
  keyPrefix: '02i',
  since: 10,
  ...crud,
  fields: {
    AccountId: reference('Account', 'Account', { onParentDelete: 'cascade' }),
    ContactId: reference('Contact', 'Contact', { onParentDelete: 'cascade' }),
    Name: textField(255, { required: true }),
    OwnerId: owner(),
    Product2Id: reference('Product2', 'Product2'),
    SerialNumber: textField(80),
  },
  children: [{ name: 'JournalReferenceRecord', childObject: 'TransactionJournal', field: 'ReferenceRecordId' }],
};
