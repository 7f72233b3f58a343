import { action } from '../action.js';
import { recordId } from '../parameter.js';

/** Guide: "Generate Member Referral Code". Replaces an existing code, so each call gives another one. It answers nothing. */
export const generateMemberReferralCode = action({
  name: 'generateMemberReferralCode',
  label: 'Generate Member Referral Code',
  since: 57,
  inputs: { LoyaltyProgramMemberId: recordId },
  outputs: {},
});
