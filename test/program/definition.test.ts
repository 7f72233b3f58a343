import { expect } from 'chai';
import { harbourRewards, ProgramDefinition } from '../../src/program/index.js';
import type { ProgramDefinitionInput } from '../../src/program/index.js';

const tierGroup: ProgramDefinitionInput['tierGroup'] = {
  name: 'Status',
  period: { quantity: 1, unit: 'Years' },
  qualifyingPointsReset: { date: '2027-01-01' },
  tiers: [{ name: 'Bronze', minimum: 0 }],
};

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
  'a qualifying currency without tiers': {
    change: { tierGroup: undefined, currencies: [{ name: 'Tier Points', type: 'Qualifying' }], promotions: [] },
    path: 'currencies.0',
    says: 'the Qualifying currency "Tier Points" needs a tierGroup',
  },
  'a spendable currency that never expires': {
    change: { currencies: [{ name: 'Stars', type: 'NonQualifying' }], promotions: [] },
    path: 'currencies.0.expiry',
    says: 'Invalid input',
  },
  'a tier below the one before it': {
    change: { tierGroup: { ...tierGroup, tiers: [100, 50].map((minimum) => ({ name: `T${minimum}`, minimum })) } },
    path: 'tierGroup.tiers.1.minimum',
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
    says: 'the program has no currency "Shells"',
  },
  'a journal process without a journal type': {
    change: { processes: [{ name: 'P', type: 'TransactionJournal' }] },
    path: 'processes.0.journalType',
    says: 'a process has a journalType exactly if',
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
