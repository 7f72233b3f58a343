import { z } from 'zod';
import { counted } from '../base/text/counted.js';
import { requestName } from '../contract/endpoint.js';
import { couponEndpoints } from '../contract/endpoints/couponEndpoints.js';
import type { CouponUsageRequest, CouponUsageResult } from '../contract/endpoints/couponEndpoints.js';
import type { CallEndpoint } from './call.js';
import { LostAnswerError } from './failures/callErrors.js';
import { noneWithoutFeature } from './query/noneWithoutFeature.js';
import type { QueryResource } from './query/queryResource.js';
import { soqlText } from './query/soql.js';

/** Coupons that a customer used for one cart. */
export interface CouponUse {
  readonly codes: readonly string[];
  /** ISO 8601. */
  readonly time: string;
  /** Number of the cart or order. */
  readonly transactionNumber: string;
  /** Id of a contact, an account or a member. */
  readonly customerId: string;
}

const UseRow = z.object({ Coupon: z.object({ CouponCode: z.string() }).nullable() });

/** `client.coupons`: counts the use of coupons, for orders that are no journals (API 63). */
export class CouponsResource {
  readonly #call: CallEndpoint;
  readonly #query: QueryResource;

  constructor(call: CallEndpoint, query: QueryResource) {
    this.#call = call;
    this.#query = query;
  }

  /**
   * `POST /global-promotions-management/coupons/usage-increase`, sent at most once. Each coupon succeeds or fails by
   * itself. There is no idempotency key: a call that is sent twice may count twice.
   *
   * @returns a result for each code
   * @throws {LostAnswerError} also when the number of results differs from the number of codes
   */
  async increaseUsage(use: CouponUse): Promise<CouponUsageResult[]> {
    return this.#change(couponEndpoints.increase, use);
  }

  /**
   * `POST /global-promotions-management/coupons/usage-decrease`: takes back what was counted for the same transaction
   * number and customer. Sent at most once, and answered as an increase.
   *
   * @throws {LostAnswerError} also when the number of results differs from the number of codes
   */
  async decreaseUsage(use: CouponUse): Promise<CouponUsageResult[]> {
    return this.#change(couponEndpoints.decrease, use);
  }

  /**
   * The codes of the coupons that were counted for a transaction number, one for each use: CouponCodeRedemption. That
   * this resource writes such records is not published, so none does not prove that nothing was counted.
   */
  async usesOf(transactionNumber: string): Promise<string[]> {
    const soql =
      `SELECT Coupon.CouponCode FROM CouponCodeRedemption WHERE Transaction = ${soqlText(transactionNumber)} ` +
      'ORDER BY Id';
    const rows = await this.#query.allRows(soql, UseRow).catch(noneWithoutFeature);
    return rows.flatMap(({ Coupon }) => Coupon?.CouponCode ?? []);
  }

  async #change(
    endpoint: typeof couponEndpoints.increase | typeof couponEndpoints.decrease,
    { codes, time, transactionNumber, customerId }: CouponUse,
  ): Promise<CouponUsageResult[]> {
    const body: CouponUsageRequest = {
      couponCodeList: [...codes],
      activityDateTime: time,
      externalTransactionNumber: transactionNumber,
      customerId,
    };
    const answer = await this.#call(endpoint, { params: {}, body });
    const results = Array.isArray(answer) ? answer : answer['couponUsageResultList'];
    if (results.length === codes.length) return results;
    const message = `The org answered ${counted(results.length, 'result')} to ${counted(codes.length, 'coupon')}.`;
    throw new LostAnswerError('unreadable', message, true).ofRequest(requestName(endpoint));
  }
}
