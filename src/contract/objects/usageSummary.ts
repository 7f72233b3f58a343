import { crud, nameField, owner } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';
import { guessedKeyPrefix } from './guessedKeyPrefixes.js';

/**
 * A total of metered usage.
 * API 62 and later. The loyalty guides have no page for it. It has only the fields that they refer to, and its first
 * version is assumed.
 */
export const usageSummary: SObjectDefinition = {
  name: 'UsageSummary',
  label: 'Usage Summary',
  labelPlural: 'Usage Summaries',
  keyPrefix: guessedKeyPrefix.UsageSummary,
  since: 62,
  ...crud,
  fields: {
    Name: nameField(),
    OwnerId: owner(),
  },
  children: [{ name: 'UsageSummaries', childObject: 'TransactionJournal', field: 'UsageSummaryId' }],
};
