import { crud, reference, text } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';
import { guessedKeyPrefix } from './guessedKeyPrefixes.js';

/**
 * Which journal types a program uses.
 * API 51 and later. No page in the guide: fields as in the describe of a real org, lengths, flags and first version
 * assumed. Used by Setup.
 */
export const loyaltyProgramJournalType: SObjectDefinition = {
  name: 'LoyaltyProgramJournalType',
  label: 'Loyalty Program Journal Type',
  labelPlural: 'Loyalty Program Journal Types',
  keyPrefix: guessedKeyPrefix.LoyaltyProgramJournalType,
  since: 51,
  ...crud,
  fields: {
    JournalSubTypeId: reference('JournalSubType', 'JournalSubType'),
    JournalTypeId: reference('JournalType', 'JournalType'),
    LoyaltyProgramId: reference('LoyaltyProgram', 'LoyaltyProgram', { required: true, createOnly: true }),
    Name: text(),
  },
};
