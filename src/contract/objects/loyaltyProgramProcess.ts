import { crud, name, owner, picklist, reference, textArea } from '../fields.js';
import type { FindRecords, RecordValues, SaveRefusal, SObjectDefinition } from '../sobject.js';
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
  saveRule: requireOnlyProcessOfItsKind,
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

/**
 * In a program a combination of journal type and subtype belongs to one process only (Help, "Loyalty Program Process").
 * The error is unpublished; that Draft and Inactive processes do not count is assumed.
 */
function requireOnlyProcessOfItsKind(process: RecordValues, find: FindRecords): SaveRefusal | undefined {
  const { Id, ProcessType, Status, LoyaltyProgramId, JournalTypeId = null, JournalSubTypeId = null } = process;
  if (ProcessType !== 'TransactionJournal' || Status !== 'Active' || JournalTypeId === null) return undefined;
  const kind = { ProcessType, Status, LoyaltyProgramId: LoyaltyProgramId ?? null, JournalTypeId, JournalSubTypeId };
  const other = find('LoyaltyProgramProcess', kind).find((each) => each['Id'] !== Id);
  if (!other) return undefined;
  return {
    errorCode: 'FIELD_INTEGRITY_EXCEPTION',
    message: `The active process ${String(other['Name'])} has this journal type and subtype already: deactivate it first`,
    fields: ['JournalTypeId', 'JournalSubTypeId'],
  };
}
