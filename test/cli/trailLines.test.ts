import { expect } from 'chai';
import { trailSentences, trailTable } from '../../src/cli/trailLines.js';
import { trailRecord } from '../../src/cli/trailRecord.js';
import type { EngagementTrail, TrailStep } from '../../src/client/index.js';

const step: TrailStep = {
  ...{ name: 'Visits', description: null, status: 'Active', startDate: null, endDate: null },
  ...{ defaultValue: null, currentValue: null, targetValue: '2' },
};
const trail: EngagementTrail = {
  ...{ promotionName: null, totalResetCount: null, remainingResetCount: null, steps: [step] },
  rewards: { points: [], vouchers: [], badges: [] },
};
const recordOf = (changes: Partial<EngagementTrail>) =>
  trailRecord({ promotion: { Id: '0c8', Name: 'Pier walk' }, trail: { ...trail, ...changes } }, 'M-1');
const rowOf = (changes: Partial<TrailStep>) => trailTable(recordOf({ steps: [{ ...step, ...changes }] })).data[0];

describe('an engagement trail on the screen', () => {
  it('begins at the default of a step, or at 0', () => {
    expect(rowOf({})).to.include({ done: '0 of 2', left: '2 to go' });
    expect(rowOf({ defaultValue: '' })).to.include({ done: '0 of 2' });
    expect(rowOf({ defaultValue: '1' })).to.include({ done: '1 of 2', left: '1 to go' });
    expect(rowOf({ defaultValue: '1', currentValue: '0' })).to.include({ done: '0 of 2' });
  });

  it('has values that are not numbers as they are, and dashes for what is not there', () => {
    expect(rowOf({ currentValue: 'Oak', targetValue: 'Elm' })).to.include({
      done: 'Oak / Elm',
      progress: '–',
      left: '–',
    });
    expect(rowOf({ name: null, targetValue: null })).to.deep.equal({
      ...{ step: '–', progress: '–', done: '0', left: '–', until: '–' },
    });
    expect(trailTable(recordOf({})).columns).to.not.include('until');
  });

  it('is reached when every step is', () => {
    const done = { ...step, currentValue: '2.0' };
    expect(recordOf({ steps: [done, done] }).status).to.equal('reached');
    expect(recordOf({ steps: [done, step] }).status).to.equal('open');
    expect(recordOf({ steps: [] }).status).to.equal('open');
  });

  it('says what it gives, and how often, only where the org does', () => {
    expect(trailSentences(recordOf({}))).to.deep.equal([]);
    const badges = [{ badgeId: '0w8', badge: 'Sailor' }];
    expect(trailSentences(recordOf({ rewards: { ...trail.rewards, badges } }))).to.deep.equal([
      'Rewards: the badge "Sailor".',
    ]);
  });
});
