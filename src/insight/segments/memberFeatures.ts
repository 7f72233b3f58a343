/**
 * What is known of every active member, and what a segment compares.
 *
 * `kind`: how a value is compared; `hundredths` are amounts and points, which the cache keeps as whole hundredths.
 * `span`: whether only the last days count. `optional`: of all time without `within`. `required`: there is no other.
 */
export interface FeatureDefinition {
  readonly name: string;
  readonly kind: 'text' | 'flag' | 'number' | 'hundredths';
  readonly span: 'none' | 'optional' | 'required';
  readonly meaning: string;
}

export const memberFeatures = [
  text('type', 'Type of the membership, such as Individual.'),
  text('channel', 'Channel of the enrollment.'),
  flag('receivesPromotions', 'Whether the member receives promotions.'),
  number('daysSinceEnrollment', 'Days since the enrollment.'),
  number('daysSinceActivity', 'Days since the last processed accrual or redemption.'),
  number('daysSincePurchase', 'Days since the last purchase: a processed accrual with an amount above 0.'),
  spanned('purchases', 'number', 'Number of purchases.'),
  spanned('spend', 'hundredths', 'Amounts of processed accruals, less those of returns.'),
  spanned('redemptions', 'number', 'Number of processed redemptions.'),
  spanned('pointsEarned', 'hundredths', 'Credits, without transfers and without what canceled redemptions gave back.'),
  spanned('pointsRedeemed', 'hundredths', 'Debits of redemptions, less what canceled redemptions gave back.'),
  hundredths('pointsBalance', 'Balance of the primary spendable currency.'),
  { ...hundredths('pointsExpiring', 'Points of the balance that expire within the next days.'), span: 'required' },
  number('daysToPointsExpiry', 'Days until the next points of the balance expire.'),
  text('tier', 'Name of the tier that the member holds.'),
  text('nextTier', 'Name of the tier above it: of several groups of tiers, the nearest one.'),
  hundredths('pointsToNextTier', 'Qualifying points that are missing to the next tier.'),
  number('tierPercent', 'Qualifying points by those that the next tier asks for, from 0 to 100.'),
  number('promotionPercent', 'Progress towards the nearest target of a running cumulative promotion, below 100.'),
  number('vouchersOpen', 'Vouchers that are issued, not used, and not expired.'),
  number('daysToVoucherExpiry', 'Days until the first of the open vouchers expires.'),
  spanned('vouchersUsed', 'number', 'Number of used vouchers.'),
] as const satisfies readonly FeatureDefinition[];

export type FeatureName = (typeof memberFeatures)[number]['name'];
export const featureNames = memberFeatures.map(({ name }) => name) as [FeatureName, ...FeatureName[]];

const byName = new Map<string, FeatureDefinition>(memberFeatures.map((feature) => [feature.name, feature]));

export function featureNamed(name: FeatureName): FeatureDefinition {
  const feature = byName.get(name);
  if (!feature) throw new Error(`There is no feature ${name}.`);
  return feature;
}

/** A feature, and of how many last (or, for what expires, next) days. */
export interface SpannedFeature {
  readonly feature: FeatureName;
  readonly within?: number | undefined;
}

/** Name of the column of a feature, such as `purchases` or `purchases90`. */
export function featureColumn({ feature, within }: SpannedFeature): string {
  return `${feature}${within ?? ''}`;
}

function text<N extends string>(name: N, meaning: string) {
  return { name, kind: 'text', span: 'none', meaning } as const;
}

function flag<N extends string>(name: N, meaning: string) {
  return { name, kind: 'flag', span: 'none', meaning } as const;
}

function number<N extends string>(name: N, meaning: string) {
  return { name, kind: 'number', span: 'none', meaning } as const;
}

function hundredths<N extends string>(name: N, meaning: string) {
  return { name, kind: 'hundredths', span: 'none', meaning } as const;
}

function spanned<N extends string, K extends 'number' | 'hundredths'>(name: N, kind: K, meaning: string) {
  return { name, kind, span: 'optional', meaning } as const;
}
