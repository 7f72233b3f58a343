import { expect } from 'chai';
import { positionIn } from '../../src/client/index.js';
import type { GroupLadder, TierPosition } from '../../src/client/index.js';

const tier = (tierName: string, tierSequenceNumber: number | null, minimum: number | null) => ({
  tierId: `0lg${tierName}`,
  tierName,
  tierSequenceNumber,
  minimum,
});

const ladder: GroupLadder = {
  tierGroupId: '0lt1',
  tierGroupName: 'Status',
  currency: { currencyId: '0lc1', currencyName: 'Miles' },
  // In no order: the numbers are the order.
  tiers: [tier('Gold', 3, 400), tier('Bronze', 1, 0), tier('Silver', 2, 150.3)],
};

const at = (held: string | undefined, balance?: number, given: Partial<GroupLadder> = {}): TierPosition => {
  const balances = new Map(balance === undefined ? [] : [['0lc1', balance]]);
  return positionIn({ ...ladder, ...given }, held && `0lg${held}`, balances);
};

describe('the distance to the next tier', () => {
  it('is what is missing to the minimum of the tier with the next number', () => {
    expect(at('Silver', 210.5)).to.deep.equal({
      next: { tierName: 'Gold', currencyName: 'Miles', minimum: 400, balance: 210.5, pointsToGo: 189.5 },
      isHighest: false,
    });
  });

  it('has no tail of a subtraction, and grows with a balance below zero', () => {
    expect(at('Bronze', 150.2).next?.pointsToGo).to.equal(0.1);
    expect(at('Bronze', -10).next?.pointsToGo).to.equal(160.3);
  });

  it('is nothing while the tier of a balance that is enough has not changed yet', () => {
    expect(at('Silver', 400).next?.pointsToGo).to.equal(0);
    expect(at('Silver', 900).next).to.include({ tierName: 'Gold', pointsToGo: 0 });
  });

  it('is the whole minimum for a member who has no record of the currency', () => {
    expect(at('Bronze').next).to.include({ balance: 0, pointsToGo: 150.3 });
  });

  it('is that to the lowest tier for a member who has none', () => {
    expect(at(undefined, -5)).to.deep.include({ isHighest: false });
    expect(at(undefined, -5).next).to.include({ tierName: 'Bronze', pointsToGo: 5 });
  });

  it('is not there above the highest tier', () => {
    expect(at('Gold', 900)).to.deep.equal({ next: null, isHighest: true });
  });

  it('is unknown, and the next tier known, without a minimum or without a currency that decides', () => {
    const tiers = [tier('Bronze', 1, 0), tier('Invited', 2, null)];
    expect(at('Bronze', 10, { tiers }).next).to.include({ tierName: 'Invited', minimum: null, pointsToGo: null });
    const unnamed = at('Bronze', 10, { currency: null });
    expect(unnamed.next).to.include({ minimum: 150.3, currencyName: null, balance: null, pointsToGo: null });
  });

  it('is not made up where points do not lead from tier to tier, or where the order is not known', () => {
    const unknown = { next: null, isHighest: null };
    expect(at('Chess', 1, { tiers: [tier('Chess', 1, null), tier('Rowing', 2, null)] })).to.deep.equal(unknown);
    expect(at('Bronze', 1, { tiers: [tier('Bronze', null, 0), tier('Silver', 2, 150)] })).to.deep.equal(unknown);
    expect(at('Deleted', 1)).to.deep.equal(unknown);
  });
});
