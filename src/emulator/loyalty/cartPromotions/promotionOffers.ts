import type { Store } from '../../store/store.js';
import type { SObjectRow } from '../../store/tables/objectTable.js';
import { enrolledPromotions, isActiveMember } from '../memberStanding.js';
import { eligibilityOf } from '../processes/promotionRows.js';
import { numberOf, parentOf, textOrNull } from '../rowValues.js';
import type { CartMember } from './cartMember.js';

/** A promotion for a cart, and what its record promises. */
export interface PromotionOffer {
  readonly promotion: SObjectRow;
  readonly currency: SObjectRow | undefined;
  /** Zero where it gives none. */
  readonly points: number;
  readonly voucher: SObjectRow | undefined;
  /** Those that can be used now. */
  readonly coupons: readonly SObjectRow[];
  readonly needsCoupon: boolean;
}

/** When a cart is looked at. */
export interface CartTime {
  /** `yyyy-MM-dd` */
  readonly day: string;
  /** ISO 8601 in UTC. */
  readonly instant: string;
}

/**
 * The promotions of the program that the member is eligible for on the day of the cart, and whose record promises
 * points or a voucher for an accrual. A cumulative one rewards its target, and not a cart. Lowest priority number first.
 *
 * Tiers, segments, products and limits are not looked at, nor are discounts, which stand in rules.
 */
export function promotionOffers(store: Store, { memberId, program }: CartMember, time: CartTime): PromotionOffer[] {
  const enrolled = enrolledPromotions(store, memberId);
  const standing = { isActiveMember: isActiveMember(store, memberId), today: time.day };
  return store
    .find('Promotion', { LoyaltyProgramId: program.id, IsActive: true })
    .filter(isForPurchases)
    .filter((each) => eligibilityOf(each, { ...standing, isEnrolled: enrolled.has(each.Id) }) === 'Eligible')
    .map((promotion) => promotionOffer(store, promotion, time))
    .filter(({ points, voucher }) => points > 0 || voucher !== undefined)
    .sort((a, b) => priorityOf(a) - priorityOf(b));
}

function isForPurchases(promotion: SObjectRow): boolean {
  const {
    LoyaltyPromotionType: type,
    TransactionJournalType: journalType,
    IsReferralPromotion: ofReferrals,
  } = promotion;
  return type !== 'Cumulative' && journalType !== 'Redemption' && ofReferrals !== true;
}

/** The action that a promotion names is its only one. */
function promotionOffer(store: Store, promotion: SObjectRow, { instant }: CartTime): PromotionOffer {
  const action = promotion['FulfillmentAction'];
  const currency = parentOf(store, promotion, 'LoyaltyProgramCurrencyId', 'LoyaltyProgramCurrency');
  const definition = parentOf(store, promotion, 'DefaultVoucherDefinitionId', 'VoucherDefinition');
  const coupons = store.find('Coupon', { PromotionId: promotion.Id });
  return {
    promotion,
    currency,
    points: currency && action !== 'IssueVoucher' ? numberOf(promotion, 'TotalRewardPoints') : 0,
    voucher: action !== 'CreditPoints' && definition?.['IsActive'] === true ? definition : undefined,
    coupons: coupons.filter((coupon) => isUsable(coupon, instant)),
    needsCoupon: coupons.length > 0,
  };
}

/** Whether a coupon is active, and in its period at that time. */
export function isUsable(coupon: SObjectRow, instant: string): boolean {
  const begins = textOrNull(coupon, 'StartDateTime') ?? '';
  const ends = textOrNull(coupon, 'EndDateTime');
  return coupon['Status'] === 'Active' && begins <= instant && (ends === null || instant <= ends);
}

function priorityOf({ promotion }: PromotionOffer): number {
  return promotion['PriorityNumber'] === null ? Number.MAX_SAFE_INTEGER : numberOf(promotion, 'PriorityNumber');
}
