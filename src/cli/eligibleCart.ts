import { Messages } from '@salesforce/core';
import type { EligiblePromotion } from '../client/index.js';
import type { SimulateCartResult } from './results/cartResults.js';
import { pointsText } from './rewardLines.js';
import { enumWords } from './terminal/enumWords.js';
import { countText, dateText, wrapped } from './terminal/terminalText.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.simulate.cart');

type EligibleRecord = SimulateCartResult['records'][number];
type Reward = EligibleRecord['rewards'][number];
type Details = Reward['details'];

/** A promotion as `--json` has it. */
export function eligibleRecord(promotion: EligiblePromotion): EligibleRecord {
  const { couponDetails, isAutomatic, promotionEligibleRules: rules } = promotion;
  const needsCoupon = Boolean(couponDetails?.coupon ?? couponDetails?.couponAvailabilityMessage);
  const automatic = isAutomatic === true ? 'automatic' : isAutomatic === false ? 'manual' : null;
  return {
    key: promotion.promotionId,
    status: needsCoupon ? 'coupon' : automatic,
    name: promotion.displayName ?? null,
    code: promotion.promotionCode ?? null,
    coupon: couponDetails?.coupon?.couponCode ?? null,
    couponAvailability: couponDetails?.couponAvailabilityMessage ?? null,
    startDate: promotion.startDateTime ?? null,
    endDate: promotion.endDateTime ?? null,
    rewards: (rules ?? []).flatMap(({ ruleName, ruleRewards }) =>
      (ruleRewards ?? []).map(({ rewardType, rewardDetails }) => ({
        rule: ruleName ?? null,
        type: rewardType ?? null,
        details: rewardDetails ?? {},
      })),
    ),
  };
}

/** What a person reads of a promotion: its name, and a line for each reward. */
export function eligibleLines(record: EligibleRecord): string[] {
  const until = record.endDate === null ? [] : [messages.getMessage('word.until', [dateText(record.endDate)])];
  const facts = [...applicationWords(record), ...until].join(', ');
  const name = record.name ?? record.code ?? record.key;
  const rewards = record.rewards.map(rewardText);
  return [
    ...wrapped(facts === '' ? name : `${name} (${facts})`, '  '),
    ...(rewards.length > 0 ? rewards : [messages.getMessage('word.nothing')]).flatMap((line) => wrapped(line, '    ')),
  ];
}

function applicationWords({ status, coupon, couponAvailability }: EligibleRecord): string[] {
  if (status === null) return [];
  if (status !== 'coupon') return [messages.getMessage(`word.${status}`)];
  if (coupon !== null) return [messages.getMessage('word.coupon', [coupon])];
  // Guides spell the reasons in two ways.
  if (/^NoActiveCoupons?$/.test(couponAvailability ?? '')) return [messages.getMessage('word.noCoupon')];
  if (couponAvailability === 'MultipleActiveCoupons') return [messages.getMessage('word.severalCoupons')];
  if (/^SingleActive(Coupon)?LimitReached$/.test(couponAvailability ?? '')) return [messages.getMessage('word.usedUp')];
  return [messages.getMessage('word.needsCoupon', [enumWords(couponAvailability)])];
}

function rewardText({ type, details }: Reward): string {
  const points = numberAt(details, 'points');
  const currency = textAt(details, 'loyaltyProgramCurrencyName');
  if (type === 'CreditFixedPoints' && points !== null)
    return pointsText(points, currency ?? messages.getMessage('word.points'));
  const voucher = textAt(details, 'voucherDefinitionName');
  if (type === 'IssueVoucher' && voucher !== null) return messages.getMessage('info.voucher', [voucher]);
  return (type === 'ProvideDiscount' ? discountText(details) : null) ?? otherText(type, details);
}

/** Null for a kind of discount whose meaning is not published. */
function discountText(details: Details): string | null {
  const value = numberAt(details, 'discountValue');
  const kind = textAt(details, 'discountType');
  if (value === null || (kind !== 'PercentageOff' && kind !== 'AmountOff')) return null;
  const off = kind === 'PercentageOff' ? `${countText(value)} %` : countText(value);
  const level = textAt(details, 'discountLevel') === 'Line' ? 'info.lineDiscount' : 'info.cartDiscount';
  const of = textAt(details, 'discountProduct') ?? textAt(details, 'discountCategory');
  return messages.getMessage(level, [off]) + (of === null ? '' : `: ${of}`);
}

/** Kinds whose details are not published: all that the org says. */
function otherText(type: string | null, details: Details): string {
  const told = Object.entries(details).filter(([, value]) => value !== null && value !== '');
  const facts = told.map(([name, value]) => `${name} ${typeof value === 'string' ? value : JSON.stringify(value)}`);
  return facts.length === 0 ? enumWords(type) : `${enumWords(type)}: ${facts.join(', ')}`;
}

function textAt(details: Details, key: string): string | null {
  const value = details[key];
  return typeof value === 'string' && value !== '' ? value : null;
}

function numberAt(details: Details, key: string): number | null {
  const value = details[key];
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : null;
}
