import type { ProgramDefinitionInput } from '../../src/program/index.js';

/** A definition that uses every part of a definition. */
export const wholeDefinition: ProgramDefinitionInput = {
  name: 'Whole Rewards',
  description: 'Everything that a definition can say.',
  escrowDays: 14,
  tierGroups: [
    {
      name: 'Status',
      description: 'For what members buy.',
      period: { quantity: 1, unit: 'Years' },
      qualifyingPointsReset: { date: '2027-01-01' },
      tiers: [
        { name: 'Blue', description: 'Everybody.', minimum: 0 },
        { name: 'Silver', minimum: 100.5, benefits: ['Free refill'] },
        { name: 'Gold', minimum: 500, benefits: ['Free refill', 'Lounge'] },
      ],
    },
    {
      name: 'Subscription',
      primary: false,
      model: 'Anniversary',
      period: { quantity: 6, unit: 'Months' },
      qualifyingPointsReset: { date: '2027-03-31', everyYears: 2 },
      tiers: [
        { name: 'Basic', enrollment: 'Free' },
        {
          name: 'Plus',
          enrollment: 'Paid',
          benefits: ['Lounge'],
          fees: [
            { type: 'Monetary', duration: 'Monthly', amount: 4.99 },
            { type: 'Points', duration: 'Yearly', points: 900 },
          ],
        },
      ],
    },
  ],
  currencies: [
    {
      ...{ name: 'Points', type: 'NonQualifying', primary: true, allowNegativeBalance: true, escrow: true },
      expiry: { model: 'Fixed', after: 18, unit: 'Months', tillEndOfMonth: true },
      ledgerTracing: true,
    },
    { name: 'Thanks', type: 'NonQualifying', active: false, expiry: 'never' },
    { name: 'Status Points', type: 'Qualifying', primary: true, tierGroup: 'Status' },
  ],
  benefitTypes: [{ name: 'Hospitality', category: 'Loyalty', description: 'What guests are given.' }],
  benefits: [
    { name: 'Free refill', type: 'Hospitality', description: 'Of filter coffee.', value: 2.5 },
    { name: 'Lounge', type: 'Hospitality', active: false },
  ],
  journalTypes: [
    { name: 'Accrual', description: 'What earns points.', subtypes: ['Purchase', 'Review'] },
    { name: 'Redemption', subtypes: ['Redeem Points'] },
  ],
  voucherDefinitions: [
    {
      ...{ name: 'Five off', description: 'For any cake.', type: 'FixedValue', faceValue: 5 },
      ...{ effectiveDate: '2026-01-01', validity: { until: '2035-12-31' }, partiallyRedeemable: true },
      codes: { prefix: 'FIVE-', length: 10 },
    },
    {
      ...{ name: 'A tenth off', type: 'DiscountPercentage', discountPercent: 10, active: false },
      ...{ effectiveDate: '2026-01-01', validity: { after: 30, unit: 'Days' } },
    },
  ],
  engagementAttributes: [
    {
      ...{ name: 'Reviews', description: 'Reviews in a month.', startDate: '2026-01-01', target: '4' },
      ...{ defaultValue: '0', reset: { frequency: 'Monthly', on: '1', mostPerPeriod: 1 }, overwriteValue: true },
    },
    { name: 'Visits', status: 'Draft', startDate: '2026-02-01', endDate: '2027-02-01' },
  ],
  promotions: [
    {
      ...{ name: 'Ten cups, one free', type: 'Cumulative', description: 'The tenth cup.', startDate: '2026-01-01' },
      ...{ target: 10, timesPerMember: 5, journalType: 'Accrual', reward: { voucher: 'Five off', maximum: 1000 } },
    },
    {
      ...{ name: 'Reviewer', type: 'Cumulative', startDate: '2026-01-01', engagementAttributes: ['Reviews'] },
      reward: { points: 50, currency: 'Points', maximum: 5000 },
    },
    {
      ...{ name: 'Double points', type: 'Standard', startDate: '2026-06-01', endDate: '2026-08-31' },
      ...{ enrollmentRequired: true, enrollmentStartDate: '2026-05-01', enrollmentEndDate: '2026-07-31' },
      ...{ active: false, reward: { factor: 2, currency: 'Points' } },
    },
  ],
  badges: [
    { name: 'Regular', description: 'Came often.', startDate: '2026-01-01', validity: { after: 12, unit: 'Months' } },
    { name: 'Founder', status: 'Draft', startDate: '2026-01-01', validity: { until: '2030-12-31' } },
  ],
  partners: [
    {
      ...{ name: 'Harbour Ferries', type: 'Both', category: 'Bilateral', billing: 'Postpaid', industry: 'Travel' },
      ...{ startDate: '2026-01-01', endDate: '2030-12-31' },
    },
    {
      ...{ name: 'Ferry Kiosk', account: 'Harbour Ferries', status: 'Pending', type: 'Accrual', billing: 'Prepaid' },
      ...{ industry: 'Food', startDate: '2026-02-01' },
    },
  ],
  processes: [
    { name: 'Purchases', type: 'TransactionJournal', journalType: 'Accrual', journalSubtype: 'Purchase' },
    { name: 'Reviews', type: 'TransactionJournal', status: 'Inactive', journalType: 'Accrual' },
    { name: 'Status of members', type: 'TierProcessing', tierGroup: 'Status', description: 'Moves members.' },
    { name: 'CreditPointsToMembers', type: 'CreditPointsToMembers', execution: 'Batch' },
  ],
  members: [
    {
      ...{ number: 'WR-0001', firstName: 'Ada', lastName: 'Byron', email: 'ada@example.com' },
      ...{ enrollmentDate: '2026-01-15', openingBalances: { Points: 120.5, 'Status Points': 100 } },
    },
    { number: 'WR-0002', lastName: 'Turing', enrollmentDate: '2026-02-01' },
  ],
};
