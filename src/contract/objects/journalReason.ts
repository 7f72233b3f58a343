import { allReadOnly, picklist, textField } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';
import { guessedKeyPrefix } from './guessedKeyPrefixes.js';

/**
 * A view of the JournalReason value set.
 * API 51 and later. Loyalty Management Developer Guide, "JournalReason".
 */
export const journalReason: SObjectDefinition = {
  name: 'JournalReason',
  label: 'Journal Reason',
  labelPlural: 'Journal Reasons',
  keyPrefix: guessedKeyPrefix.JournalReason,
  since: 51,
  searchable: false,
  fields: allReadOnly({
    ApiName: textField(255, { idLookup: true }),
    // A picklist, not a boolean.
    IsActive: picklist(['active', 'inactive', 'deleteInProgress']),
    JournalReasonType: picklist(['AccrualReversal', 'ManualPointsAdjustment', 'RedemptionReversal']),
    MasterLabel: textField(),
  }),
};
