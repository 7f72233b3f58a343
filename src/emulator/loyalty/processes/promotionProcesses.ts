import {
  enrollInPromotion as enrollTemplate,
  getMemberPromotions as listTemplate,
  optOutPromotion as optOutTemplate,
} from '../../../contract/templates/promotionTemplates.js';
import { isId, to18 } from '../../store/ids/recordIds.js';
import type { SObjectRow } from '../../store/tables/objectTable.js';
import type { Member } from '../memberDirectory.js';
import { enrolledPromotions, isActiveMember } from '../memberStanding.js';
import { memberOf, serveProcess } from './processCall.js';
import type { ProcessCall } from './processCall.js';
import { ProcessFailure } from '../processFailure.js';
import { eligibilityOf, promotionRow } from './promotionRows.js';

/** Template GetMemberPromotions: the active promotions of the program, as the member sees them. */
export const getMemberPromotionsProcess = serveProcess(listTemplate, (call) => {
  const { writing, program, loyalty } = call;
  const member = memberOf(call);
  const enrolled = enrolledPromotions(writing.store, member.id);
  const standing = { isActiveMember: isActiveMember(writing.store, member.id), today: loyalty.today() };
  return writing.store.find('Promotion', { LoyaltyProgramId: program.id, IsActive: true }).map((promotion) => {
    return promotionRow(promotion, eligibilityOf(promotion, { ...standing, isEnrolled: enrolled.has(promotion.Id) }));
  });
});

/**
 * Template EnrollInPromotion. Enrolling again changes nothing and answers the same; what an org does then is unknown.
 * Documents and SDK fixtures differ in what `MemberId` holds: the current guide has the member's id. The template's
 * `IsEnrollmentActive` is what the row gets; that it is true where nothing is sent is inferred.
 */
export const enrollInPromotionProcess = serveProcess(enrollTemplate, (call) => {
  const { store, userId } = call.writing;
  const member = memberOf(call);
  const promotion = promotionOf(call, member);
  const row = memberPromotion(call, member, promotion.Id);
  const isEnrolled = row?.['IsEnrollmentActive'] === true;
  const standing = { isActiveMember: isActiveMember(store, member.id), today: call.loyalty.today(), isEnrolled };
  if (eligibilityOf(promotion, standing) === 'Ineligible') {
    const name = String(promotion['Name']);
    throw new ProcessFailure(`Member ${member.membershipNumber} cannot enroll in the promotion ${name} now.`);
  }
  const parents = { LoyaltyProgramMemberId: member.id, PromotionId: promotion.Id };
  const enrollment = { IsEnrollmentActive: call.inputs.flag('IsEnrollmentActive') ?? true };
  if (row && isEnrolled !== enrollment.IsEnrollmentActive)
    store.update('LoyaltyProgramMbrPromotion', row.Id, enrollment, { as: 'org', userId });
  const id =
    row?.Id ?? store.insert('LoyaltyProgramMbrPromotion', { ...parents, ...enrollment }, { as: 'org', userId });
  return [{ MemberId: member.id, LoyaltyProgramMbrPromotionId: id }];
});

/** Template OptOutPromotion: the row stays, its enrollment ends. Whether an org deletes it instead is unpublished. */
export const optOutPromotionProcess = serveProcess(optOutTemplate, (call) => {
  const { store, userId } = call.writing;
  const member = memberOf(call);
  const promotion = promotionOf(call, member);
  const row = memberPromotion(call, member, promotion.Id);
  if (row?.['IsEnrollmentActive'] !== true) {
    const name = String(promotion['Name']);
    throw new ProcessFailure(`Member ${member.membershipNumber} is not enrolled in the promotion ${name}.`);
  }
  store.update('LoyaltyProgramMbrPromotion', row.Id, { IsEnrollmentActive: false }, { as: 'org', userId });
  return [{ LoyaltyProgramMbrPromotionId: row.Id }];
});

/** What the templates of enrolling and opting out take. */
type PromotionCall = ProcessCall<typeof optOutTemplate.inputs>;

function memberPromotion(
  { writing }: Pick<ProcessCall, 'writing'>,
  { id }: Member,
  promotionId: string,
): SObjectRow | undefined {
  const criteria = { LoyaltyProgramMemberId: id, PromotionId: promotionId };
  return writing.store.first('LoyaltyProgramMbrPromotion', criteria);
}

/**
 * By PromotionId or PromotionName, among the active promotions of the program. The guide's sample of opting out puts
 * the id of a LoyaltyProgramMbrPromotion into PromotionId, so that is taken too.
 */
function promotionOf({ writing, program, inputs }: PromotionCall, member: Member): SObjectRow {
  const { store } = writing;
  const id = inputs.text('PromotionId');
  const name = inputs.text('PromotionName');
  if (id === undefined && name === undefined) throw new ProcessFailure('Give PromotionId or PromotionName.');
  const own = { LoyaltyProgramId: program.id, IsActive: true };
  const found = store.first('Promotion', { ...own, ...(id === undefined ? { Name: name } : { Id: promotionId(id) }) });
  if (found) return found;
  throw new ProcessFailure(`${program.name} has no active promotion ${id ?? name ?? ''}.`);

  function promotionId(given: string): unknown {
    const isMemberPromotion = isId(given) && store.model.typeOfId(given)?.name === 'LoyaltyProgramMbrPromotion';
    const row = isMemberPromotion ? store.get('LoyaltyProgramMbrPromotion', to18(given)) : undefined;
    return row?.['LoyaltyProgramMemberId'] === member.id ? row['PromotionId'] : given;
  }
}
