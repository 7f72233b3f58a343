import { isSameId, shortId } from '../../../base/sameId.js';
import type {
  AdvocateProfileRequest,
  AdvocateProfileResponse,
  AdvocatePromotion,
  ReferralRow,
  ReferralSummary,
} from '../../../contract/endpoints/advocateProfileShapes.js';
import type { Store } from '../../store/store.js';
import type { SObjectRow } from '../../store/tables/objectTable.js';
import type { Program } from '../programDirectory.js';
import { parentOf, textOrNull } from '../rowValues.js';
import { promotionReferralCode } from './advocate.js';
import { isOpenOn, referralPromotion } from './referralPromotion.js';
import type { ReferralPromotion } from './referralPromotion.js';

/** An advocate, or somebody who may become one. */
export interface ProfileOf {
  readonly store: Store;
  readonly program: Program;
  /** Contact, or account of a company. */
  readonly partyId: string | undefined;
  readonly member: SObjectRow | undefined;
  /** `yyyy-MM-dd` */
  readonly today: string;
  readonly request: AdvocateProfileRequest;
}

/** What somebody has joined, what they can join today, and, where asked for, their referrals. */
export function advocateProfile(profile: ProfileOf): AdvocateProfileResponse {
  const { request, today } = profile;
  const promotions = promotionsOf(profile).map((promotion) => ({
    promotion,
    enrollment: enrollmentIn(profile, promotion),
  }));
  const referrals = promotions.flatMap(({ promotion }) => referralsIn(profile, promotion));
  const rows = (of: typeof promotions) =>
    of.map(({ promotion, enrollment }) =>
      promotionRow(profile, promotion, enrollment?.['IsEnrollmentActive'] === true),
    );
  return {
    enrolledPromotionsList: rows(promotions.filter(({ enrollment }) => enrollment !== undefined)),
    eligiblePromotionsList: rows(
      promotions.filter(({ promotion, enrollment }) => enrollment === undefined && isOpenOn(promotion, today)),
    ),
    programSummary: request.shouldGetReferralSummary
      ? summaryOf(
          profile,
          referrals,
          promotions.map(({ promotion }) => promotion),
        )
      : null,
    referralSummaryList: request.shouldGetReferrals
      ? referrals.map((referral) => referralRow(profile, referral))
      : null,
  };
}

function promotionsOf({ store, program, request }: ProfileOf): ReferralPromotion[] {
  const { promotionId, promotionCode } = request;
  return store
    .find('Promotion', { LoyaltyProgramId: program.id, IsReferralPromotion: true })
    .map((row) => referralPromotion(row, program))
    .filter(({ row }) => promotionId === undefined || isSameId(row.Id, promotionId))
    .filter(({ code }) => promotionCode === undefined || code.toLowerCase() === promotionCode.toLowerCase());
}

function enrollmentIn({ store, member }: ProfileOf, { row }: ReferralPromotion): SObjectRow | undefined {
  if (!member) return undefined;
  return store.first('LoyaltyProgramMbrPromotion', { LoyaltyProgramMemberId: member.Id, PromotionId: row.Id });
}

function referralsIn({ store, partyId }: ProfileOf, { row }: ReferralPromotion): SObjectRow[] {
  return partyId === undefined ? [] : store.find('Referral', { ReferrerId: partyId, PromotionId: row.Id });
}

function promotionRow(profile: ProfileOf, promotion: ReferralPromotion, isActive: boolean): AdvocatePromotion {
  const { program, member, request } = profile;
  const { row, name, code } = promotion;
  const url = textOrNull(row, 'PromotionPageUrl');
  return {
    programId: shortId(program.id),
    programName: program.name,
    memberId: member ? shortId(member.Id) : null,
    membershipNumber: textOrNull(member, 'MembershipNumber'),
    promotionId: shortId(row.Id),
    promotionName: name,
    promotionCode: code,
    promotionDescription: textOrNull(row, 'Description'),
    promotionStartDate: textOrNull(row, 'StartDate'),
    promotionEndDate: textOrNull(row, 'EndDate'),
    promotionPageUrl: url,
    promotionImageUrl: textOrNull(row, 'ImageUrl'),
    isMemberPromotionEnrollementActive: isActive,
    memberReferralCode: textOrNull(member, 'ReferralCode'),
    memberReferralUrl: member && url !== null ? referralUrl(url, promotionReferralCode(member, promotion)) : null,
    memberPromotionSummary: request.shouldGetReferralSummary
      ? summaryOf(profile, referralsIn(profile, promotion), [promotion])
      : null,
  };
}

/** The name of the parameter is ours: how an org makes the address is unpublished. */
function referralUrl(page: string, code: string): string {
  return `${page}${page.includes('?') ? '&' : '?'}referralCode=${encodeURIComponent(code)}`;
}

function summaryOf(
  { store, member }: ProfileOf,
  referrals: readonly SObjectRow[],
  promotions: readonly ReferralPromotion[],
): ReferralSummary {
  const onStage = (type: string): number =>
    referrals.filter((referral) => stageOf(store, referral)?.['Type'] === type).length;
  const vouchers = promotions.map(({ row }) =>
    member ? store.count('Voucher', { LoyaltyProgramMemberId: member.Id, PromotionId: row.Id }) : 0,
  );
  return {
    referralCount: referrals.length,
    referralsOnStageFourCount: onStage('Friend Signs Up'),
    referralsOnStageFiveCount: onStage('Friend Completes First Purchase'),
    vouchersIssuedCount: vouchers.reduce((sum, count) => sum + count, 0),
  };
}

function referralRow({ store }: ProfileOf, referral: SObjectRow): ReferralRow {
  const promotion = parentOf(store, referral, 'PromotionId', 'Promotion');
  const friendId = textOrNull(referral, 'ReferredPartyId');
  const object = friendId === null ? undefined : store.model.typeOfId(friendId)?.name;
  const friend = object === undefined ? undefined : parentOf(store, referral, 'ReferredPartyId', object);
  return {
    referralId: shortId(referral.Id),
    promotionId: promotion ? shortId(promotion.Id) : null,
    promotionName: textOrNull(promotion, 'Name'),
    promotionStageName: textOrNull(stageOf(store, referral), 'Name'),
    referredPartyName: textOrNull(friend, 'Name'),
    referredPartyContactId: object === 'Contact' && friendId !== null ? shortId(friendId) : null,
    referralCreationDate: textOrNull(referral, 'CreatedDate'),
    referralLastModifiedDate: textOrNull(referral, 'LastModifiedDate'),
  };
}

function stageOf(store: Store, referral: SObjectRow): SObjectRow | undefined {
  return parentOf(store, referral, 'CurrentPromotionStageId', 'PromotionStage');
}
