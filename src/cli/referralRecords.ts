import type { AdvocatePromotion, AdvocateReferrals, ListedReferral } from '../client/index.js';
import type { AdvocateOf, ReferralRecord } from './results/referralResults.js';

export function referralRecord({ id, name, stage, friendName, promotionName, advocate, ...referral }: ListedReferral) {
  const { stageType, referralDate, friendId, promotionId, rewards } = referral;
  return {
    ...{ key: id, status: stage, stageType, number: name, referralDate, friend: friendName, friendId },
    ...{ promotion: promotionName, promotionId, member: advocate, rewards: [...rewards] },
  } satisfies ReferralRecord;
}

/** The promotions of a member: those that were joined, then those that can be. */
export function promotionRecords({ joined, open }: Pick<AdvocateReferrals, 'joined' | 'open'>): AdvocateOf[] {
  return [
    ...joined.map((each) =>
      promotionRecord(each, each.isMemberPromotionEnrollementActive === false ? 'left' : 'joined'),
    ),
    ...open.map((each) => promotionRecord(each, 'open')),
  ];
}

function promotionRecord(promotion: AdvocatePromotion, status: AdvocateOf['status']): AdvocateOf {
  const { promotionId, promotionName = null, memberReferralUrl, memberPromotionSummary: counts } = promotion;
  return {
    ...{ promotionId, promotion: promotionName, status },
    referralCode: status === 'open' ? null : wholeCode(promotion),
    url: status === 'open' ? null : (memberReferralUrl ?? null),
    referrals: counts?.referralCount ?? null,
    signedUp: counts?.referralsOnStageFourCount ?? null,
    bought: counts?.referralsOnStageFiveCount ?? null,
    vouchers: counts?.vouchersIssuedCount ?? null,
  };
}

/** The profile has the member's part of the code. Should an org answer the whole one, it stays. */
function wholeCode({ memberReferralCode: own, promotionCode: code }: AdvocatePromotion): string | null {
  if (!own || !code || own.endsWith(`-${code}`)) return own ?? null;
  return `${own}-${code}`;
}
