import { z } from 'zod';
import { systemClock } from '../../base/clock.js';
import { LoyaltyCallError } from '../../client/index.js';
import type { CouponUsageResult, CouponUse, FailureVerdict, LoyaltyClient } from '../../client/index.js';
import { once } from './keyedCall.js';
import type { OnceOptions, OnceResult } from './keyedCall.js';

export interface CouponRedemption extends Omit<CouponUse, 'time'> {
  /** `reinstate`: the use is taken back. */
  readonly action: 'redeem' | 'reinstate';
  /** ISO 8601; now unless given. */
  readonly time?: string | undefined;
  /** Membership number, of a member. */
  readonly member?: string | undefined;
}

/** The org counted none of the coupons, for the reasons in the message. */
export class UncountedCouponsError extends LoyaltyCallError {
  override readonly name = 'UncountedCouponsError';
  readonly errorCode = 'COUPONS_REFUSED';

  constructor(results: readonly CouponUsageResult[]) {
    super(results.map(({ couponCode, errorMessage }) => `${couponCode ?? '–'}: ${errorMessage ?? '–'}`).join(' '));
  }

  judge(): FailureVerdict {
    return { kind: 'refused', code: this.errorCode, reason: this.message, nothingStored: true };
  }
}

const Codes = z.array(z.string());

/**
 * Counts the use of coupons, or takes it back, once per key, of which only this machine knows. After a lost answer the
 * org is asked which coupons are counted for the transaction number. If these have not changed, nobody can tell by itself:
 * it is `unclear`, and never sent again with this key.
 *
 * @returns a result for each code; without counts if only the records in the org show that it happened
 * @throws {KeyConflictError}
 * @throws {ErasedKeyError}
 */
export function redeemCouponsOnce(
  { coupons }: Pick<LoyaltyClient, 'coupons'>,
  { action, time, member, ...use }: CouponRedemption,
  options: Omit<OnceOptions, 'content'>,
): Promise<OnceResult<readonly CouponUsageResult[]>> {
  const { codes, transactionNumber, customerId } = use;
  const content = ['redeemCoupons', action, codes, transactionNumber, customerId, time ?? null];
  const read = () => coupons.usesOf(transactionNumber);
  return once<readonly CouponUsageResult[]>(
    { member, ...options, content },
    {
      before: read,
      send: async () => {
        const now = (options.clock ?? systemClock).now();
        const sent = { ...use, time: time ?? new Date(now).toISOString() };
        const results = await (action === 'redeem' ? coupons.increaseUsage(sent) : coupons.decreaseUsage(sent));
        if (results.every(({ isSuccess }) => !isSuccess)) throw new UncountedCouponsError(results);
        return results;
      },
      check: async (before) => {
        const [was, is] = [Codes.parse(before), await read()];
        const answer = seenResults(codes, action === 'redeem' ? { less: was, more: is } : { less: is, more: was });
        return answer ? { answer } : 'unclear';
      },
    },
  );
}

/** The coupons of the call that are there more often; undefined if none is, or not as often as the call names it. */
function seenResults(
  codes: readonly string[],
  { less, more }: { readonly less: readonly string[]; readonly more: readonly string[] },
): CouponUsageResult[] | undefined {
  const results = codes.map((couponCode) => {
    const change = timesIn(more, couponCode) - timesIn(less, couponCode);
    return { couponCode, isSuccess: change !== 0, isClear: change === 0 || change === timesIn(codes, couponCode) };
  });
  if (!results.some(({ isSuccess }) => isSuccess) || !results.every(({ isClear }) => isClear)) return undefined;
  return results.map(({ couponCode, isSuccess }) => ({ couponCode, isSuccess }));
}

function timesIn(codes: readonly string[], code: string): number {
  return codes.filter((each) => each.toLowerCase() === code.toLowerCase()).length;
}
