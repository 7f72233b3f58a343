import { createHash } from 'node:crypto';
import { expect } from 'chai';
import type { CountedProgress } from '../../../src/client/index.js';
import type { KnownProgress } from '../../../src/outbox/index.js';
import { judgeProgress } from '../../../src/sync/memberProgress/judgeProgress.js';
import type { JudgedProgress } from '../../../src/sync/memberProgress/judgeProgress.js';

const context = { orgId: '00D1', programId: '0lp1', thresholds: [50, 80, 100], asOf: '2026-04-03T08:00:00.000Z' };

function reading(completed: number, restarts = 0, more: Partial<CountedProgress> = {}): CountedProgress {
  return {
    ...{ promotionId: '0c81', promotionName: 'Ten cups', promotionEndDate: null, memberId: '0lM1' },
    ...{ membershipNumber: 'HR-1', target: 10, percent: completed * 10, timesReached: restarts },
    ...{ mechanism: 'cumulativeUsage', attributeId: null, attributeName: null, isStored: true, recordId: '1lp1' },
    ...{ completed, restarts, ...more },
  };
}

/** Returns what several readings of one member tell. The first is stored without telling. */
function following(...readings: readonly CountedProgress[]): string[][] {
  let before: KnownProgress | undefined;
  return readings.map((row) => {
    const judged: JudgedProgress = judgeProgress(row, before, context);
    before = judged.known;
    return judged.crossed.map(({ threshold, round }) => `${threshold} of ${round}`);
  });
}

describe('a threshold', () => {
  it('is crossed when the round reaches it, and not before', () => {
    expect(following(reading(4), reading(5), reading(7), reading(8), reading(9), reading(10))).to.deep.equal([
      ...[[], ['50 of 1'], [], ['80 of 1'], [], ['100 of 1']],
    ]);
  });

  it('is not told by the first reading of a member, which may be from long ago', () => {
    expect(following(reading(9), reading(10))).to.deep.equal([[], ['100 of 1']]);
  });

  it('is told of a promotion that a known member has begun since', () => {
    expect(judgeProgress(reading(8), 'notBegun', context).crossed.map(({ threshold }) => threshold)).to.deep.equal([
      50, 80,
    ]);
  });

  it('is told once in a round, even if the progress was taken back and came again', () => {
    expect(following(reading(4), reading(6), reading(3), reading(6))).to.deep.equal([[], ['50 of 1'], [], []]);
  });

  it('is told in each round, also in rounds that no reading has seen', () => {
    expect(following(reading(6), reading(2, 1), reading(6, 3))).to.deep.equal([
      [],
      ['80 of 1', '100 of 1'],
      ['50 of 2', '80 of 2', '100 of 2', '50 of 3', '80 of 3', '100 of 3', '50 of 4'],
    ]);
  });

  it('is not told of a round that a refund took back, nor of one that was rewarded and goes on', () => {
    expect(following(reading(1, 1), reading(9, 0))).to.deep.equal([[], []]);
    expect(following(reading(9, 3), reading(11, 2))).to.deep.equal([[], []]);
  });

  it('is told again in a new period, which has another record', () => {
    const next = reading(6, 0, { recordId: '1lp2' });
    expect(following(reading(6), next)).to.deep.equal([[], ['50 of 1']]);
  });

  it('is not the rounded percentage of the org: 100 may be a little less', () => {
    const almost = reading(99_999, 0, { target: 100_000, percent: 100 });
    expect(judgeProgress(almost, 'notBegun', context).crossed.map(({ threshold }) => threshold)).to.deep.equal([
      50, 80,
    ]);
  });

  it('has an id that anybody can compute again, and that differs in every part', () => {
    const [crossed] = judgeProgress(reading(5), 'notBegun', context).crossed;
    const parts = ['00D1', '0lp1', '0lM1', '0c81', '1lp1', 1, 50];
    expect(crossed?.id).to.equal(createHash('sha256').update(JSON.stringify(parts)).digest('hex'));
  });

  it('is not judged without a target', () => {
    const judged = judgeProgress(reading(5, 0, { target: null, percent: null }), 'notBegun', context);
    expect(judged.crossed).to.deep.equal([]);
    expect(judged.changed).to.deep.include({ completed: 5, toGo: null });
  });
});
