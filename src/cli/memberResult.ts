import type { ExpiringCurrency, MemberOverview, MemberProfile } from '../client/index.js';
import { byPromotion, progressRecord } from './progressRecord.js';
import type { DisplayMemberResult } from './results/memberResults.js';

/** What `display member` prints with `--json`. */
export function memberResult(program: string, overview: MemberOverview): DisplayMemberResult {
  return {
    program,
    member: memberOf(overview.profile),
    tiers: overview.tiers.map(tierOf),
    clubs: overview.clubs.map(clubOf),
    currencies: overview.currencies.map(currencyOf),
    expiring: overview.expiring?.map(expiringOf) ?? null,
    benefits: overview.benefits.map(benefitOf),
    vouchers: overview.vouchers.map(voucherOf),
    progress: overview.progress.map(progressRecord).sort(byPromotion),
    gaps: overview.gaps.map((gap) => ({ ...gap })),
  };
}

function memberOf(profile: MemberProfile): DisplayMemberResult['member'] {
  return {
    membershipNumber: profile.membershipNumber,
    memberId: profile.loyaltyProgramMemberId,
    name: nameOf(profile),
    status: profile.memberStatus ?? null,
    type: profile.memberType ?? null,
    enrollmentDate: profile.enrollmentDate ?? null,
    lastActivityDate: profile.lastActivityDate ?? null,
  };
}

/** A person, a company or a group. */
function nameOf({ associatedContact, associatedAccount, groupName }: MemberProfile): string | null {
  const person = [associatedContact?.firstName, associatedContact?.lastName].filter(Boolean).join(' ');
  return person || associatedAccount?.name || groupName || null;
}

function tierOf({ tierGroupName, tier, next, isHighest }: MemberOverview['tiers'][number]): Of<'tiers'> {
  return {
    tierGroup: tierGroupName,
    tier: tier?.tierName ?? null,
    effectiveDate: tier?.tierEffectiveDate ?? null,
    expirationDate: tier?.tierExpirationDate ?? null,
    next: next && {
      tier: next.tierName,
      currency: next.currencyName,
      minimum: next.minimum,
      balance: next.balance,
      pointsToGo: next.pointsToGo,
    },
    isHighest,
  };
}

function clubOf({ tierName, tierEffectiveDate, tierExpirationDate }: MemberOverview['clubs'][number]): Of<'clubs'> {
  return { club: tierName, startDate: tierEffectiveDate, endDate: tierExpirationDate };
}

function currencyOf(currency: MemberOverview['currencies'][number]): Of<'currencies'> {
  return {
    currency: currency.currencyName,
    type: currency.currencyType,
    balance: currency.pointsBalance,
    escrow: currency.escrowPointsBalance,
    accrued: currency.totalPointsAccrued,
    redeemed: currency.totalPointsRedeemed,
    expired: currency.totalPointsExpired,
    expiring: currency.expirablePoints,
    nextResetDate: currency.nextResetDate,
  };
}

function expiringOf(currency: ExpiringCurrency): NonNullable<DisplayMemberResult['expiring']>[number] {
  const { currencyName, expiryModel, pointsBalance, lots, escrow, lastExpirationRun, doubts } = currency;
  return {
    currency: currencyName,
    model: expiryModel,
    balance: pointsBalance,
    lots: lots.map(({ expiryDate, activityDate, points }) => ({
      expirationDate: expiryDate,
      earnedDate: activityDate?.slice(0, 10) ?? null,
      points,
    })),
    escrow: escrow.map(({ escrowUntil, points }) => ({ untilDate: escrowUntil, points })),
    lastRunDate: lastExpirationRun,
    doubts: [...doubts],
  };
}

function benefitOf(benefit: MemberOverview['benefits'][number]): Of<'benefits'> {
  return {
    benefit: benefit.benefitName ?? null,
    type: benefit.benefitTypeName ?? null,
    description: benefit.description ?? null,
    status: benefit.memberBenefitStatus ?? null,
    isActive: benefit.isActive ?? null,
    startDate: benefit.startDate ?? null,
    endDate: benefit.endDate ?? null,
  };
}

function voucherOf(voucher: MemberOverview['vouchers'][number]): Of<'vouchers'> {
  return {
    voucherId: voucher.voucherId,
    code: voucher.voucherCode ?? null,
    voucher: voucher.voucherDefinition ?? null,
    type: voucher.type ?? null,
    status: voucher.status ?? null,
    faceValue: voucher.faceValue ?? null,
    remainingValue: voucher.remainingValue ?? null,
    discountPercent: voucher.discountPercent ?? null,
    currencyIsoCode: voucher.currencyIsoCode ?? null,
    effectiveDate: voucher.effectiveDate ?? null,
    expirationDate: voucher.expirationDate ?? null,
  };
}

type Of<K extends 'tiers' | 'clubs' | 'currencies' | 'benefits' | 'vouchers'> = DisplayMemberResult[K][number];
