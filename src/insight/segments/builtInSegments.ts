import type { SegmentDefinition } from './segmentShape.js';

/** Segments that most programs have. Their days and shares suit a shop that a good customer visits every month. */
export const builtInSegments: readonly SegmentDefinition[] = [
  {
    name: 'new',
    title: 'New: enrolled in the last 30 days',
    all: [{ feature: 'daysSinceEnrollment', atMost: 30 }],
  },
  {
    name: 'champions',
    title: 'Champions: bought in the last 30 days, and among the top 20 % in purchases and in spend of a year',
    all: [
      { feature: 'daysSincePurchase', atMost: 30 },
      { feature: 'purchases', within: 365, top: 20 },
      { feature: 'spend', within: 365, top: 20 },
    ],
  },
  {
    name: 'big-spenders',
    title: 'Big spenders: among the top 10 % in spend of a year',
    all: [{ feature: 'spend', within: 365, top: 10 }],
  },
  {
    name: 'one-time-buyers',
    title: 'One-time buyers: one purchase ever',
    all: [{ feature: 'purchases', is: 1 }],
  },
  {
    name: 'about-to-lapse',
    title: 'About to lapse: last purchase 60 to 120 days ago',
    all: [{ feature: 'daysSincePurchase', atLeast: 60, atMost: 120 }],
  },
  {
    name: 'lapsed',
    title: 'Lapsed: last purchase more than 120 days ago',
    all: [{ feature: 'daysSincePurchase', moreThan: 120 }],
  },
  {
    name: 'never-redeemed',
    title: 'Never redeemed: earned points, but never redeemed any nor used a voucher',
    all: [
      { feature: 'pointsEarned', moreThan: 0 },
      { feature: 'redemptions', is: 0 },
      { feature: 'vouchersUsed', is: 0 },
    ],
  },
  {
    name: 'near-next-tier',
    title: 'Nearly at the next tier: at least 80 % of its points',
    all: [{ feature: 'tierPercent', atLeast: 80, lessThan: 100 }],
  },
  {
    name: 'near-reward',
    title: 'Near a reward: at least 80 % of the target of a promotion',
    all: [{ feature: 'promotionPercent', atLeast: 80 }],
  },
  {
    name: 'points-expiring',
    title: 'Points about to expire: in the next 30 days',
    all: [{ feature: 'pointsExpiring', within: 30, moreThan: 0 }],
  },
];

/** Returns the built-in segments and these, which take the place of built-in ones with the same name. */
export function withBuiltIn(own: readonly SegmentDefinition[]): readonly SegmentDefinition[] {
  const names = new Set(own.map(({ name }) => name));
  return [...builtInSegments.filter(({ name }) => !names.has(name)), ...own];
}
