/** What a member is near to. */
export const rewardKinds = ['promotion', 'tier'] as const;
export type RewardKind = (typeof rewardKinds)[number];

/** A member who is near a reward, with what a message to them needs. */
export interface NearReward {
  readonly reward: RewardKind;
  /** Name of the promotion or the tier. */
  readonly rewardName: string;
  /** Id of the Promotion or the LoyaltyTier. */
  readonly rewardId: string;
  readonly memberId: string;
  readonly membershipNumber: string;
  /** Of the person, the company or the group. */
  readonly name: string | null;
  /** Uses or spend of a promotion, points of a tier. */
  readonly completed: number;
  readonly target: number;
  readonly left: number;
  readonly percent: number;
  /** Last day on which the target counts: `yyyy-MM-dd`. Null if there is none. */
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

export interface NearQuestion {
  /** Percentage from 0 to below 100. */
  readonly near: number;
  readonly reward?: RewardKind;
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
