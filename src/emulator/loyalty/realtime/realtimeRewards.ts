import type { AppliedPromotion } from '../../../contract/endpoints/cartPromotionEndpoints.js';
import { applyRewards } from '../cartPromotions/appliedRewards.js';
import type { Rewarding } from '../cartPromotions/appliedRewards.js';
import { assignedBadge } from '../cartPromotions/badgeReward.js';
import { useCoupons } from '../cartPromotions/couponUsage.js';
import { rewardedVoucher } from '../cartPromotions/rewardAnswer.js';
import type { EngineRun } from '../engine/engine.js';
import type { StoredJournal } from '../journalReader.js';

/** What a request did, and the vouchers and badges that it gave, as the answer has them. */
export interface RewardedRun extends EngineRun {
  vouchersOf(journalId: string): readonly Record<string, unknown>[];
  badgesOf(journalId: string): readonly Record<string, unknown>[];
}

interface Applied {
  readonly journals: readonly StoredJournal[];
  /** For each of the journals. */
  readonly applied: readonly (readonly AppliedPromotion[])[];
  readonly countsCoupons: boolean;
}

/**
 * Gives the rewards of applied promotions after the rules have run.
 *
 * @throws {ProcessFailure} for a reward that cannot be given
 */
export function withRewards(
  rewarding: Rewarding,
  run: EngineRun,
  { journals, applied, countsCoupons }: Applied,
): RewardedRun {
  if (applied.every((promotions) => promotions.length === 0))
    return { ...run, vouchersOf: () => [], badgesOf: () => [] };
  const { loyalty, writing, program } = rewarding;
  const given = journals.map((journal, at) => {
    const promotions = applied[at] ?? [];
    const rewards = applyRewards(rewarding, journal, promotions);
    if (countsCoupons) useCoupons(writing, promotions, { buyer: journal.memberId, transaction: journal.id });
    return { journal, rewards };
  });
  const plan = given.map(({ journal, rewards }) => ({
    actions: rewards.points.map((each) => () => each),
    journals: [journal],
  }));
  const rewarded = loyalty.engine.run(writing, { programId: program.id, journals }, plan);
  const byJournal = new Map(given.map(({ journal, rewards }) => [journal.id, rewards]));
  return {
    changesOf: (id) => [...run.changesOf(id), ...rewarded.changesOf(id)],
    currencies: rewarded.currencies,
    vouchersOf: (id) => (byJournal.get(id)?.voucherIds ?? []).map((each) => rewardedVoucher(writing.store, each)),
    badgesOf: (id) => (byJournal.get(id)?.badgeIds ?? []).map((each) => assignedBadge(writing.store, each)),
  };
}
