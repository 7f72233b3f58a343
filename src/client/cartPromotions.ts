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
import type { CallEndpoint } from './call.js';
import { EligiblePromotion, withRealKeys } from './eligiblePromotion.js';
import { LostAnswerError } from './failures/callErrors.js';
import { parseAnswer } from './parseAnswer.js';

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
}
