import type { ProgramDefinitionInput } from './definition/programDefinition.js';

/**
 * The example program: a harbour café with a web shop. `harbourFeed` makes its feed. Refunds can take a balance below
 * zero.
 */
export const harbourRewards: ProgramDefinitionInput = {
  name: 'Harbour Rewards',
  description: 'Loyalty program of a harbour café and its web shop.',
  tierGroups: [
    {
      name: 'Harbour Status',
      period: { quantity: 1, unit: 'Years' },
      qualifyingPointsReset: { date: '2027-01-01' },
      tiers: [
        { name: 'Bronze', minimum: 0 },
        { name: 'Silver', minimum: 150 },
        { name: 'Gold', minimum: 400 },
      ],
    },
  ],
  currencies: [
    {
      name: 'Stars',
      type: 'NonQualifying',
      primary: true,
      allowNegativeBalance: true,
      expiry: { model: 'Fixed', after: 2, unit: 'Years' },
    },
    { name: 'Tier Points', type: 'Qualifying', allowNegativeBalance: true },
  ],
  journalTypes: [
    { name: 'Accrual', subtypes: ['Purchase', 'Member Enrollment', 'Member Referral'] },
    { name: 'Redemption', subtypes: ['Redeem Points'] },
  ],
  promotions: [
    {
      name: 'Ten cups, one free',
      type: 'Cumulative',
      description: 'The tenth purchase earns the price of a cup.',
      startDate: '2026-01-01',
      target: 10,
      journalType: 'Accrual',
      reward: { points: 40, currency: 'Stars' },
    },
    {
      name: 'Harbour regular',
      type: 'Cumulative',
      description: 'Forty purchases in a season make a regular.',
      startDate: '2026-01-01',
      endDate: '2035-12-31',
      target: 40,
      journalType: 'Accrual',
      reward: { points: 250, currency: 'Stars' },
    },
    {
      name: 'Bring your own mug',
      type: 'Standard',
      description: 'For members who join: extra Stars for every refill.',
      startDate: '2026-01-01',
      enrollmentRequired: true,
      endDate: '2035-12-31',
      enrollmentStartDate: '2026-01-01',
      enrollmentEndDate: '2035-09-30',
      journalType: 'Accrual',
      reward: { points: 5, currency: 'Stars', maximum: 500 },
    },
  ],
  processes: [
    { name: 'Accrual', type: 'TransactionJournal', journalType: 'Accrual' },
    { name: 'Redemption', type: 'TransactionJournal', journalType: 'Redemption' },
    { name: 'CreditPointsToMembers', type: 'CreditPointsToMembers' },
    { name: 'TierProcessing', type: 'TierProcessing' },
    { name: 'DebitPointsFromMembers', type: 'DebitPointsFromMembers' },
    // Named as the mobile SDKs call them.
    { name: 'GetMemberPromotions', type: 'GetMemberPromotions' },
    { name: 'EnrollInPromotion', type: 'EnrollInPromotion' },
    { name: 'OptOutOfPromotion', type: 'OptOutPromotion' },
    { name: 'CancelVoucher', type: 'CancelVoucher' },
  ],
};
