import { readDecimal } from '../base/decimal.js';
import type { ActionResult, JournalSimulation, SimulatedRule } from '../contract/endpoints/simulationShapes.js';

/** What the rules of a promotion would give, or the rules that belong to none. */
export interface SimulatedRewards {
  /** Name of the promotion, or its Id if only that is known. Null for rules that belong to none. */
  readonly promotion: string | null;
  readonly points: readonly SimulatedPoints[];
  /** Uses of cumulative promotions after it. */
  readonly uses: readonly { readonly promotion: string; readonly completed: number }[];
  readonly vouchers: readonly SimulatedVoucher[];
  /** Types of other actions. They have run, and what they give is not known. */
  readonly otherActions: readonly string[];
  /** What the org said about rules that failed. */
  readonly failures: readonly string[];
}

export interface SimulatedPoints {
  readonly currency: string;
  /** Signed. */
  readonly points: number;
  /** Signed: points that cannot be spent yet. */
  readonly escrow: number;
}

export interface SimulatedVoucher {
  readonly definition: string | null;
  readonly code: string | null;
  readonly faceValue: number | null;
  readonly discountPercent: number | null;
  readonly expiryDate: string | null;
}

/**
 * Returns what a simulated journal would give: first the rules that belong to no promotion, then each promotion that
 * gives something or fails, in the order of the rules.
 */
export function simulatedRewards({ processRules }: JournalSimulation): SimulatedRewards[] {
  const results = new Map<string | null, ActionResult[]>([[null, []]]);
  const failures = new Map<string | null, string[]>();
  for (const rule of processRules ?? []) {
    for (const result of rule.actionResultSummary ?? []) {
      const promotion = rule.promotionName ?? result.promotionId ?? null;
      results.set(promotion, [...(results.get(promotion) ?? []), result]);
    }
    const failure = failureOf(rule);
    const { promotionName = null } = rule;
    if (failure !== undefined) failures.set(promotionName, [...(failures.get(promotionName) ?? []), failure]);
  }
  const promotions = new Set([...results.keys(), ...failures.keys()]);
  return [...promotions].map((promotion) => ({
    ...rewardsOf(promotion, results.get(promotion) ?? []),
    failures: failures.get(promotion) ?? [],
  }));
}

function failureOf({ executionStatus, errorMessage, processRuleName }: SimulatedRule): string | undefined {
  if (executionStatus?.toLowerCase() !== 'failed') return undefined;
  return errorMessage ?? `The rule ${processRuleName ?? ''} fails without a reason.`;
}

function rewardsOf(promotion: string | null, results: readonly ActionResult[]): Omit<SimulatedRewards, 'failures'> {
  const known = new Set(['CreditPoints', 'DebitPoints', 'IssueVoucher', 'UpdateUsageForCumulativePromotion']);
  return {
    promotion,
    points: pointsOf(results),
    uses: results.flatMap(({ promotion: name, promotionId, updatedCumulativePromotionUsage: completed }) =>
      typeof completed === 'number' ? { promotion: name ?? promotion ?? promotionId ?? '', completed } : [],
    ),
    vouchers: results.filter(({ actionType }) => actionType === 'IssueVoucher').map(voucherOf),
    otherActions: results.map(({ actionType }) => actionType).filter((type) => !known.has(type)),
  };
}

/** The sum by currency. */
function pointsOf(results: readonly ActionResult[]): SimulatedPoints[] {
  const byCurrency = new Map<string, SimulatedPoints>();
  for (const result of results) {
    const { loyaltyProgramCurrencyName: currency, changeInPointsBalance, changeInEscrowPointsBalance } = result;
    if (typeof currency !== 'string') continue;
    const { points, escrow } = byCurrency.get(currency) ?? { points: 0, escrow: 0 };
    byCurrency.set(currency, {
      currency,
      points: sumOf(points, changeInPointsBalance ?? 0),
      escrow: sumOf(escrow, changeInEscrowPointsBalance ?? 0),
    });
  }
  return [...byCurrency.values()];
}

/** Without the rounding of binary numbers. */
function sumOf(a: number, b: number): number {
  const sum = readDecimal(String(b));
  return (
    readDecimal(String(a))
      ?.plus(sum ?? 0)
      .toNumber() ?? a + b
  );
}

function voucherOf(result: ActionResult): SimulatedVoucher {
  const { voucherDefinitionName, voucherCode, faceValue, discountPercent, expiryDate } = result;
  return {
    definition: voucherDefinitionName ?? null,
    code: voucherCode ?? null,
    faceValue: faceValue ?? null,
    discountPercent: discountPercent ?? null,
    expiryDate: expiryDate ?? null,
  };
}
