import { crud, master, nameField, textArea } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';

/**
 * A subtype of member activity.
 * API 51 and later. Loyalty Management Developer Guide, "JournalSubType".
 */
export const journalSubType: SObjectDefinition = {
  name: 'JournalSubType',
  label: 'Journal Subtype',
  labelPlural: 'Journal Subtypes',
  keyPrefix: '0lS',
  since: 51,
  hasFewRecords: true,
  ...crud,
  fields: {
    Description: textArea(1000),
    JournalTypeId: master('JournalType', 'JournalType'),
    Name: nameField(),
  },
  children: [
    { name: 'JournalSubType', childObject: 'TransactionJournal', field: 'JournalSubTypeId' },
    { name: 'JournalSubTypes', childObject: 'LoyaltyProgramJournalType', field: 'JournalSubTypeId' },
    { name: 'LoyaltyProcessesJournalSubType', childObject: 'LoyaltyProgramProcess', field: 'JournalSubTypeId' },
  ],
};
