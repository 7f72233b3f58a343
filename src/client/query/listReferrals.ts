import { z } from 'zod';
import { isSameId, shortId } from '../../base/sameId.js';
import type { QueryResource } from './queryResource.js';
import { partiesOf, readAdvocates } from './readAdvocates.js';
import { readReferralRewards } from './readReferralRewards.js';
import type { ReferralReward } from './readReferralRewards.js';
import { inLists, soqlText } from './soql.js';

const named = z.object({ Name: z.string() }).nullable();

const ReferralRow = z.object({
  Id: z.string(),
  Name: z.string(),
  ReferralDate: z.string().nullable(),
  ReferrerId: z.string().nullable(),
  ReferredPartyId: z.string().nullable(),
  ReferredParty: z.object({ Name: z.string().nullish() }).nullable(),
  CurrentPromotionStage: z.object({ Name: z.string(), Type: z.string() }).nullable(),
  PromotionId: z.string().nullable(),
  Promotion: named,
});

export interface ReferralFilter {
  /** The Ids by which a referral can name the advocate: contact, account or member. */
  readonly referrerIds?: readonly string[] | undefined;
  readonly promotionId?: string | undefined;
  readonly limit?: number | undefined;
}

export interface ListedReferral {
  readonly id: string;
  /** Number of the referral. */
  readonly name: string;
  /** `yyyy-MM-dd` */
  readonly referralDate: string | null;
  readonly friendId: string | null;
  readonly friendName: string | null;
  /** Name of the stage that it has reached, and its type, such as `Friend Signs Up`. */
  readonly stage: string | null;
  readonly stageType: string | null;
  readonly promotionId: string | null;
  readonly promotionName: string | null;
  /** Membership number of the advocate. Null if the referrer is not a member of the program. */
  readonly advocate: string | null;
  readonly rewards: readonly ReferralReward[];
}

/** The referrals of a program with what they led to, the latest first. */
export async function listReferrals(
  query: QueryResource,
  program: string,
  filter: ReferralFilter,
): Promise<ListedReferral[]> {
  if (filter.referrerIds?.length === 0) return [];
  const rows = await query.allRows(referralsSoql(program, filter), ReferralRow);
  if (rows.length === 0) return [];
  const advocates = await advocatesBehind(query, program, textsOf(rows.map(({ ReferrerId }) => ReferrerId)));
  const rewards = await readReferralRewards(query, textsOf(rows.map(({ ReferredPartyId }) => ReferredPartyId)));
  return rows.map((row) => ({
    id: row.Id,
    name: row.Name,
    referralDate: row.ReferralDate,
    friendId: row.ReferredPartyId,
    friendName: row.ReferredParty?.Name ?? null,
    stage: row.CurrentPromotionStage?.Name ?? null,
    stageType: row.CurrentPromotionStage?.Type ?? null,
    promotionId: row.PromotionId,
    promotionName: row.Promotion?.Name ?? null,
    advocate: (row.ReferrerId && advocates.get(shortId(row.ReferrerId))) ?? null,
    rewards: rewards
      .filter(({ promotionId }) => row.PromotionId !== null && isSameId(row.PromotionId, promotionId))
      .filter(({ friendId }) => row.ReferredPartyId !== null && isSameId(row.ReferredPartyId, friendId))
      .map(({ reward }) => reward),
  }));
}

function referralsSoql(program: string, { referrerIds, promotionId, limit }: ReferralFilter): string {
  const fields =
    'Id, Name, ReferralDate, ReferrerId, ReferredPartyId, ReferredParty.Name, CurrentPromotionStage.Name, ' +
    'CurrentPromotionStage.Type, PromotionId, Promotion.Name';
  const conditions = [
    `Promotion.LoyaltyProgram.Name = ${soqlText(program)}`,
    ...(referrerIds === undefined ? [] : [`ReferrerId IN (${[...new Set(referrerIds)].map(soqlText).join(', ')})`]),
    ...(promotionId === undefined ? [] : [`PromotionId = ${soqlText(promotionId)}`]),
  ];
  const end = limit === undefined ? '' : ` LIMIT ${limit}`;
  return `SELECT ${fields} FROM Referral WHERE ${conditions.join(' AND ')} ORDER BY ReferralDate DESC, Name DESC${end}`;
}

/** Membership numbers by the first 15 characters of the Id of a contact, an account or a member. */
async function advocatesBehind(
  query: QueryResource,
  program: string,
  partyIds: readonly string[],
): Promise<Map<string, string>> {
  const conditions = inLists(partyIds).map((list) => `(ContactId IN ${list} OR AccountId IN ${list} OR Id IN ${list})`);
  const rows = await readAdvocates(query, program, conditions);
  return new Map(rows.flatMap((row) => partiesOf(row).map((id) => [shortId(id), row.MembershipNumber] as const)));
}

function textsOf(values: ReadonlyArray<string | null>): string[] {
  return values.filter((value) => value !== null);
}
