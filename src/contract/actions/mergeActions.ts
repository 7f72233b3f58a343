import { action } from '../action.js';
import { flagOrText, optional, recordId, textParameter } from '../parameter.js';

/**
 * Guide: "Merge Loyalty Program Membership". Both memberships are active and of one program. Journals and points move to
 * the target, and the source becomes Merged. It answers nothing.
 */
export const mergeLoyaltyProgramMembership = action({
  name: 'mergeLoyaltyProgramMembership',
  label: 'Merge Loyalty Program Membership',
  since: 56,
  inputs: {
    sourceLoyaltyProgramMemberId: recordId,
    targetLoyaltyProgramMemberId: recordId,
    reasonForMergingMemberships: textParameter,
    shouldTransferVouchers: optional(flagOrText),
    shouldSetHigherCurrentTierForTargetMember: optional(flagOrText),
  },
  outputs: {},
});

/** Guide: "Unmerge Loyalty Program Membership". Undoes the merge of a membership that is Merged. It answers nothing. */
export const unmergeLoyaltyProgramMembership = action({
  name: 'unmergeLoyaltyProgramMembership',
  label: 'Unmerge Loyalty Program Membership',
  since: 56,
  inputs: { mergedLoyaltyProgramMemberId: recordId },
  outputs: {},
});
