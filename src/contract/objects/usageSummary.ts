import { crud, name, owner } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';
import { guessedKeyPrefix } from './guessedKeyPrefixes.js';

/**
 * A sum of metered use.
 * API 62 and later. No page in the loyalty guides: only what they refer to, first version assumed.
 */
export const usageSummary: SObjectDefinition = {
  name: 'UsageSummary',
  label: 'Usage Summary',
  labelPlural: 'Usage Summaries',
  keyPrefix: guessedKeyPrefix.UsageSummary,
  since: 62,
  ...crud,
  fields: {
    Name: name(),
    OwnerId: owner(),
  },
  children: [{ name: 'UsageSummaries', childObject: 'TransactionJournal', field: 'UsageSummaryId' }],
};
