import { decimalOf, product } from '../../../base/decimal.js';
import type { Decimal } from '../../../base/decimal.js';
import type { ProcessRule, RuleCondition, RuleStep } from './processRule.js';
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
 * The built-in rules of every process of type TransactionJournal, for programs without loaded rules of their own:
 *
 * 1. The base rule credits points for the transaction amount in each active currency. A negative amount takes them back.
 * 2. The rule of each cumulative promotion adds uses for a purchase. A negative amount takes them back.
 *
 * A Redemption is paid with points: its amount is debited from the currencies that can be spent, and it does not count
 * as a purchase. Each currency and each promotion is a separate action. This project invented the rules; no published
 * rule works like this.
 */
export function builtInRules(targets: RewardTargets, settings: BuiltInRuleSettings): ProcessRule[] {
  const { currencies, promotions } = targets;
  const steps = currencies.map((currency) => pointsStep(currency, settings.pointsPerUnit));
  return [
    { name: 'Built-in base rule', conditions: [], steps },
    ...promotions.map((promotion) => promotionRule(promotion, settings.usagePerPurchase)),
  ];
}

/**
 * Points are rounded to two decimals, ties away from zero, so a refund takes back exactly the points of its sale.
 */
export function pointsFor(amount: Decimal, pointsPerUnit: Decimal): Decimal {
  return product([amount, pointsPerUnit]).toDecimalPlaces(pointsScale);
}

function pointsStep(currency: ProgramCurrency, pointsPerUnit: number): RuleStep {
  return {
    name: `Points in ${currency.name}`,
    kind: 'points',
    parameters: [
      ['ProgramCurrencyName', currency.name],
      ['PointsToCredit', `{!TransactionJournal.TransactionAmount} * ${pointsPerUnit}`],
    ],
    action: pointsAction(currency, decimalOf(pointsPerUnit)),
  };
}

function pointsAction(currency: ProgramCurrency, pointsPerUnit: Decimal): RuleAction {
  return (journal) => {
    const points = pointsFor(journal.amount, pointsPerUnit);
    if (!isRedemption(journal)) return { kind: 'points', currency, points };
    return currency.type === 'NonQualifying' ? { kind: 'points', currency, points: points.negated() } : undefined;
  };
}

function promotionRule(promotion: RewardingPromotion, usagePerPurchase: number): ProcessRule {
  const conditions = purchaseConditions(promotion);
  const action: RuleAction = (journal) => {
    if (!conditions.every(({ isMet }) => isMet(journal))) return undefined;
    return { kind: 'usage', promotion, uses: journal.amount.isPositive() ? usagePerPurchase : -usagePerPurchase };
  };
  const step: RuleStep = {
    name: `Uses of ${promotion.name}`,
    kind: 'usage',
    parameters: [
      ['PromotionName', promotion.name],
      ['UsageIncrement', String(usagePerPurchase)],
    ],
    action,
  };
  return { name: `Built-in rule of ${promotion.name}`, promotion, conditions, steps: [step] };
}

/** A purchase on a UTC day within the period of the promotion. */
function purchaseConditions({ startDate, endDate }: RewardingPromotion): RuleCondition[] {
  const type = 'TransactionJournal.JournalType.Name';
  const amount = 'TransactionJournal.TransactionAmount';
  const day = 'TransactionJournal.ActivityDate';
  return [
    condition(type, 'Equals', 'Accrual', ({ journalType }) => journalType.toLowerCase() === 'accrual'),
    condition(amount, 'NotEquals', '0', (journal) => !journal.amount.isZero()),
    ...(startDate === ''
      ? []
      : [
          condition(
            day,
            'GreaterThanOrEquals',
            startDate,
            ({ activityDate }) => activityDate.slice(0, 10) >= startDate,
          ),
        ]),
    ...(endDate === null
      ? []
      : [condition(day, 'LessThanOrEquals', endDate, ({ activityDate }) => activityDate.slice(0, 10) <= endDate)]),
  ];
}

function condition(
  field: string,
  operator: RuleCondition['operator'],
  value: string,
  isMet: RuleCondition['isMet'],
): RuleCondition {
  return { field, operator, value, isMet };
}

function isRedemption({ journalType }: RunningJournal): boolean {
  return journalType.toLowerCase() === 'redemption';
}
