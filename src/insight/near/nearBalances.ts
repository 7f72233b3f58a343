import { z } from 'zod';
import { soqlText } from '../../client/index.js';
import type { LoyaltyClient } from '../../client/index.js';
import { memberFields, NearMember } from './nearMember.js';
import type { NearQuestion } from './nearReward.js';

const BalanceRow = z.object({ LoyaltyMember: NearMember, PointsBalance: z.number().nullable() });
export type BalanceRow = z.infer<typeof BalanceRow>;

export interface NearBalanceQuestion {
  readonly programId: string;
  readonly currencyId: string;
  /** Points of the reward, above 0. */
  readonly target: number;
  readonly question: NearQuestion;
}

/** The balances of active members that are near a number of points, but below it, the highest first. */
export function nearBalances(
  client: LoyaltyClient,
  { programId, currencyId, target, question }: NearBalanceQuestion,
): AsyncGenerator<BalanceRow, void, void> {
  const path = 'LoyaltyMember.';
  const least = Math.floor(target * question.near) / 100;
  const soql =
    `SELECT PointsBalance, ${memberFields(path, question).join(', ')} FROM LoyaltyMemberCurrency ` +
    `WHERE ${path}ProgramId = ${soqlText(programId)} AND ${path}MemberStatus = 'Active' ` +
    `AND LoyaltyProgramCurrencyId = ${soqlText(currencyId)} ` +
    `AND PointsBalance >= ${least} AND PointsBalance < ${target} ORDER BY PointsBalance DESC, Id`;
  return client.query.rows(soql, BalanceRow);
}
