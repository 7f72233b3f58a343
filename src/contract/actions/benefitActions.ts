import { action } from '../action.js';
import { recordId, textList } from '../parameter.js';

/** Guide: "Assign Member Tier Benefits". Gives a member the benefits of its tiers. Flows call it by this name. */
export const assignTierBenefits = action({
  name: 'assignTierBenefits',
  aliases: ['assignMemberTierBenefits'],
  label: 'Assign Member Tier Benefits',
  since: 51,
  inputs: { LoyaltyProgramMemberId: recordId },
  outputs: { MemberBenefits: textList },
});

/** Guide: "Process Member Benefit Action". Runs the flow of a benefit for a member. It answers nothing. */
export const executeMemberBenefit = action({
  name: 'executeMemberBenefit',
  aliases: ['processMemberBenefitAction'],
  label: 'Process Member Benefit Action',
  since: 51,
  inputs: { MemberBenefitId: recordId },
  outputs: {},
});
