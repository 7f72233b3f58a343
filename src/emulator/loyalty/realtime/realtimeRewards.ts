import type { AppliedPromotion } from '../../../contract/endpoints/cartPromotionEndpoints.js';
import { applyRewards } from '../cartPromotions/appliedRewards.js';
import type { Rewarding } from '../cartPromotions/appliedRewards.js';
import { assignedBadge } from '../cartPromotions/badgeReward.js';
import { useCoupons } from '../cartPromotions/couponUsage.js';
import { rewardedVoucher } from '../cartPromotions/rewardAnswer.js';
import type { EngineRun } from '../engine/engine.js';
import { actionsIn } from '../../../rules/index.js';
import { assignedGame } from '../games/assignGame.js';
import type { StoredJournal } from '../journalReader.js';
import type { WriteContext } from '../writeContext.js';

/** What a request did, and the vouchers, badges and games that it gave, as the answer has them. */
export interface RewardedRun extends EngineRun {
  vouchersOf(journalId: string): readonly Record<string, unknown>[];
  badgesOf(journalId: string): readonly Record<string, unknown>[];
  /** Rules give none. */
  gamesOf(journalId: string): readonly Record<string, unknown>[];
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
  const { writing } = rewarding;
  const ofRules = (journalId: string): RuleRewards => ruleRewards(writing, run, journalId);
  if (applied.every((promotions) => promotions.length === 0))
    return {
      ...run,
      vouchersOf: (id) => ofRules(id).vouchers,
      badgesOf: (id) => ofRules(id).badges,
      gamesOf: () => [],
    };
  const { loyalty, program } = rewarding;
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
    vouchersOf: (id) => [
      ...ofRules(id).vouchers,
      ...(byJournal.get(id)?.voucherIds ?? []).map((each) => rewardedVoucher(writing.store, each)),
    ],
    badgesOf: (id) => [
      ...ofRules(id).badges,
      ...(byJournal.get(id)?.badgeIds ?? []).map((each) => assignedBadge(writing.store, each)),
    ],
    gamesOf: (id) => (byJournal.get(id)?.playIds ?? []).map((each) => assignedGame(writing.store, each)),
  };
}

interface RuleRewards {
  readonly vouchers: readonly Record<string, unknown>[];
  readonly badges: readonly Record<string, unknown>[];
}

/** What the loaded rules gave for a journal, without what flows and other processes gave (guide). */
function ruleRewards({ store }: WriteContext, { traces = [] }: EngineRun, journalId: string): RuleRewards {
  const steps = traces.filter(({ journal }) => journal.id === journalId).flatMap(({ rules }) => rules);
  const results = actionsIn(steps.flatMap((rule) => rule.steps)).flatMap(({ result }) => {
    return result?.is === 'voucher' || result?.is === 'badge' ? [result] : [];
  });
  return {
    vouchers: results.filter(({ is }) => is === 'voucher').map(({ id }) => rewardedVoucher(store, id)),
    badges: results.filter(({ is }) => is === 'badge').map(({ id }) => assignedBadge(store, id)),
  };
}
