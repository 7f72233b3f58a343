import { benefitEndpoints } from '../../../contract/endpoints/benefitEndpoints.js';
import { notFound, refused } from '../../orgRefusal.js';
import { isId, to18 } from '../../store/ids/recordIds.js';
import type { Store } from '../../store/store.js';
import { serve } from '../serve.js';
import { memberBenefit } from './benefitAnswer.js';

const ofMember = serve(benefitEndpoints.ofMember, (_loyalty, { params, version, writing: { store } }) => {
  requireMember(store, params.memberId);
  const rows = store.find('MemberBenefit', { MemberId: to18(params.memberId) });
  return { memberBenefits: rows.map((row) => memberBenefit(store, row, version)) };
});

export const benefitHandlers = [ofMember];

/** @throws {OrgRefusal} 400 MALFORMED_ID, 404 for an unknown member: both inferred */
function requireMember(store: Store, memberId: string): void {
  if (!isId(memberId) || store.model.typeOfId(memberId)?.name !== 'LoyaltyProgramMember') {
    throw refused('MALFORMED_ID', `Member ID: id value of incorrect type: ${memberId}`);
  }
  if (!store.get('LoyaltyProgramMember', to18(memberId))) throw notFound(`The member ${memberId} does not exist.`);
}
