import { type Decimal, decimalOf, product } from '../../../base/decimal.js';
import type { CumulativePromotion, ProgramCurrency } from './reward.js';
import type { RuleAction, RunningJournal } from './rule.js';

/** What there is to reward with. */
export interface RewardTargets {
  readonly currencies: readonly ProgramCurrency[];
  readonly promotions: readonly CumulativePromotion[];
}

export interface BuiltInRuleSettings {
  readonly pointsPerUnit: number;
  readonly usagePerPurchase: number;
}

/** `LoyaltyLedger.Points` is a double(18,2). */
const pointsScale = 2;

/**
 * The rule that every process of type TransactionJournal has until rules of its own can be loaded:
 *
 * 1. points for the transaction amount in each active currency; a negative amount takes them back;
 * 2. a use of each cumulative promotion for a purchase, and one less for a negative amount.
 *
 * A Redemption is paid with points: its amount is debited from the currencies that can be spent, and it is no purchase.
 * Each currency and each promotion is an action of its own. Ours throughout: no published rule works like this.
 */
export function builtInRule({ currencies, promotions }: RewardTargets, settings: BuiltInRuleSettings): RuleAction[] {
  const pointsPerUnit = decimalOf(settings.pointsPerUnit);
  return [
    ...currencies.map((currency) => pointsAction(currency, pointsPerUnit)),
    ...promotions.map((promotion) => usageAction(promotion, settings.usagePerPurchase)),
  ];
}

/**
 * Points are rounded to two decimals, ties away from zero, so that a refund takes back exactly what its sale gave.
 */
export function pointsFor(amount: Decimal, pointsPerUnit: Decimal): Decimal {
  return product([amount, pointsPerUnit]).toDecimalPlaces(pointsScale);
}

function pointsAction(currency: ProgramCurrency, pointsPerUnit: Decimal): RuleAction {
  return (journal) => {
    const points = pointsFor(journal.amount, pointsPerUnit);
    if (!isRedemption(journal)) return { kind: 'points', currency, points };
    return currency.type === 'NonQualifying' ? { kind: 'points', currency, points: points.negated() } : undefined;
  };
}

function usageAction(promotion: CumulativePromotion, usagePerPurchase: number): RuleAction {
  return (journal) => {
    if (journal.journalType.toLowerCase() !== 'accrual' || journal.amount.isZero()) return undefined;
    if (!isOn(promotion, journal.activityDate)) return undefined;
    return { kind: 'usage', promotion, uses: journal.amount.isPositive() ? usagePerPurchase : -usagePerPurchase };
  };
}

/** The day of the activity, in UTC, lies within the promotion. */
function isOn({ startDate, endDate }: CumulativePromotion, activityDate: string): boolean {
  const day = activityDate.slice(0, 10);
  return startDate <= day && (endDate === null || day <= endDate);
}

function isRedemption({ journalType }: RunningJournal): boolean {
  return journalType.toLowerCase() === 'redemption';
}
