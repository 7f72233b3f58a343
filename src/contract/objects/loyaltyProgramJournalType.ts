import { crud, reference, textField } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';
import { guessedKeyPrefix } from './guessedKeyPrefixes.js';

/**
 * A journal type that a program uses.
 * API 51 and later. The guide has no page for it. Fields are those in the describe of a real org. Lengths, flags and
 * the first version are assumed. Setup uses it.
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
    Name: textField(),
  },
};
