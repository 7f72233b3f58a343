import { trailEndpoints } from '../../../contract/endpoints/trailEndpoints.js';
import { notFound } from '../../orgRefusal.js';
import { isId } from '../../store/ids/recordIds.js';
import type { Store } from '../../store/store.js';
import type { SObjectRow } from '../../store/tables/objectTable.js';
import { serve } from '../serve.js';
import { trailAnswer, trailAttributes } from './trailAnswer.js';
import { invalidInput } from '../invalidInput.js';

/** 404 for whatever there is not: clients take it for "no trail". */
const ofMember = serve(trailEndpoints.ofMember, (loyalty, { program, params, query, writing: { store } }) => {
  const member = loyalty.members.numbered(program.id, params.membershipNumber);
  if (!member) throw notFound(`The member ${params.membershipNumber} does not exist in the loyalty program.`);
  const promotionId = query.promotionId ?? query.$promotionId;
  if (promotionId === undefined) throw invalidInput('Give promotionId.');
  const promotion = promotionOf(store, program.id, promotionId);
  const standing = { memberId: member.id, today: loyalty.today() };
  const attributes = promotion ? trailAttributes(store, promotion.Id, standing) : [];
  if (promotion && attributes.length > 0) return trailAnswer(store, promotion, attributes);
  throw notFound(`The promotion ${promotionId} has no engagement trail in the loyalty program.`);
});

export const trailHandlers = [ofMember];

function promotionOf(store: Store, programId: string, id: string): SObjectRow | undefined {
  const promotion = isId(id) ? store.get('Promotion', id) : undefined;
  return promotion?.['LoyaltyProgramId'] === programId ? promotion : undefined;
}
