import { z } from 'zod';
import { MovedBalances } from './pointsResults.js';
import { countsOf, keyedRecords, listed } from './recordShapes.js';

const text = z.string().nullable();
const amount = z.number().nullable();

/** `automatic`: for every cart that is eligible. `coupon`: with a coupon. `manual`: if somebody applies it. */
export const applications = ['automatic', 'coupon', 'manual'] as const;

export const SimulateCartResult = listed(
  z.object({
    /** Id of the promotion. */
    key: z.string(),
    /** How it comes to a cart. Null if the org does not tell (before API version 63). */
    status: z.enum(applications).nullable(),
    name: text,
    code: text,
    /** The only coupon that can be used. */
    coupon: text,
    /** Why there is not one coupon, as the org says it: `NoActiveCoupon`, `MultipleActiveCoupons`. */
    couponAvailability: text,
    startDate: text,
    endDate: text,
    rewards: z.array(
      z.object({
        rule: text,
        /** As the org says it: `CreditFixedPoints`, `IssueVoucher`, `ProvideDiscount`. */
        type: text,
        /** As the org has them. Keys depend on the type, and numbers are texts. */
        details: z.record(z.string(), z.unknown()),
      }),
    ),
  }),
);
export type SimulateCartResult = z.infer<typeof SimulateCartResult>;

/** `missing`: the answer of the org does not have this cart. */
export const cartStatuses = ['priced', 'missing'] as const;

const CartPromotion = z.object({
  /** Id of the promotion. */
  key: z.string(),
  name: text,
  automatic: z.boolean().nullable(),
  coupon: text,
  /** Off the cart. */
  discount: amount,
  points: z.array(z.object({ currency: text, points: amount })),
  /** Names of voucher definitions. */
  vouchers: z.array(text),
  /** Other rewards, as the org names their lists, such as `gameRewards`. */
  otherRewards: z.array(z.object({ type: z.string(), count: z.number().int() })),
});

export const ExecuteCartResult = z.object({
  program: z.string(),
  records: z.array(
    z.object({
      /** `cartHeaderId__std` of the cart. */
      key: z.string(),
      status: z.enum(cartStatuses),
      member: z.string(),
      currencyIsoCode: text,
      before: amount,
      after: amount,
      discount: amount,
      /** The parts of the discount: off the cart, and off its lines. */
      cartDiscount: amount,
      lineDiscount: amount,
      lines: z.array(
        z.object({ key: text, product: text, quantity: amount, before: amount, discount: amount, after: amount }),
      ),
      promotions: z.array(CartPromotion),
    }),
  ),
  counts: countsOf(cartStatuses),
});
export type ExecuteCartResult = z.infer<typeof ExecuteCartResult>;

export const ApplyRewardsResult = keyedRecords({
  member: z.string(),
  /** Ids of the journals that were stored. Empty if there are none. */
  journalIds: z.array(z.string()),
  /** What each journal brought. Null if the answer of the org is not there: lost, or given to another machine. */
  rewards: z
    .array(
      z.object({
        journalId: text,
        discounts: z.array(z.object({ type: text, amount })),
        vouchers: z.array(z.object({ code: text, definition: text })),
        games: z.number().int(),
      }),
    )
    .nullable(),
  /** The points of all journals, by the ledger. */
  balances: MovedBalances,
});
export type ApplyRewardsResult = z.infer<typeof ApplyRewardsResult>;
