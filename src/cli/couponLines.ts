import { Messages } from '@salesforce/core';
import type { CouponUsageResult } from '../client/index.js';
import type { RedeemCouponResult } from './results/couponResults.js';
import { countText } from './terminal/terminalText.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.redeem.coupon');

type RedeemedRecord = RedeemCouponResult['records'][number];
type CouponRecord = NonNullable<RedeemedRecord['coupons']>[number];

/** What became of a coupon, as `--json` has it. @param given the code in the call, which an answer may leave out */
export function couponRecord(result: CouponUsageResult, given: string): CouponRecord {
  return {
    code: result.couponCode ?? given,
    counted: result.isSuccess,
    remaining: result.remainingRedemptionCount ?? null,
    remainingForCustomer: result.remainingRedemptionCountForCustomer ?? null,
    reason: result.errorMessage ?? null,
  };
}

/** A line for each coupon. */
export function couponLines({ action, coupons, member, customerId, transaction }: RedeemedRecord): string[] {
  return (coupons ?? []).map(({ code, counted, reason, ...left }) => {
    if (!counted)
      return messages.getMessage(`info.${action}.not`, [code, reason ?? messages.getMessage('word.noReason')]);
    const done = messages.getMessage(`info.${action}`, [code, member ?? customerId, transaction]);
    return [done, ...leftWords(left)].join(' ');
  });
}

function leftWords({ remaining, remainingForCustomer: own }: Pick<CouponRecord, 'remaining' | 'remainingForCustomer'>) {
  return [
    ...(remaining === null ? [] : [messages.getMessage('info.left', [countText(remaining)])]),
    ...(own === null ? [] : [messages.getMessage('info.leftForCustomer', [countText(own)])]),
  ];
}
