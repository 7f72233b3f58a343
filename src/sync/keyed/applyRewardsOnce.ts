import { failedJournalsVerdict } from '../../client/index.js';
import type { JournalRewards, LoyaltyClient, RewardedJournal } from '../../client/index.js';
import { findOrder } from './findOrder.js';
import { once } from './keyedCall.js';
import type { OnceOptions, OnceResult } from './keyedCall.js';
import { journalNumber } from './movePointsOnce.js';

export interface RewardedOrder {
  readonly program: string;
  /** Membership number. */
  readonly member: string;
  /** Without an ExternalTransactionNumber: the key becomes that of each. */
  readonly journals: readonly RewardedJournal[];
  readonly checksCoupons?: boolean | undefined;
}

export interface AppliedOrder {
  readonly journalIds: readonly string[];
  /** Null if only the journals in the org show that it happened. */
  readonly rewards: readonly JournalRewards[] | null;
}

/** API version that has `journalCreationMode`; an earlier one stores journals. */
const modeSince = 66;

/**
 * Stores the journals of an order with the rewards of its promotions, once per key. The key is stored in
 * `ExternalTransactionNumber` of each journal, so any machine can find out whether it happened. It happens wholly or not
 * at all.
 * @throws {KeyConflictError}
 */
export async function applyRewardsOnce(
  client: LoyaltyClient,
  { program, member, journals, checksCoupons }: RewardedOrder,
  options: Omit<OnceOptions, 'content'>,
): Promise<OnceResult<AppliedOrder>> {
  const { key } = options;
  const number = await journalNumber(client, key, options.clock);
  return once<AppliedOrder>(
    { member, ...options, content: ['applyRewards', program, member, journals, checksCoupons ?? null] },
    {
      send: async () => {
        const sent = journals.map((journal) => ({ ...journal, ExternalTransactionNumber: number }));
        const rewards = await client.cartPromotions.applyRewards(sent, {
          ...(checksCoupons !== undefined && { shouldCheckCouponUsageLimit: checksCoupons }),
          // Without journals, nothing would show afterwards that it happened.
          ...(Number.parseFloat(client.apiVersion) >= modeSince && { journalCreationMode: 'CreateTransactionJournal' }),
        });
        return { journalIds: rewards.flatMap(({ id }) => id ?? []), rewards };
      },
      judge: failedJournalsVerdict,
      check: async () => {
        const journalIds = await findOrder(client, { key, number, program, member, journals });
        return journalIds ? { answer: { journalIds, rewards: null } } : 'absent';
      },
    },
  );
}
