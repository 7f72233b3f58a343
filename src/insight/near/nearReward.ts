/** What a member is near to, and the org can find. */
export const rewardKinds = ['promotion', 'tier', 'voucher'] as const;
export type RewardKind = (typeof rewardKinds)[number];

/** A member who is near a reward, with what a message to them needs. */
export interface NearReward {
  /** `expiry`: points that are about to expire. */
  readonly reward: RewardKind | 'expiry';
  /** Name of the promotion, the tier, the voucher definition, or the currency of the points. */
  readonly rewardName: string;
  /** Id of the Promotion, the LoyaltyTier, the VoucherDefinition or the LoyaltyProgramCurrency. */
  readonly rewardId: string;
  /** The engagement attribute that counts for the promotion, which may have several. Absent if none does. */
  readonly attribute?: { readonly id: string; readonly name: string };
  readonly memberId: string;
  readonly membershipNumber: string;
  /** Of the person, the company or the group. */
  readonly name: string | null;
  /** Uses or spend of a promotion, points of a tier or a voucher. Of points that expire: those of the balance that do not. */
  readonly completed: number;
  /** Of points that expire: the balance. */
  readonly target: number;
  /** What is left to the target. Of points that expire: how many do. */
  readonly left: number;
  readonly percent: number;
  /** Last day on which the target counts, or on which the points expire: `yyyy-MM-dd`. Null if there is none. */
  readonly by: string | null;
  /** Only if asked for. */
  readonly contact?: NearContact;
}

/** How to reach a member. */
export interface NearContact {
  readonly email: string | null;
  readonly phone: string | null;
  /** `CanReceivePromotions` of the membership. */
  readonly canReceivePromotions: boolean;
  /** Other fields of the Contact, by the names that were asked for. */
  readonly fields: Readonly<Record<string, string | number | boolean | null>>;
}

/** A voucher that members get for points. An org does not say how many: the VoucherDefinition has no field for it. */
export interface VoucherCost {
  /** Name of the VoucherDefinition. */
  readonly definition: string;
  readonly points: number;
}

export interface NearQuestion {
  /** Percentage from 0 to below 100. */
  readonly near: number;
  readonly reward?: RewardKind;
  /** With `reward: 'voucher'`: the vouchers, and what they cost. */
  readonly vouchers?: readonly VoucherCost[];
  /** Whether to tell how to reach the members. */
  readonly withContact?: boolean;
  /** Names of further fields of the Contact to tell, such as that of the language. Needs `withContact`. */
  readonly contactFields?: readonly string[];
}

/** Values have at most two decimals, which are subtracted without a tail. */
export function nearDistance(
  completed: number,
  target: number,
): Pick<NearReward, 'completed' | 'target' | 'left' | 'percent'> {
  const left = Math.round((target - completed) * 100) / 100;
  return { completed, target, left, percent: Math.round((completed / target) * 10_000) / 100 };
}
