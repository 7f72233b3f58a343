import { z } from 'zod';
import { soqlText } from '../../client/index.js';
import type { LoyaltyClient } from '../../client/index.js';
import { memberFields, nearMember, NearMember } from './nearMember.js';
import { nearDistance } from './nearReward.js';
import type { NearQuestion, NearReward } from './nearReward.js';

const Row = z.object({
  Promotion: z.object({ Id: z.string(), Name: z.string(), EndDate: z.string().nullable() }),
  LoyaltyProgramMember: NearMember,
  CumulativeUsageCompleted: z.number().nullable(),
  CumulativeUsageTarget: z.number().nullable(),
});

/**
 * Yields the members who are near the target of a running cumulative promotion that counts by itself, nearest first. The
 * org finds them, so that only their rows are read. Who has left a promotion that asks for an enrollment is not near it.
 * @param program whose Id it is, and the day in the org, `yyyy-MM-dd`, by which a promotion has ended
 */
export async function* nearPromotions(
  client: LoyaltyClient,
  program: { readonly id: string; readonly today: string },
  question: NearQuestion,
): AsyncGenerator<NearReward, void, void> {
  const path = 'LoyaltyProgramMember.';
  const fields = [
    ...['Promotion.Id', 'Promotion.Name', 'Promotion.EndDate'],
    ...['CumulativeUsageCompleted', 'CumulativeUsageTarget'],
    ...memberFields(path, question),
  ];
  const soql =
    `SELECT ${fields.join(', ')} FROM LoyaltyProgramMbrPromotion WHERE ${path}ProgramId = ${soqlText(program.id)} ` +
    `AND ${path}MemberStatus = 'Active' AND Promotion.LoyaltyPromotionType = 'Cumulative' ` +
    `AND Promotion.IsActive = TRUE AND (Promotion.EndDate = NULL OR Promotion.EndDate >= ${program.today}) ` +
    'AND (Promotion.IsEnrollmentRequired = FALSE OR IsEnrollmentActive = TRUE) ' +
    // The org rounds the percentage, so 100 may mean a little less. Those rows are judged by their numbers.
    `AND CumulativeUsageCompletePercent >= ${question.near} AND CumulativeUsageCompletePercent <= 100 ` +
    'ORDER BY CumulativeUsageCompletePercent DESC, Id';
  for await (const row of client.query.rows(soql, Row)) {
    const { Promotion, LoyaltyProgramMember, CumulativeUsageCompleted, CumulativeUsageTarget: target } = row;
    const completed = CumulativeUsageCompleted ?? 0;
    if (target === null || completed >= target) continue;
    yield {
      reward: 'promotion',
      rewardName: Promotion.Name,
      rewardId: Promotion.Id,
      ...nearMember(LoyaltyProgramMember, question),
      ...nearDistance(completed, target),
      by: Promotion.EndDate,
    };
  }
}
