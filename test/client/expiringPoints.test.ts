import { expect } from 'chai';
import { expiringCurrency } from '../../src/client/expiring/expiringCurrency.js';
import { remainingCredits } from '../../src/client/expiring/remainingCredits.js';
import type { DatedMovement } from '../../src/client/expiring/remainingCredits.js';

describe('what is left of credits', () => {
  const left = (movements: readonly DatedMovement[], balance: number) =>
    remainingCredits(movements, balance).credits.map(({ expiryDate, points }) => [expiryDate, points]);

  it('is what debits leave, if they use what expires first; and it says when that is only assumed', () => {
    const credits = [credit(5, null), credit(5, '2026-06-30'), credit(5, '2026-05-31')];
    expect(left([...credits, debit(7)], 8)).to.deep.equal([
      ['2026-06-30', 3],
      [null, 5],
    ]);
    expect(remainingCredits([...credits, debit(7)], 8).isOrderAssumed).to.equal(true);
    expect(remainingCredits([...credits, debit(15)], 0).isOrderAssumed, 'all is used').to.equal(false);
    expect(remainingCredits([...credits, { ...debit(5), EventType: 'Expiry' }], 10).isOrderAssumed).to.equal(false);
  });

  it('does not contain credits of later than a debit, unless the debit was in arrears', () => {
    expect(left([credit(5, '2026-06-30'), debit(5), credit(5, '2026-05-31')], 5)).to.deep.equal([['2026-05-31', 5]]);
    expect(left([debit(8), credit(5, '2026-05-31'), credit(5, '2026-06-30')], 2)).to.deep.equal([['2026-06-30', 2]]);
  });

  it('contains points that no ledger row explains, and is less where the balance is', () => {
    const { credits } = remainingCredits([credit(5, '2026-05-31')], 30);
    expect(credits.map(({ activityDate, points }) => [activityDate, points])).to.deep.equal([
      ['2026-03-01T10:00:00.000Z', 5],
      [null, 25],
    ]);
    expect(left([credit(5, '2026-05-31'), credit(5, '2026-06-30')], 7)).to.deep.equal([
      ['2026-05-31', 2],
      ['2026-06-30', 5],
    ]);
    expect(left([debit(5)], -5)).to.deep.equal([]);
  });
});

describe('points of a currency that expires by inactivity', () => {
  const currency = {
    ...{ Id: '0lcAb0000000001AAA', Name: 'Stars', CurrencyType: 'NonQualifying', ExpiryModel: 'Activity' },
    ...{ ExpiryPeriodFrequency: 2, ExpiryPeriodUnit: 'Months', ExtendExpiration: 'TillEndOfMonth' },
  };
  const profile = (lastActivityDate: string | null) => ({
    ...{ loyaltyProgramMemberId: '0lM', membershipNumber: 'WX-1', lastActivityDate },
    memberCurrencies: [{ memberCurrencyId: '0lz', loyaltyProgramCurrencyId: currency.Id, pointsBalance: 30 }],
  });

  it('expire together, a period after the last activity, unless the org extends it', () => {
    const { lots, doubts } = expiringCurrency(profile('2026-03-03'), currency, []);
    expect(lots).to.deep.equal([{ expiryDate: '2026-05-31', activityDate: '2026-03-03', points: 30 }]);
    expect(doubts).to.deep.equal(['extension']);
  });

  it('have no day if the org does not know the last activity', () => {
    const { lots, doubts } = expiringCurrency(profile(null), currency, []);
    expect(lots).to.deep.equal([{ expiryDate: null, activityDate: null, points: 30 }]);
    expect(doubts).to.deep.equal(['activity']);
  });
});

function credit(Points: number, ExpiryDate: string | null): DatedMovement {
  return { EventType: 'Credit', Points, ExpiryDate, ActivityDate: '2026-03-01T10:00:00.000Z' };
}

function debit(Points: number): DatedMovement {
  return { ...credit(Points, null), EventType: 'Debit' };
}
