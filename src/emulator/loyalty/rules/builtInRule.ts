import { isInPeriod } from '../../../base/dayPeriod.js';
import { decimalOf, product } from '../../../base/decimal.js';
import type { Decimal } from '../../../base/decimal.js';
import type { RewardingPromotion, ProgramCurrency } from './reward.js';
import type { RuleAction, RunningJournal } from './rule.js';

/** The currencies and promotions that a rule can reward with. */
export interface RewardTargets {
  readonly currencies: readonly ProgramCurrency[];
  readonly promotions: readonly RewardingPromotion[];
}

export interface BuiltInRuleSettings {
  readonly pointsPerUnit: number;
  readonly usagePerPurchase: number;
}

/** `LoyaltyLedger.Points` is a double(18,2). */
const pointsScale = 2;

/**
 * The built-in rule of every process of type TransactionJournal, until the process's own rules can be loaded:
 *
 * 1. It credits points for the transaction amount in each active currency. A negative amount takes them back.
 * 2. It adds uses of each cumulative promotion for a purchase. A negative amount takes them back.
 *
 * A Redemption is paid with points: its amount is debited from the currencies that can be spent, and it does not count
 * as a purchase. Each currency and each promotion is a separate action. This project invented the rule; no published
 * rule works like this.
 */
export function builtInRule({ currencies, promotions }: RewardTargets, settings: BuiltInRuleSettings): RuleAction[] {
  const pointsPerUnit = decimalOf(settings.pointsPerUnit);
  return [
    ...currencies.map((currency) => pointsAction(currency, pointsPerUnit)),
    ...promotions.map((promotion) => usageAction(promotion, settings.usagePerPurchase)),
  ];
}

/**
 * Points are rounded to two decimals, ties away from zero, so a refund takes back exactly the points of its sale.
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

function usageAction(promotion: RewardingPromotion, usagePerPurchase: number): RuleAction {
  return (journal) => {
    if (journal.journalType.toLowerCase() !== 'accrual' || journal.amount.isZero()) return undefined;
    if (!isOn(promotion, journal.activityDate)) return undefined;
    return { kind: 'usage', promotion, uses: journal.amount.isPositive() ? usagePerPurchase : -usagePerPurchase };
  };
}

/** Whether the UTC day of the activity is within the promotion's period. */
function isOn({ startDate, endDate }: RewardingPromotion, activityDate: string): boolean {
  return isInPeriod(activityDate.slice(0, 10), startDate, endDate);
}

function isRedemption({ journalType }: RunningJournal): boolean {
  return journalType.toLowerCase() === 'redemption';
}
