import type { MemberBenefit } from '../contract/endpoints/benefitEndpoints.js';
import type { MemberProfile } from '../contract/endpoints/memberEndpoints.js';
import type { MemberVoucher } from '../contract/endpoints/voucherEndpoints.js';
import { readClubs } from './balances.js';
import type { MemberBalances, MemberCurrency, MemberTier } from './balances.js';
import type { ExpiringCurrency } from './expiring/expiringCurrency.js';
import { expiringPoints } from './expiring/readExpiringPoints.js';
import { LoyaltyApiError } from './failures/callErrors.js';
import { InactiveProgramError } from './failures/lookUpErrors.js';
import { verdict } from './failures/verdict.js';
import type { LoyaltyClient } from './loyaltyClient.js';
import type { ProgressRow } from './progress/progressRow.js';
import { readGroupLadders } from './tiers/readGroupLadders.js';
import { positionIn, unknownPosition } from './tiers/tierPosition.js';
import type { GroupLadder, TierPosition } from './tiers/tierPosition.js';

/** All about a member at once. */
export interface MemberOverview {
  readonly profile: MemberProfile;
  readonly tiers: readonly TierStanding[];
  /** The clubs that the member is in now. They are not among the tiers. */
  readonly clubs: readonly MemberTier[];
  readonly currencies: readonly OverviewCurrency[];
  readonly benefits: readonly MemberBenefit[];
  readonly vouchers: readonly MemberVoucher[];
  readonly progress: readonly ProgressRow[];
  /** When the points expire; undefined unless it was asked for. */
  readonly expiring: readonly ExpiringCurrency[] | undefined;
  /** Parts that the org did not tell: they are empty, and nothing follows from that. */
  readonly gaps: readonly OverviewGap[];
}

/** The tier that a member holds in a group, null for none, and what comes next. */
export type TierStanding = TierPosition & {
  readonly tierGroupName: string | null;
  readonly tier: MemberTier | null;
};

export type OverviewCurrency = MemberCurrency & {
  /** Points that expire next; null where the profile does not say. */
  readonly expirablePoints: number | null;
  /** `yyyy-MM-dd`: when qualifying points are set to 0. */
  readonly nextResetDate: string | null;
};

export const overviewParts = [
  'balances',
  'nextTiers',
  'clubs',
  'expiring',
  'benefits',
  'vouchers',
  'progress',
] as const;
export type OverviewPart = (typeof overviewParts)[number];

export interface OverviewGap {
  readonly part: OverviewPart;
  /** The org's code. */
  readonly code: string;
  readonly message: string;
}

export interface OverviewOptions {
  /** Whether to read the ledger, to find out when points expire. */
  readonly expiring?: boolean;
}

/**
 * Profile, tiers, clubs, balances, benefits, vouchers and progress of a member. A part that the org refuses to tell, because it
 * does not have it or the user may not read it, is a gap; the profile has to be there.
 *
 * @param member `0lM…` Id or membership number
 * @throws {UnknownProgramError}
 * @throws {UnknownMemberError}
 * @throws {LoyaltyApiError | LostAnswerError} for the profile, and when the org is not ready to answer
 */
export async function readMemberOverview(
  client: LoyaltyClient,
  program: string,
  member: string,
  { expiring: withExpiring = false }: OverviewOptions = {},
): Promise<MemberOverview> {
  const { members, progress, query } = client;
  const { Id, MembershipNumber } = await members.get(program, member);
  const gaps: OverviewGap[] = [];
  const part = async <T>(name: OverviewPart, empty: T, asked: Promise<T>): Promise<T> => {
    try {
      return await asked;
    } catch (error) {
      gaps.push(gapOf(name, error));
      return empty;
    }
  };
  const profileAsked = members.profile(program, { memberId: Id });
  const [profile, balances, ladders, clubs, expiring, benefits, vouchers, rows] = await Promise.all([
    profileAsked,
    part<MemberBalances>('balances', { currencies: [], tiers: [] }, members.balances(program, MembershipNumber)),
    part<GroupLadder[] | undefined>('nextTiers', undefined, readGroupLadders(query, program)),
    part<MemberTier[]>('clubs', [], readClubs(query, { program, member: Id, now: client.orgTime ?? Date.now() })),
    withExpiring ? profileAsked.then((known) => part('expiring', [], expiringPoints(query, known))) : undefined,
    part('benefits', [], members.benefits(Id)),
    part('vouchers', [], members.allVouchers(program, MembershipNumber)),
    part('progress', [], progress.list(program, { member: Id })),
  ]);
  const isBalanceKnown = gaps.every(({ part: gap }) => gap !== 'balances');
  return {
    profile,
    tiers: isBalanceKnown ? standings(withoutClubs(balances, clubs), ladders ?? []) : [],
    clubs,
    currencies: balances.currencies.map((currency) => ({ ...currency, ...inProfile(profile, currency) })),
    benefits,
    vouchers,
    progress: rows,
    expiring,
    gaps: gaps.sort((a, b) => overviewParts.indexOf(a.part) - overviewParts.indexOf(b.part)),
  };
}

function withoutClubs({ currencies, tiers }: MemberBalances, clubs: readonly MemberTier[]): MemberBalances {
  return { currencies, tiers: tiers.filter(({ tierId }) => clubs.every((club) => club.tierId !== tierId)) };
}

/** The tiers that are held, and the groups with a way up in which none is. */
function standings({ currencies, tiers }: MemberBalances, ladders: readonly GroupLadder[]): TierStanding[] {
  const balances = new Map(currencies.map(({ currencyId, pointsBalance }) => [currencyId, pointsBalance]));
  const held = tiers.map((tier) => {
    const ladder = ladders.find(({ tierGroupId }) => tierGroupId === tier.tierGroupId);
    const position = ladder ? positionIn(ladder, tier.tierId, balances) : unknownPosition;
    return { tierGroupName: tier.tierGroupName, tier, ...position };
  });
  const others = ladders
    .filter(({ tierGroupId }) => tiers.every((tier) => tier.tierGroupId !== tierGroupId))
    .map((ladder) => ({ tierGroupName: ladder.tierGroupName, tier: null, ...positionIn(ladder, undefined, balances) }))
    .filter(({ next }) => next !== null);
  return [...held, ...others];
}

function inProfile(
  { memberCurrencies }: MemberProfile,
  { currencyId }: MemberCurrency,
): Pick<OverviewCurrency, 'expirablePoints' | 'nextResetDate'> {
  const own = memberCurrencies?.find(({ loyaltyProgramCurrencyId }) => loyaltyProgramCurrencyId === currencyId);
  return { expirablePoints: own?.expirablePoints ?? null, nextResetDate: own?.nextQualifyingPointsResetDate ?? null };
}

/** Statuses with which an org says that it does not have something, or that this user may not read it. */
const refusals = [400, 403, 404];

/** @throws {Error} the same, if it is about more than this part: the whole may succeed when it is asked again */
function gapOf(part: OverviewPart, error: unknown): OverviewGap {
  if (error instanceof InactiveProgramError) return { part, code: error.name, message: error.message };
  if (error instanceof LoyaltyApiError && error.errorCode !== null && refusals.includes(error.status)) {
    const { errorCode: code, message } = error;
    if (verdict(error).kind !== 'later') return { part, code, message };
  }
  throw error;
}
