import { crud, name, owner, picklist, reference, textArea } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';
import { guessedKeyPrefix } from './guessedKeyPrefixes.js';

/**
 * Configured process.
 * API 54 and later. Loyalty Management Developer Guide, "LoyaltyProgramProcess".
 */
export const loyaltyProgramProcess: SObjectDefinition = {
  name: 'LoyaltyProgramProcess',
  label: 'Loyalty Program Process',
  labelPlural: 'Loyalty Program Processes',
  keyPrefix: guessedKeyPrefix.LoyaltyProgramProcess,
  since: 54,
  ...crud,
  fields: {
    Description: textArea(1000),
    ExecutionType: picklist(['RealTime', 'Batch', 'BatchAndRealTime'], { defaultValue: 'RealTime', createOnly: true }),
    JournalSubTypeId: reference('JournalSubType', 'JournalSubType', { createOnly: true }),
    JournalTypeId: reference('JournalType', 'JournalType', { createOnly: true }),
    LoyaltyProgramId: reference('LoyaltyProgram', 'LoyaltyProgram', { required: true, createOnly: true }),
    // The guide lists it as a required `LoyaltyTierGroup` that refers to LoyaltyProgram, a copy of the row above.
    // Describe has the Id field; it cannot be required of a process without tiers.
    LoyaltyTierGroupId: reference('LoyaltyTierGroup', 'LoyaltyTierGroup', { createOnly: true, since: 56 }),
    // Path segment of the program process resource.
    Name: name(),
    OwnerId: owner(),
    // All but TransactionJournal since API 56, OptOutPromotion since API 58.
    ProcessType: picklist(
      [
        'TransactionJournal',
        'TierProcessing',
        'CancelVoucher',
        'CreditPointsToMembers',
        'DebitPointsFromMembers',
        'EnrollInPromotion',
        'GetMemberPromotions',
        'IssueVoucher',
        'UnenrollMember',
        'UpdateMemberDetails',
        'OptOutPromotion',
      ],
      { required: true, createOnly: true },
    ),
    Status: picklist(['Draft', 'Active', 'Inactive'], { defaultValue: 'Draft' }),
  },
  children: [
    {
      name: 'LoyaltyProgramProcessParameters',
      childObject: 'LoyaltyProgramProcessParameter',
      field: 'LoyaltyProgramProcessId',
    },
    { name: 'LoyaltyProgramProcessRules', childObject: 'LoyaltyProgramProcessRule', field: 'LoyaltyProgramProcessId' },
  ],
};
