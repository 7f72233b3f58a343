import { z } from 'zod';
import { isSameId, shortId } from '../../base/sameId.js';
import type { QueryResource } from './queryResource.js';
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

const AdvocateRow = z.object({
  Id: z.string(),
  MembershipNumber: z.string(),
  ContactId: z.string().nullable(),
  AccountId: z.string().nullable(),
});

export interface ReferralFilter {
  /** Contact or account of the advocate. */
  readonly referrerId?: string | undefined;
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
  const rows = await query.allRows(referralsSoql(program, filter), ReferralRow);
  if (rows.length === 0) return [];
  const advocates = await readAdvocates(query, program, textsOf(rows.map(({ ReferrerId }) => ReferrerId)));
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

function referralsSoql(program: string, { referrerId, promotionId, limit }: ReferralFilter): string {
  const fields =
    'Id, Name, ReferralDate, ReferrerId, ReferredPartyId, ReferredParty.Name, CurrentPromotionStage.Name, ' +
    'CurrentPromotionStage.Type, PromotionId, Promotion.Name';
  const conditions = [
    `Promotion.LoyaltyProgram.Name = ${soqlText(program)}`,
    ...(referrerId === undefined ? [] : [`ReferrerId = ${soqlText(referrerId)}`]),
    ...(promotionId === undefined ? [] : [`PromotionId = ${soqlText(promotionId)}`]),
  ];
  const end = limit === undefined ? '' : ` LIMIT ${limit}`;
  return `SELECT ${fields} FROM Referral WHERE ${conditions.join(' AND ')} ORDER BY ReferralDate DESC, Name DESC${end}`;
}

/** Membership numbers by the first 15 characters of a contact's or account's Id. */
async function readAdvocates(
  query: QueryResource,
  program: string,
  partyIds: readonly string[],
): Promise<Map<string, string>> {
  const queries = inLists(partyIds).map(
    (list) =>
      `SELECT ${Object.keys(AdvocateRow.shape).join(', ')} FROM LoyaltyProgramMember ` +
      `WHERE Program.Name = ${soqlText(program)} AND (ContactId IN ${list} OR AccountId IN ${list})`,
  );
  const rows = await query.rowsOfAll(queries, AdvocateRow);
  return new Map(
    rows.flatMap(({ MembershipNumber, ContactId, AccountId }) =>
      textsOf([ContactId, AccountId]).map((id) => [shortId(id), MembershipNumber] as const),
    ),
  );
}

function textsOf(values: ReadonlyArray<string | null>): string[] {
  return values.filter((value) => value !== null);
}
