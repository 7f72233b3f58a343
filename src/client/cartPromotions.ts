import { z } from 'zod';
import { counted } from '../base/text/counted.js';
import { definedValues } from '../base/definedValues.js';
import { requestName } from '../contract/endpoint.js';
import { cartPromotionEndpoints } from '../contract/endpoints/cartPromotionEndpoints.js';
import type {
  CartInput,
  JournalRewards,
  PricedCart,
  RewardedJournal,
  RewardRequest,
} from '../contract/endpoints/cartPromotionEndpoints.js';
import { realtimeEndpoints } from '../contract/endpoints/realtimeEndpoints.js';
import type { RealtimeRequest, RealtimeResponse } from '../contract/endpoints/realtimeEndpoints.js';
import type { CallEndpoint } from './call.js';
import { EligiblePromotion, withRealKeys } from './eligiblePromotion.js';
import { LostAnswerError } from './failures/callErrors.js';
import { journalsFailure } from './failures/verdict.js';
import { parseAnswer } from './parseAnswer.js';
import { requireCount } from './simulations.js';

export interface CartOptions {
  /** API name of a rule library, where several of Global Promotions Management are active. */
  readonly ruleLibraryApiName?: string | undefined;
}

/** `client.cartPromotions`: Global Promotions Management, for a cart and for the order that it becomes. */
export class CartPromotionsResource {
  readonly #call: CallEndpoint;

  constructor(call: CallEndpoint) {
    this.#call = call;
  }

  /**
   * `POST /global-promotions-management/eligible-promotions`, which only reads: the promotions that the cart is entitled
   * to, with the rewards of each.
   */
  async eligible(cart: CartInput, options: CartOptions = {}): Promise<EligiblePromotion[]> {
    const endpoint = cartPromotionEndpoints.eligible;
    const query = definedValues(options);
    const answer = await this.#call(endpoint, { params: {}, query, body: { cart }, isRead: true });
    const rows = 'eligiblePromotions' in answer ? answer.eligiblePromotions : answer.promotions;
    const what = { what: 'Eligible promotions came', isRead: true, request: requestName(endpoint) };
    return parseAnswer((rows as Record<string, unknown>[]).map(withRealKeys), z.array(EligiblePromotion), what);
  }

  /**
   * `POST /global-promotions-management/promotion-execution` (API 65), sent at most once: the carts with their prices
   * after promotions. Each cart needs a `cartHeaderId__std`.
   */
  async execute(cart: CartInput, options: CartOptions = {}): Promise<PricedCart[]> {
    const query = definedValues(options);
    const answer = await this.#call(cartPromotionEndpoints.execute, { params: {}, query, body: { cart } });
    const { cartDetails } = ('cart' in answer ? answer.cart : answer) as { cartDetails: PricedCart[] };
    return cartDetails;
  }

  /**
   * Creates journals of an order, and gives the rewards of their `appliedPromotions`: all, or none if one cannot be
   * given. `POST /global-promotions-management/promotion-reward` (API 65), sent at most once. There is no idempotency
   * key: look the journals up after a lost answer.
   *
   * @throws {LostAnswerError} also when the number of results differs from the number of journals sent
   */
  async applyRewards(
    journals: readonly RewardedJournal[],
    options: Omit<RewardRequest, 'transactionJournalList'> = {},
  ): Promise<JournalRewards[]> {
    const endpoint = cartPromotionEndpoints.reward;
    const body = { ...options, transactionJournalList: [...journals] };
    const { transactionJournalList: results } = await this.#call(endpoint, { params: {}, body });
    if (results.length === journals.length) return results;
    const message = `The org answered ${counted(results.length, 'result')} to ${counted(journals.length, 'journal')}.`;
    throw new LostAnswerError('unreadable', message, true).ofRequest(requestName(endpoint));
  }

  /**
   * Executes new journals in real time, each with the rewards of its `appliedPromotions` besides what the rules give.
   * `POST /connect/realtime/loyalty/programs/{program}`, sent at most once, and judged like `journals.execute`.
   *
   * @throws {RangeError} for an empty list or more than 1,000 journals; nothing is sent
   * @throws {LoyaltyProcessError} for HTTP 200 with `status: false`
   * @throws {LostAnswerError} also when the number of results differs from the number of journals sent
   */
  async executeJournals(
    program: string,
    journals: readonly RewardedJournal[],
    options: Pick<RewardRequest, 'shouldCheckCouponUsageLimit'> = {},
  ): Promise<RealtimeResponse> {
    requireCount(journals);
    const endpoint = realtimeEndpoints.execute;
    const body = { ...options, transactionJournals: [...journals] } as unknown as RealtimeRequest;
    const response = await this.#call(endpoint, { params: { program }, body });
    const failure = journalsFailure(response, journals.length);
    if (failure) throw failure.ofRequest(requestName(endpoint));
    return response;
  }
}
