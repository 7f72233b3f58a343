import { z } from 'zod';

const text = z.string().nullish();

const Reward = z.looseObject({
  /** Such as `CreditFixedPoints`, `IssueVoucher`, `ProvideDiscount`. */
  rewardType: text,
  /** Keys depend on the type. Numbers are texts: `10.0`. */
  rewardDetails: z.record(z.string(), z.unknown()).nullish(),
});

const Rule = z.looseObject({
  ruleName: text,
  rulePriority: z.number().nullish(),
  ruleRewards: z.array(Reward).nullish(),
});

const Coupon = z.looseObject({ couponCode: text, startDateTime: text, endDateTime: text, status: text });

/** A promotion that a cart is entitled to. */
export const EligiblePromotion = z.looseObject({
  couponDetails: z.looseObject({ coupon: Coupon.nullish(), couponAvailabilityMessage: text }).nullish(),
  currencyIsoCode: text,
  description: text,
  displayName: text,
  endDateTime: text,
  isAutomatic: z.boolean().nullish(),
  priorityNumber: z.number().nullish(),
  promotionCode: text,
  promotionEligibleRules: z.array(Rule).nullish(),
  promotionId: z.string(),
  promotionLimits: z.array(z.record(z.string(), z.unknown())).nullish(),
  startDateTime: text,
  termsAndCondition: text,
});
export type EligiblePromotion = z.infer<typeof EligiblePromotion>;

type Row = Readonly<Record<string, unknown>>;

/** Returns a row with the keys of real answers, whichever of the two shapes of the guide it has. */
export function withRealKeys(row: Row): Row {
  const { id, priority, limits, rules, ...others } = row;
  const renamed = {
    ...(id !== undefined && { promotionId: id }),
    ...(priority !== undefined && { priorityNumber: priority }),
    ...(limits !== undefined && { promotionLimits: limits }),
    ...(Array.isArray(rules) && { promotionEligibleRules: rules.map((rule: Row) => ruleWithRealKeys(rule)) }),
  };
  return {
    ...renamed,
    ...others,
    ...('couponDetails' in row && { couponDetails: spelledRight(row['couponDetails']) }),
  };
}

function ruleWithRealKeys({ benefits, ...rule }: Row): Row {
  return benefits === undefined ? rule : { ruleRewards: benefits, ...rule };
}

/** The guide of Loyalty Management spells the key `couponAvailablityMessage`. */
function spelledRight(details: unknown): unknown {
  if (typeof details !== 'object' || details === null || !('couponAvailablityMessage' in details)) return details;
  const { couponAvailablityMessage, ...others } = details;
  return { couponAvailabilityMessage: couponAvailablityMessage, ...others };
}
