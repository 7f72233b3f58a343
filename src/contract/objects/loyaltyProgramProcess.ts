import { crud, nameField, owner, picklist, reference, textArea } from '../fields.js';
import type { FindRecords, RecordValues, SaveRefusal, SObjectDefinition } from '../sobject.js';
import { guessedKeyPrefix } from './guessedKeyPrefixes.js';

/**
 * A configured process of a program.
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
    // The guide lists a required `LoyaltyTierGroup` that refers to LoyaltyProgram, which is a copy of the row above.
    // Describe has the Id field. It cannot be required, because a process may have no tiers.
    LoyaltyTierGroupId: reference('LoyaltyTierGroup', 'LoyaltyTierGroup', { createOnly: true, since: 56 }),
    // Path segment of the program process resource.
    Name: nameField(),
    OwnerId: owner(),
    // All types except TransactionJournal exist since API 56, and OptOutPromotion since API 58.
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
 * In a program, only one process can have a given journal type and subtype (Help, "Loyalty Program Process"). The error
 * is not published. It is assumed that Draft and Inactive processes do not count.
 */
function requireOnlyProcessOfItsKind(process: RecordValues, find: FindRecords): SaveRefusal | undefined {
  const { Id, ProcessType, Status, LoyaltyProgramId, JournalTypeId = null, JournalSubTypeId = null } = process;
  if (ProcessType !== 'TransactionJournal' || Status !== 'Active' || JournalTypeId === null) return undefined;
  const kind = { ProcessType, Status, LoyaltyProgramId: LoyaltyProgramId ?? null, JournalTypeId, JournalSubTypeId };
  const other = find('LoyaltyProgramProcess', kind).find((each) => each['Id'] !== Id);
  if (!other) return undefined;
  return {
    errorCode: 'FIELD_INTEGRITY_EXCEPTION',
    message: `The active process ${String(other['Name'])} already has this journal type and subtype: deactivate that process first`,
    fields: ['JournalTypeId', 'JournalSubTypeId'],
  };
}
