import { generateMemberReferralCode } from '../../../contract/actions/referralActions.js';
import { generatedCode } from '../../store/values/generatedCode.js';
import { textOrNull } from '../rowValues.js';
import { serveAction } from './servedAction.js';

/** As long as the code of a new member. */
const length = 8;

/** Each code is made from the one before it. */
export const renewReferralCode = serveAction(generateMemberReferralCode, (_loyalty, { writing, inputs }) => {
  const { store, userId } = writing;
  const member = inputs.record('LoyaltyProgramMemberId', store, 'LoyaltyProgramMember');
  const ReferralCode = generatedCode(`${member.Id}/${textOrNull(member, 'ReferralCode') ?? ''}`, length);
  store.update('LoyaltyProgramMember', member.Id, { ReferralCode }, { as: 'org', userId });
  return {};
});
