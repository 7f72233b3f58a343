import { z } from 'zod';
import { inLists, positionIn, readGroupLadders, soqlText } from '../../client/index.js';
import type { GroupLadder, LoyaltyClient } from '../../client/index.js';
import { inBatches, membersAtOnce } from '../batches.js';
import { nearBalances } from './nearBalances.js';
import type { BalanceRow } from './nearBalances.js';
import { nearMember } from './nearMember.js';
import { nearDistance } from './nearReward.js';
import type { NearQuestion, NearReward } from './nearReward.js';

const HeldRow = z.object({
  LoyaltyMemberId: z.string(),
  LoyaltyTierId: z.string().nullable(),
  TierExpirationDate: z.string().nullable(),
});

/**
 * Yields the members whose points are near the minimum of the tier above the one they hold, by tier from the lowest, and
 * nearest first. Groups in which no tier has a minimum, or no currency decides, are left out.
 * @param program with the day in the org, `yyyy-MM-dd`, by which a tier is held: it has begun and not expired
 */
export async function* nearTiers(
  client: LoyaltyClient,
  program: { readonly id: string; readonly name: string; readonly today: string },
  question: NearQuestion,
): AsyncGenerator<NearReward, void, void> {
  for (const ladder of await readGroupLadders(client.query, program.name)) {
    for (const { tierId, tierName, minimum } of ladder.tiers) {
      if (minimum === null || minimum <= 0 || !ladder.currency) continue;
      const { currencyId } = ladder.currency;
      const near = nearBalances(client, { programId: program.id, currencyId, target: minimum, question });
      for await (const rows of inBatches(near, membersAtOnce)) {
        const held = await heldTiers(client, { ladder, rows, today: program.today });
        for (const { LoyaltyMember, PointsBalance } of rows) {
          const balances = new Map([[currencyId, PointsBalance ?? 0]]);
          const { next } = positionIn(ladder, held.get(LoyaltyMember.Id), balances);
          if (next?.tierName !== tierName) continue;
          yield {
            reward: 'tier',
            rewardName: tierName,
            rewardId: tierId,
            ...nearMember(LoyaltyMember, question),
            ...nearDistance(PointsBalance ?? 0, minimum),
            by: null,
          };
        }
      }
    }
  }
}

/** The tier of the group that each member holds. The latest one counts. */
async function heldTiers(
  { query }: LoyaltyClient,
  {
    ladder,
    rows,
    today,
  }: { readonly ladder: GroupLadder; readonly rows: readonly BalanceRow[]; readonly today: string },
): Promise<Map<string, string>> {
  const held = new Map<string, string>();
  for (const list of inLists(rows.map(({ LoyaltyMember }) => LoyaltyMember.Id))) {
    const soql =
      'SELECT LoyaltyMemberId, LoyaltyTierId, TierExpirationDate FROM LoyaltyMemberTier ' +
      `WHERE LoyaltyTierGroupId = ${soqlText(ladder.tierGroupId)} AND LoyaltyMemberId IN ${list} ` +
      `AND EffectiveDate <= ${today} ` +
      'ORDER BY EffectiveDate';
    for (const { LoyaltyMemberId, LoyaltyTierId, TierExpirationDate } of await query.allRows(soql, HeldRow)) {
      if (LoyaltyTierId !== null && (TierExpirationDate === null || TierExpirationDate > today))
        held.set(LoyaltyMemberId, LoyaltyTierId);
    }
  }
  return held;
}
