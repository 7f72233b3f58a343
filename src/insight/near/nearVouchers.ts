import type { LoyaltyClient } from '../../client/index.js';
import { UnknownVoucherDefinitionError } from '../insightErrors.js';
import { readProgramFacts, spendableCurrency } from '../programFacts.js';
import { nearBalances } from './nearBalances.js';
import { nearMember } from './nearMember.js';
import { nearDistance } from './nearReward.js';
import type { NearQuestion, NearReward, VoucherCost } from './nearReward.js';

/**
 * Yields the members whose points are near what a voucher costs, by voucher in the order of the question, and nearest
 * first. The points are those of the primary spendable currency; in a program without one, nobody is near.
 * @throws {UnknownVoucherDefinitionError}
 * @throws {RangeError} for a cost that is not above 0
 */
export async function* nearVouchers(
  client: LoyaltyClient,
  programId: string,
  question: NearQuestion,
): AsyncGenerator<NearReward, void, void> {
  const { vouchers = [] } = question;
  for (const { definition, points } of vouchers)
    if (!(points > 0)) throw new RangeError(`The voucher "${definition}" must cost more than 0 points, not ${points}.`);
  const facts = await readProgramFacts(client, programId);
  const found = vouchers.map((cost) => ({ ...cost, id: definitionId(cost, facts.voucherDefinitions) }));
  const currencyId = spendableCurrency(facts)?.Id;
  if (currencyId === undefined) return;
  for (const { definition, points: target, id } of found) {
    for await (const { LoyaltyMember, PointsBalance } of nearBalances(client, {
      programId,
      currencyId,
      target,
      question,
    })) {
      yield {
        reward: 'voucher',
        rewardName: definition,
        rewardId: id,
        ...nearMember(LoyaltyMember, question),
        ...nearDistance(PointsBalance ?? 0, target),
        by: null,
      };
    }
  }
}

function definitionId(
  { definition }: VoucherCost,
  definitions: readonly { readonly Id: string; readonly Name: string }[],
): string {
  const found = definitions.find(({ Name }) => Name === definition);
  if (found) return found.Id;
  throw new UnknownVoucherDefinitionError(
    definition,
    definitions.map(({ Name }) => Name),
  );
}
