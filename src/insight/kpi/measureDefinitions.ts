/** What a number counts: decides how it is written. */
export const measureUnits = ['members', 'points', 'money', 'share', 'times', 'vouchers', 'purchases'] as const;
export type MeasureUnit = (typeof measureUnits)[number];

export interface MeasureDefinition {
  readonly key: MeasureKey;
  readonly label: string;
  readonly unit: MeasureUnit;
  /** How it is computed, in a sentence that a person can check. */
  readonly meaning: string;
}

export const measureKeys = [
  'members',
  'newMembers',
  'activeMembers',
  'lapsedMembers',
  'participationRate',
  'revenue',
  'purchases',
  'purchasingMembers',
  'repeatPurchaseRate',
  'purchaseFrequency',
  'averageOrderValue',
  'customerLifetimeValue',
  'pointsIssued',
  'pointsRedeemed',
  'pointsExpired',
  'pointsTakenBack',
  'redemptionRate',
  'breakageRate',
  'pointsOutstanding',
  'pointsLiability',
  'vouchersIssued',
  'vouchersUsed',
] as const;
export type MeasureKey = (typeof measureKeys)[number];

const described: Readonly<Record<MeasureKey, Omit<MeasureDefinition, 'key'>>> = {
  members: {
    label: 'Members',
    unit: 'members',
    meaning: 'Enrolled on or before the last day, and not ended or merged by then.',
  },
  newMembers: { label: 'New members', unit: 'members', meaning: 'Enrolled within the period.' },
  activeMembers: {
    label: 'Active members',
    unit: 'members',
    meaning: 'At least one processed accrual or redemption within the period.',
  },
  lapsedMembers: {
    label: 'Lapsed members',
    unit: 'members',
    meaning: 'Active in the period before, and not in this one.',
  },
  participationRate: { label: 'Participation', unit: 'share', meaning: 'Active members divided by members.' },
  revenue: {
    label: 'Revenue of members',
    unit: 'money',
    meaning: 'Amounts of processed accruals, less those of returns, which are negative.',
  },
  purchases: { label: 'Purchases', unit: 'purchases', meaning: 'Processed accruals with an amount above 0.' },
  purchasingMembers: { label: 'Buyers', unit: 'members', meaning: 'Members with a purchase within the period.' },
  repeatPurchaseRate: {
    label: 'Repeat purchases',
    unit: 'share',
    meaning: 'Buyers with two or more purchases divided by buyers.',
  },
  purchaseFrequency: { label: 'Purchase frequency', unit: 'times', meaning: 'Purchases divided by buyers.' },
  averageOrderValue: { label: 'Average order value', unit: 'money', meaning: 'Revenue divided by purchases.' },
  customerLifetimeValue: {
    label: 'Lifetime value, historic',
    unit: 'money',
    meaning: 'Revenue of all time up to the last day divided by the members who ever bought. Revenue, not margin.',
  },
  pointsIssued: {
    label: 'Points issued (earn)',
    unit: 'points',
    meaning: 'Credits, without transfers and points given back by canceled redemptions.',
  },
  pointsRedeemed: {
    label: 'Points redeemed (burn)',
    unit: 'points',
    meaning: 'Debits of redemptions, less what canceled redemptions gave back.',
  },
  pointsExpired: { label: 'Points expired', unit: 'points', meaning: 'Expirations within the period.' },
  pointsTakenBack: {
    label: 'Points taken back',
    unit: 'points',
    meaning: 'Debits of returns, canceled accruals and adjustments.',
  },
  redemptionRate: { label: 'Redemption rate', unit: 'share', meaning: 'Points redeemed divided by points issued.' },
  breakageRate: { label: 'Breakage', unit: 'share', meaning: 'Points expired divided by points issued.' },
  pointsOutstanding: {
    label: 'Points outstanding',
    unit: 'points',
    meaning: 'Balances at the end of the last day: today’s balances less what moved since.',
  },
  pointsLiability: {
    label: 'Points liability',
    unit: 'money',
    meaning:
      'Points outstanding times the cost of a point, CostperUnit of the currency. No value if the currency has none.',
  },
  vouchersIssued: { label: 'Vouchers issued', unit: 'vouchers', meaning: 'Vouchers that became valid in the period.' },
  vouchersUsed: { label: 'Vouchers used', unit: 'vouchers', meaning: 'Vouchers that were used in the period.' },
};

export const measureDefinitions: readonly MeasureDefinition[] = measureKeys.map(measureDefinition);

export function measureDefinition(key: MeasureKey): MeasureDefinition {
  return { key, ...described[key] };
}
