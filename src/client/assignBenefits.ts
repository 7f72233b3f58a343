import { z } from 'zod';
import { assignTierBenefits } from '../contract/actions/benefitActions.js';
import type { LoyaltyClient } from './loyaltyClient.js';
import { inLists } from './query/soql.js';

/** A MemberBenefit that a member has got. */
export interface AssignedBenefit {
  readonly memberBenefitId: string;
  /** Null if it could not be read. */
  readonly name: string | null;
}

const BenefitRow = z.object({ Id: z.string(), Name: z.string().nullable() });

/**
 * Gives a member the benefits of its tiers and clubs that it does not have, by the action `assignTierBenefits`. It can be
 * repeated after a lost answer, which then has nothing left to give.
 */
export async function assignMemberBenefits(
  { actions, query }: Pick<LoyaltyClient, 'actions' | 'query'>,
  memberId: string,
): Promise<AssignedBenefit[]> {
  const { MemberBenefits: ids } = await actions.run(assignTierBenefits, { LoyaltyProgramMemberId: memberId });
  if (ids.length === 0) return [];
  const queries = inLists(ids).map((list) => `SELECT Id, Name FROM MemberBenefit WHERE Id IN ${list}`);
  const rows = await query.rowsOfAll(queries, BenefitRow).catch(() => []);
  const names = new Map(rows.map(({ Id, Name }) => [Id.slice(0, 15), Name]));
  return ids.map((id) => ({ memberBenefitId: id, name: names.get(id.slice(0, 15)) ?? null }));
}
