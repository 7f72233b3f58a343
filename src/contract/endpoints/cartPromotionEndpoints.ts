import { z } from 'zod';
import { endpoint } from '../endpoint.js';

/**
 * The keys are fields that the context definition of the org maps, so orgs differ. A loyalty member is named by
 * `membershipNumber` or `loyaltyProgramMemberId`. `currencyISOCode` is so spelled, and required.
 */
export const CartInput = z.looseObject({
  cartDetails: z.array(z.record(z.string(), z.unknown())).min(1),
});
export type CartInput = z.infer<typeof CartInput>;

/** Needed where several rule libraries for Global Promotions Management are active. */
const RuleLibraryQuery = z.object({ ruleLibraryApiName: z.string().optional() });

/** `contextInstanceId` since v65. */
const EligibleRequest = z.object({ cart: CartInput.optional(), contextInstanceId: z.string().optional() });
export type EligibleRequest = z.infer<typeof EligibleRequest>;

const Rows = z.array(z.record(z.string(), z.unknown()));

const text = z.string().nullish();
const amount = z.number().nullish();

/** What a promotion gives besides a lower price. */
const NonPricingRewards = z.looseObject({
  badgeRewards: Rows.nullish(),
  fixedPointsRewards: z
    .array(
      z.looseObject({ loyaltyProgramCurrencyId: text, loyaltyProgramCurrencyName: text, points: z.number().nullish() }),
    )
    .nullish(),
  gameRewards: Rows.nullish(),
  multiplierPointsRewards: Rows.nullish(),
  voucherRewards: z.array(z.looseObject({ voucherDefinitionId: text, voucherDefinitionName: text })).nullish(),
});

const AppliedCartPromotion = z.looseObject({
  cartAmountAfterDiscount: amount,
  cartAmountBeforeDiscount: amount,
  cartLevelDiscountAmount: amount,
  couponCode: text,
  displayName: text,
  isAutomatic: z.boolean().nullish(),
  nonPricingRewards: NonPricingRewards.nullish(),
  promotionId: z.string(),
});

const PricedLine = z.looseObject({
  appliedCartLinePromotionDetails: Rows.nullish(),
  cartLineItemAmountAfterDiscount: amount,
  cartLineItemAmountBeforeDiscount: amount,
  cartLineItemId: text,
  cartLineItemQuantity: amount,
  cartLineProduct: text,
  totalCartLineItemDiscountAmount: amount,
});

/** Guide: "Cart Details". */
export const PricedCart = z.looseObject({
  adjustedCartAmount: amount,
  appliedCartPromotionDetails: z.array(AppliedCartPromotion).nullish(),
  cartHeaderId: text,
  cartLineDetails: z.array(PricedLine).nullish(),
  initialCartAmount: amount,
  totalCartLevelDiscountAmount: amount,
  totalDiscountAmount: amount,
  totalLineLevelDiscountAmount: amount,
});
export type PricedCart = z.infer<typeof PricedCart>;

const PricedCarts = z.looseObject({ cartDetails: z.array(PricedCart) });

/**
 * A promotion with the rewards that a journal gets of it. Guide and resources differ in the names of rewards: `Points`
 * or `CreditFixedPoints`, `Voucher` or `IssueVoucher`, `Discount` or `ProvideDiscount`.
 */
export const AppliedPromotion = z.looseObject({
  couponCode: z.string().optional(),
  promotionCode: z.string().optional(),
  promotionId: z.string().optional(),
  rewards: z.array(z.looseObject({ rewardType: z.string() })).optional(),
});
export type AppliedPromotion = z.infer<typeof AppliedPromotion>;

/** A new journal by the API names of its fields, and what was promised for it. */
const RewardedJournal = z.looseObject({
  ActivityDate: z.string(),
  appliedPromotions: z.array(AppliedPromotion).optional(),
});
export type RewardedJournal = z.infer<typeof RewardedJournal>;

export const RewardRequest = z.object({
  /** Whether, and where, journals are stored. Since v66. The guide's sample has `CreateTransactionJournal`. */
  journalCreationMode: z.string().optional(),
  shouldCheckCouponUsageLimit: z.boolean().optional(),
  transactionJournalList: z.array(RewardedJournal).min(1),
});
export type RewardRequest = z.infer<typeof RewardRequest>;

const JournalRewards = z.looseObject({
  discountsAppliedList: z.array(z.looseObject({ discountAmount: amount, discountType: text })).nullish(),
  gamesAssignedList: Rows.nullish(),
  id: text,
  voucherIssuedList: z
    .array(z.looseObject({ promotionId: text, voucherCode: text, voucherDefinitionName: text, voucherId: text }))
    .nullish(),
});
export type JournalRewards = z.infer<typeof JournalRewards>;

/** Resources of Global Promotions Management. The program is that of the member in the cart. */
export const cartPromotionEndpoints = {
  eligible: endpoint({
    method: 'POST',
    path: '/global-promotions-management/eligible-promotions',
    since: 60,
    guide: 'Eligible Promotions List',
    query: RuleLibraryQuery,
    request: EligibleRequest,
    /** Real answers have the first key, the guide of Loyalty Management the second. */
    response: z.union([z.looseObject({ eligiblePromotions: Rows }), z.looseObject({ promotions: Rows })]),
  }),
  /** A cart needs a `cartHeaderId__std`. */
  execute: endpoint({
    method: 'POST',
    path: '/global-promotions-management/promotion-execution',
    since: 65,
    guide: 'Promotion Evaluation and Execution',
    query: RuleLibraryQuery,
    request: z.object({ cart: CartInput }),
    /** The guide's sample has `cart` around what its table has. */
    response: z.union([z.looseObject({ cart: PricedCarts }), PricedCarts]),
  }),
  /** All or nothing. */
  reward: endpoint({
    method: 'POST',
    path: '/global-promotions-management/promotion-reward',
    since: 65,
    guide: 'Promotion Reward Application',
    request: RewardRequest,
    response: z.looseObject({ transactionJournalList: z.array(JournalRewards) }),
  }),
};
