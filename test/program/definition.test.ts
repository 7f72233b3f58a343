import { expect } from 'chai';
import { harbourRewards, ProgramDefinition } from '../../src/program/index.js';
import { wholeDefinition } from './wholeDefinition.js';

const group = {
  name: 'Status',
  period: { quantity: 1, unit: 'Years' },
  qualifyingPointsReset: { date: '2027-01-01' },
  tiers: [{ name: 'Bronze', minimum: 0 }],
};
const promotion = { name: 'P', type: 'Standard', startDate: '2026-01-01' };
const voucher = { name: 'V', type: 'FixedValue', effectiveDate: '2026-01-01', validity: { until: '2027-01-01' } };
const member = { number: 'M-1', lastName: 'Byron', enrollmentDate: '2026-01-01' };
const partner = { name: 'Ferry', type: 'Both', billing: 'Prepaid', industry: 'Travel', startDate: '2026-01-01' };
const currency = { name: 'Points', type: 'NonQualifying', expiry: 'never' };

/** Each with the place of the issue and the beginning of the message. */
const wrong: Record<string, { change: Record<string, unknown>; path: string; says: string }> = {
  'an unknown key': { change: { tiers: [] }, path: '', says: 'Unrecognized key: "tiers"' },
  'a name of signs only': { change: { name: '%+' }, path: 'name', says: 'needs a letter or a digit' },
  'a day that does not exist': {
    change: { promotions: [{ name: 'P', type: 'Standard', startDate: '2026-02-30' }] },
    path: 'promotions.0.startDate',
    says: 'Invalid ISO date',
  },
  'a name that is used twice': {
    change: { promotions: ['P', 'p'].map((name) => ({ name, type: 'Standard', startDate: '2026-01-01' })) },
    path: 'promotions.1',
    says: '"p" is used twice',
  },
  'a name with a blank at its end': {
    change: { badges: [{ name: 'Founder ', startDate: '2026-01-01', validity: { until: '2030-12-31' } }] },
    path: 'badges.0.name',
    says: 'has blanks at an end, which an org removes',
  },
  'a membership number with a line end': {
    change: { members: [{ ...member, number: 'M\n1' }] },
    path: 'members.0.number',
    says: 'has control characters',
  },
  'a description that controls a terminal': {
    change: { promotions: [{ ...promotion, description: 'a\u001b[2Jb' }] },
    path: 'promotions.0.description',
    says: 'has control characters besides tabs and line ends',
  },
  'a day that no org takes': {
    change: { promotions: [{ ...promotion, endDate: '9999-12-31' }] },
    path: 'promotions.0.endDate',
    says: 'is not between 1700-01-01 and 4000-12-31',
  },
  'a voucher that ends before it begins': {
    change: { voucherDefinitions: [{ ...voucher, faceValue: 5, effectiveDate: '2030-01-01' }] },
    path: 'voucherDefinitions.0.validity.until',
    says: '2027-01-01 is before the effectiveDate, 2030-01-01',
  },
  'a badge that ends before it begins': {
    change: { badges: [{ name: 'B', startDate: '2026-01-01', validity: { until: '2025-12-31' } }] },
    path: 'badges.0.validity.until',
    says: '2025-12-31 is before the startDate, 2026-01-01',
  },
  'a benefit that a tier gives twice': {
    change: {
      ...{ benefitTypes: [{ name: 'T', category: 'Loyalty' }], benefits: [{ name: 'B', type: 'T' }] },
      tierGroups: [{ ...group, tiers: [{ name: 'A', minimum: 0, benefits: ['B', 'B'] }] }],
    },
    path: 'tierGroups.0.tiers.0.benefits.1',
    says: '"B" is used twice',
  },
  'two fees of the same kind': {
    change: {
      tierGroups: [
        {
          ...group,
          tiers: [{ name: 'A', fees: [5, 6].map((amount) => ({ type: 'Monetary', duration: 'Monthly', amount })) }],
        },
      ],
    },
    path: 'tierGroups.0.tiers.0.fees.1',
    says: 'the tier already has a fee of this type and duration',
  },
  'an attribute that counts twice': {
    change: {
      engagementAttributes: [{ name: 'A', startDate: '2026-01-01' }],
      promotions: [{ ...promotion, engagementAttributes: ['A', 'A'] }],
    },
    path: 'promotions.0.engagementAttributes.1',
    says: '"A" is used twice',
  },
  'an opening balance of a currency that is not active': {
    change: {
      ...{ currencies: [{ ...currency, active: false }], promotions: [], processes: [] },
      journalTypes: [{ name: 'Accrual' }],
      members: [{ ...member, openingBalances: { Points: 5 } }],
    },
    path: 'members.0.openingBalances.Points',
    says: '"Points" is not active',
  },
  'a qualifying currency without tiers': {
    change: {
      tierGroups: [],
      currencies: [{ name: 'Tier Points', type: 'Qualifying' }],
      promotions: [],
      processes: [],
    },
    path: 'currencies.0',
    says: 'the Qualifying currency "Tier Points" needs a tier group, and tierGroups is empty',
  },
  'a qualifying currency that could belong to two groups': {
    change: {
      tierGroups: [group, { ...group, name: 'Club', primary: false }],
      currencies: [{ name: 'Tier Points', type: 'Qualifying' }],
      ...{ promotions: [], processes: [] },
    },
    path: 'currencies.0',
    says: 'needs a tierGroup: one of Status, Club',
  },
  'two primary tier groups': {
    change: { tierGroups: [group, { ...group, name: 'Club' }], currencies: [currency], promotions: [], processes: [] },
    path: 'tierGroups.1.primary',
    says: '"Status" is already the primary group; set primary: false here',
  },
  'two primary currencies of a kind': {
    change: {
      currencies: ['A', 'B'].map((name) => ({ ...currency, name, primary: true })),
      promotions: [],
    },
    path: 'currencies.1.primary',
    says: '"A" is already the primary NonQualifying currency',
  },
  'escrow in a program without a period for it': {
    change: { currencies: [{ ...currency, escrow: true }], promotions: [] },
    path: 'currencies.0.escrow',
    says: 'only if the program has escrowDays',
  },
  'a benefit that the definition does not list': {
    change: { tierGroups: [{ ...group, tiers: [{ name: 'Bronze', minimum: 0, benefits: ['Lounge'] }] }] },
    path: 'tierGroups.0.tiers.0.benefits.0',
    says: 'benefits has no "Lounge"; it is empty',
  },
  'a benefit type that the definition does not list': {
    change: { benefits: [{ name: 'Lounge', type: 'Comfort' }] },
    path: 'benefits.0.type',
    says: 'benefitTypes has no "Comfort"',
  },
  'a voucher without the value of its type': {
    change: { voucherDefinitions: [voucher] },
    path: 'voucherDefinitions.0.faceValue',
    says: 'a voucher of type FixedValue needs a faceValue',
  },
  'a voucher with the value of another type': {
    change: { voucherDefinitions: [{ ...voucher, faceValue: 5, discountPercent: 10 }] },
    path: 'voucherDefinitions.0.discountPercent',
    says: 'a voucher of type FixedValue has no discountPercent',
  },
  'a voucher that ends before it can be issued': {
    change: { voucherDefinitions: [{ ...voucher, faceValue: 5, validity: { until: '2025-12-31' } }] },
    path: 'voucherDefinitions.0.validity.until',
    says: '2025-12-31 is before the effectiveDate, 2026-01-01',
  },
  'a badge that ends before members can get it': {
    change: { badges: [{ name: 'B', startDate: '2026-01-01', validity: { until: '2025-12-31' } }] },
    path: 'badges.0.validity.until',
    says: '2025-12-31 is before the startDate, 2026-01-01',
  },
  'an engagement attribute that ends before it starts': {
    change: { engagementAttributes: [{ name: 'Visits', startDate: '2026-01-01', endDate: '2025-12-31' }] },
    path: 'engagementAttributes.0.endDate',
    says: '2025-12-31 is before the startDate, 2026-01-01',
  },
  'a partnership that ends before it starts': {
    change: { partners: [{ ...partner, endDate: '2025-12-31' }] },
    path: 'partners.0.endDate',
    says: '2025-12-31 is before the startDate, 2026-01-01',
  },
  'a cumulative promotion without a target': {
    change: { promotions: [{ ...promotion, type: 'Cumulative' }] },
    path: 'promotions.0',
    says: 'a Cumulative promotion needs a target, or engagementAttributes',
  },
  'a promotion that starts again without a target': {
    change: { promotions: [{ ...promotion, timesPerMember: 3 }] },
    path: 'promotions.0.timesPerMember',
    says: 'only a promotion with a target starts again',
  },
  'a promotion that ends before it starts': {
    change: { promotions: [{ ...promotion, endDate: '2025-12-31' }] },
    path: 'promotions.0.endDate',
    says: '2025-12-31 is before the startDate, 2026-01-01',
  },
  'an enrollment window of a promotion that nobody enrolls in': {
    change: { promotions: [{ ...promotion, enrollmentEndDate: '2026-12-31' }] },
    path: 'promotions.0.enrollmentEndDate',
    says: 'only a promotion with enrollmentRequired: true',
  },
  'an enrollment window that ends before it starts': {
    change: {
      promotions: [
        {
          ...{ ...promotion, enrollmentRequired: true },
          ...{ enrollmentStartDate: '2026-02-01', enrollmentEndDate: '2026-01-31' },
        },
      ],
    },
    path: 'promotions.0.enrollmentEndDate',
    says: '2026-01-31 is before the enrollmentStartDate, 2026-02-01',
  },
  'an engagement attribute that the definition does not list': {
    change: { promotions: [{ ...promotion, engagementAttributes: ['Visits'] }] },
    path: 'promotions.0.engagementAttributes.0',
    says: 'engagementAttributes has no "Visits"',
  },
  'a voucher as reward that the definition does not list': {
    change: { promotions: [{ ...promotion, reward: { voucher: 'Five off' } }] },
    path: 'promotions.0.reward.voucher',
    says: 'voucherDefinitions has no "Five off"',
  },
  'two processes for the same journals': {
    change: {
      processes: ['A', 'B'].map((name) => ({ name, type: 'TransactionJournal', journalType: 'Accrual' })),
    },
    path: 'processes.1',
    says: '"A" is already for this journal type and subtype',
  },
  'a subtype that the journal type does not have': {
    change: {
      processes: [{ name: 'P', type: 'TransactionJournal', journalType: 'Accrual', journalSubtype: 'Review' }],
    },
    path: 'processes.0.journalSubtype',
    says: 'the journal type "Accrual" has no "Review"; it has "Purchase"',
  },
  'a tier group of a process that is not for tiers': {
    change: { processes: [{ name: 'P', type: 'CancelVoucher', tierGroup: 'Harbour Status' }] },
    path: 'processes.0.tierGroup',
    says: 'only a process of type TierProcessing',
  },
  'a membership number that is used twice': {
    change: { members: [member, member] },
    path: 'members.1',
    says: '"M-1" is used twice',
  },
  'an opening balance in a currency that the program does not have': {
    change: { members: [{ ...member, openingBalances: { Shells: 5 } }] },
    path: 'members.0.openingBalances.Shells',
    says: 'currencies has no "Shells"',
  },
  'an opening balance without a journal type to credit it': {
    change: { members: [{ ...member, openingBalances: { Stars: 5 } }], journalTypes: [], processes: [] },
    path: 'members.0.openingBalances',
    says: 'journalTypes has no "Accrual"',
  },
  'a spendable currency that never expires': {
    change: { currencies: [{ name: 'Stars', type: 'NonQualifying' }], promotions: [] },
    path: 'currencies.0.expiry',
    says: 'Invalid input',
  },
  'a tier below the one before it': {
    change: { tierGroups: [{ ...group, tiers: [100, 50].map((minimum) => ({ name: `T${minimum}`, minimum })) }] },
    path: 'tierGroups.0.tiers.1.minimum',
    says: '"T50" must begin above "T100", which begins at 100',
  },
  'a target on a promotion that is not cumulative': {
    change: { promotions: [{ name: 'P', type: 'Standard', startDate: '2026-01-01', target: 3 }] },
    path: 'promotions.0.target',
    says: 'only a Cumulative promotion has a target',
  },
  'a reward in a currency that the program does not have': {
    change: {
      promotions: [{ name: 'P', type: 'Standard', startDate: '2026-01-01', reward: { points: 1, currency: 'Shells' } }],
    },
    path: 'promotions.0.reward.currency',
    says: 'currencies has no "Shells"',
  },
  'a journal process without a journal type': {
    change: { processes: [{ name: 'P', type: 'TransactionJournal' }] },
    path: 'processes.0.journalType',
    says: 'a process of type TransactionJournal needs a journalType',
  },
  'a journal type of a process that is not for journals': {
    change: { processes: [{ name: 'P', type: 'CancelVoucher', journalType: 'Accrual' }] },
    path: 'processes.0.journalType',
    says: 'only a process of type TransactionJournal has a journalType',
  },
  'a journal type that the definition does not list': {
    change: { processes: [{ name: 'P', type: 'TransactionJournal', journalType: 'Transfer' }] },
    path: 'processes.0.journalType',
    says: 'journalTypes has no "Transfer"',
  },
};

describe('ProgramDefinition', () => {
  it('accepts the example program', () => {
    expect(ProgramDefinition.safeParse(harbourRewards).error).to.equal(undefined);
  });

  it('accepts a definition with every part', () => {
    expect(ProgramDefinition.safeParse(wholeDefinition).error).to.equal(undefined);
  });

  it('accepts a program with only a currency', () => {
    const currencies = [
      { name: 'Points', type: 'NonQualifying', expiry: { model: 'Activity', after: 90, unit: 'Days' } },
    ];
    const { journalTypes, promotions, processes } = ProgramDefinition.parse({ name: 'Small', currencies });
    expect({ journalTypes, promotions, processes }).to.deep.equal({ journalTypes: [], promotions: [], processes: [] });
  });

  for (const [what, { change, path, says }] of Object.entries(wrong)) {
    it(`refuses ${what}`, () => {
      const { error } = ProgramDefinition.safeParse({ ...harbourRewards, ...change });
      expect(error?.issues.map((issue) => issue.path.join('.'))).to.deep.equal([path]);
      expect(error?.issues[0]?.message).to.contain(says);
    });
  }
});
