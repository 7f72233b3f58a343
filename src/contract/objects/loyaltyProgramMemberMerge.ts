import { autoNumber, base64, crud, int, owner, picklist, reference, textField } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';
import { guessedKeyPrefix } from './guessedKeyPrefixes.js';

/**
 * A merge of two memberships.
 * API 56 and later. Loyalty Management Developer Guide, "LoyaltyProgramMemberMerge".
 */
export const loyaltyProgramMemberMerge: SObjectDefinition = {
  name: 'LoyaltyProgramMemberMerge',
  label: 'Loyalty Program Member Merge',
  labelPlural: 'Loyalty Program Member Merges',
  keyPrefix: guessedKeyPrefix.LoyaltyProgramMemberMerge,
  since: 56,
  ...crud,
  searchable: false,
  fields: {
    Name: autoNumber(),
    OwnerId: owner(),
    Reason: textField(255, { required: true }),
    SourceMemberId: reference('LoyaltyProgramMember', 'SourceMember', { required: true }),
    SrcMbrDataBody: base64({ unfilterable: true }),
    // MIME type.
    SrcMbrDataContentType: picklist([]),
    SrcMbrDataLength: int({ readOnly: true }),
    SrcMbrDataName: textField(40),
    Status: picklist(['Merged', 'Unmerged'], { required: true }),
    TargetMemberId: reference('LoyaltyProgramMember', 'TargetMember', { required: true }),
  },
};
