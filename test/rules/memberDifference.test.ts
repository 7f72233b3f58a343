import { expect } from 'chai';
import { memberChange } from '../../src/simulation/memberChange.js';
import { isDifferent, memberDifference } from '../../src/simulation/memberDifference.js';
import { emptyState } from '../../src/simulation/memberStates.js';
import type { MemberState } from '../../src/simulation/memberStates.js';

const cup = (code: string, status = 'Issued') => ({ definition: 'Free cup', code, faceValue: 4, status });
const badge = { badge: 'Early bird', endDate: '2026-12-31' };

const has = (more: Partial<MemberState>): MemberState => ({ ...emptyState, ...more });

describe('what a member ends with under two versions of the rules', () => {
  it('is the same with other codes and Ids', () => {
    const one = has({ vouchers: new Map([['a', cup('X')]]), badges: new Map([['b', badge]]) });
    const two = has({ vouchers: new Map([['c', cup('Y')]]), badges: new Map([['d', badge]]) });
    expect(isDifferent(memberDifference(one, two))).to.equal(false);
  });

  it('differs in points, also in escrow, exactly, and in vouchers by status, badges and tiers', () => {
    const one = has({ points: new Map([['Stars', 0.3]]), tiers: new Map([['Status', 'Gold']]) });
    const two = has({
      points: new Map([['Stars', 0.1]]),
      escrow: new Map([['Stars', 5]]),
      vouchers: new Map([['a', cup('X')]]).set('b', cup('Y', 'Redeemed')),
      badges: new Map([['b', badge]]),
    });
    const { points, tiers, vouchers, badges } = memberDifference(one, two);
    expect(points).to.deep.equal([{ currency: 'Stars', source: 0.3, other: 0.1, change: -0.2, escrow: 5 }]);
    expect(tiers).to.deep.equal([{ group: 'Status', source: 'Gold', other: null }]);
    expect(vouchers.map(({ status, source, other }) => [status, source, other])).to.deep.equal([
      ['Issued', 0, 1],
      ['Redeemed', 0, 1],
    ]);
    expect(badges).to.deep.equal([{ badge: 'Early bird', source: 0, other: 1 }]);
  });

  it('has the badges that are new, as a simulation of one version tells them', () => {
    const [before, after] = [has({ badges: new Map([['a', badge]]) }), new Map([['a', badge]]).set('b', badge)];
    expect(memberChange('HR-1', before, has({ badges: after })).badges).to.deep.equal([badge]);
  });
});
