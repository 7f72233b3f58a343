import { z } from 'zod';
import { endpoint } from '../endpoint.js';

const text = z.string().nullish();
/** The guide's table has integers, its sample has texts such as `2.0`. */
const amount = z.union([z.string(), z.number()]).nullish();
const count = z.union([z.number(), z.string()]).nullish();

const TrailAttribute = z.looseObject({
  attributeStatus: text,
  /** Null when nothing is recorded. */
  currentValue: amount,
  defaultValue: amount,
  description: text,
  /** `yyyy-MM-dd`, although the guide's table has a date-time. */
  endDate: text,
  name: text,
  startDate: text,
  targetValue: amount,
});

const Badges = z.array(z.looseObject({ badgeId: text, badgeName: text })).nullish();

const TrailRewards = z.looseObject({
  /** Key of the guide's sample. Its table has `BadgeRewards`. */
  badgeReward: Badges,
  badgeRewards: Badges,
  BadgeRewards: Badges,
  pointsRewards: z.array(z.looseObject({ currencyId: text, currencyName: text, points: amount })).nullish(),
  voucherRewards: z.array(z.looseObject({ voucherDefinitionId: text, voucherName: text })).nullish(),
});
export type TrailRewards = z.infer<typeof TrailRewards>;

const EngagementTrailAnswer = z.looseObject({
  memberEngagementAttributeOutputRepresentations: z.array(TrailAttribute).nullish(),
  message: text,
  promotionName: text,
  /** How often the trail can still be completed. Null, like `totalResetCount`, when that is once. */
  remainingResetCount: count,
  rewards: z.array(TrailRewards).nullish(),
  status: z.boolean(),
  totalResetCount: count,
});
export type EngagementTrailAnswer = z.infer<typeof EngagementTrailAnswer>;

export const trailEndpoints = {
  /** The guide prints the parameter as `$promotionId`. Clients of real orgs send it without the sign. */
  ofMember: endpoint({
    method: 'GET',
    path: '/loyalty/programs/{program}/members/{membershipNumber}/engagement-trail',
    since: 63,
    guide: 'Member Engagement Trail',
    query: z.object({ promotionId: z.string().optional(), $promotionId: z.string().optional() }),
    response: EngagementTrailAnswer,
  }),
};
