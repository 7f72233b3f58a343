import { DateTime } from 'luxon';
import { cartPromotionEndpoints } from '../../../contract/endpoints/cartPromotionEndpoints.js';
import { notImplemented } from '../../orgRefusal.js';
import type { Store } from '../../store/store.js';
import { givenInstant } from '../givenInstant.js';
import type { LoyaltyOrg } from '../loyaltyOrg.js';
import { missingFields } from '../parseInput.js';
import { serve } from '../serve.js';
import { cartMember } from './cartMember.js';
import type { Cart } from './cartMember.js';
import { eligibleRow } from './eligibleAnswer.js';
import { pricedCart } from './pricedCart.js';
import { promotionOffers } from './promotionOffers.js';
import type { CartTime, PromotionOffer } from './promotionOffers.js';

/** Promotions of several carts are listed one cart after the other. */
const eligible = serve(cartPromotionEndpoints.eligible, (loyalty, { body, version, writing: { store } }) => {
  if (body.contextInstanceId !== undefined) throw notImplemented('context instances');
  if (!body.cart) throw missingFields(['cart']);
  const eligiblePromotions = body.cart.cartDetails.flatMap((cart) =>
    offersFor(loyalty, store, cart).map((offer) => eligibleRow(offer, cart, version)),
  );
  return { eligiblePromotions };
});

/** Stores nothing. */
const execute = serve(cartPromotionEndpoints.execute, (loyalty, { body, writing: { store } }) => {
  const cartDetails = body.cart.cartDetails.map((cart) => {
    if (!cart['cartHeaderId__std']) throw missingFields(['cartHeaderId__std']);
    return pricedCart(store, cart, offersFor(loyalty, store, cart));
  });
  return { cart: { cartDetails } };
});

export const cartPromotionHandlers = [eligible, execute];

function offersFor(loyalty: LoyaltyOrg, store: Store, cart: Cart): PromotionOffer[] {
  if (!cart['currencyISOCode']) throw missingFields(['currencyISOCode']);
  return promotionOffers(store, cartMember(store, cart), timeOf(loyalty, cart['activityStartDate']));
}

/** Now, unless the cart names another time. @throws {OrgRefusal} 400 for what is not a time */
function timeOf(loyalty: LoyaltyOrg, given: unknown): CartTime {
  const { clock, settings } = loyalty.org;
  const zone = settings.timeZone;
  const instant = given ? givenInstant(loyalty, 'activityStartDate', given) : new Date(clock.now()).toISOString();
  return { instant, day: DateTime.fromISO(instant, { zone }).toISODate() ?? '' };
}
