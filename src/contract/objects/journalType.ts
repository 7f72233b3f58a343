import { crud, nameField, owner, picklist, textArea } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';

/**
 * A type of member activity.
 * API 51 and later. Loyalty Management Developer Guide, "JournalType".
 *
 * Types belong to the org, not to a program. Accrual and Redemption are assumed to exist in every org.
 */
export const journalType: SObjectDefinition = {
  name: 'JournalType',
  label: 'Journal Type',
  labelPlural: 'Journal Types',
  keyPrefix: '0lE',
  since: 51,
  hasFewRecords: true,
  ...crud,
  fields: {
    Description: textArea(1000),
    Name: nameField(),
    OwnerId: owner(),
    ProcessType: picklist(['Loyalty', 'Referral'], { defaultValue: 'Loyalty' }),
  },
  children: [
    { name: 'JournalSubTypes', childObject: 'JournalSubType', field: 'JournalTypeId' },
    { name: 'JournalType', childObject: 'TransactionJournal', field: 'JournalTypeId' },
    { name: 'JournalTypes', childObject: 'LoyaltyProgramJournalType', field: 'JournalTypeId' },
    { name: 'JournalTypeTemplates', childObject: 'PromotionRuleTemplate', field: 'JournalTypeId' },
    { name: 'LoyaltyProcessesJournalType', childObject: 'LoyaltyProgramProcess', field: 'JournalTypeId' },
  ],
};
