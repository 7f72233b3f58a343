import type { Decimal } from '../../../../base/decimal.js';
import { RuleFailure } from '../../../../rules/index.js';
import type { RuleEffect } from '../../../../rules/index.js';
import { balanceOf } from '../../engine/rewardBooks/memberCurrencies.js';
import type { ProgramCurrency } from '../reward.js';
import type { ActionCallOf, RuleActionHandlers } from './ruleAction.js';
import { numberInput, requiredText } from './ruleInputs.js';
import { promotionNamed } from './rulePromotions.js';

/** Points have two decimals in the org. */
const pointsScale = 2;

export const pointsRuleActions: RuleActionHandlers = {
  CreditPoints: (given) => move(given, numberInput(given.call, 'PointsToCredit')),
  DebitPoints: (given) => move(given, numberInput(given.call, 'PointsToDebit').negated()),
  GetMemberPointBalance: (given) => ({
    outputs: new Map([['PointsBalance', balance(given, currencyOf(given)).toNumber()]]),
  }),
  /** Moves the balance to what it shall be: what the action of an org writes is not published. */
  UpdatePointBalance: (given) => {
    const currency = currencyOf(given);
    return move(given, numberInput(given.call, 'PointsBalance').minus(balance(given, currency)));
  },
};

function move(given: ActionCallOf, wanted: Decimal): RuleEffect {
  const currency = currencyOf(given);
  const points = wanted.toDecimalPlaces(pointsScale);
  const { journal, call } = given;
  const promotion = call.promotion === undefined ? undefined : promotionNamed(given, call.promotion);
  const notes = promotion && { PromotionId: promotion.Id };
  const change = given.points.enter(journal, { kind: 'points', currency, points, ...(notes && { notes }) });
  if (!change) return {};
  const sign = points.isNegative() ? '' : '+';
  const state = change.escrowDate === null ? `now ${balance(given, currency).toFixed()}` : 'in escrow';
  const { currencyType, points: moved, escrow, escrowDate } = change;
  return {
    change: `${sign}${points.toFixed()} points in ${currency.name}, ${state}`,
    result: {
      ...{ is: 'points', currency: currency.name, currencyType, points: moved, escrow, escrowDate },
      promotionId: promotion?.Id ?? null,
    },
  };
}

function balance({ points, journal }: ActionCallOf, currency: ProgramCurrency): Decimal {
  return balanceOf(points.currencies.of(journal, currency));
}

/** @throws {RuleFailure} */
function currencyOf({ call, currencies }: ActionCallOf): ProgramCurrency {
  const name = requiredText(call, 'ProgramCurrencyName');
  const found = currencies.find((currency) => currency.name.toLowerCase() === name.toLowerCase());
  if (found) return found;
  throw new RuleFailure(`${call.name}: the program has no active currency ${name}.`);
}
