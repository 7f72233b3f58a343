import { expect } from 'chai';
import { fewestRoundTrips } from '../../bench/sync/bestPossible.js';

const times = (count: number, rows: number): number[] => Array.from({ length: count }, () => rows);

describe('fewestRoundTrips', () => {
  it('is bound by connections and batch size if members are even', () => {
    const even = { members: times(1000, 10), concurrency: 5, batchSize: 100 };
    expect(fewestRoundTrips({ ...even, share: 1 })).to.equal(20);
    expect(fewestRoundTrips({ ...even, share: 0.95 })).to.equal(19);
  });

  it('is bound by the longest queue if all must be settled', () => {
    const members = [300, ...times(100, 3)];
    expect(fewestRoundTrips({ members, concurrency: 8, batchSize: 200, share: 1 })).to.equal(300);
  });

  it('leaves the ends of the longest queues to the share that need not be settled', () => {
    // After r round trips, min(60, r) + 40 rows: 95 of 100 rows need 55.
    const members = [60, ...times(40, 1)];
    expect(fewestRoundTrips({ members, concurrency: 8, batchSize: 200, share: 0.95 })).to.equal(55);
  });

  it('counts a request that is not full as one', () => {
    expect(fewestRoundTrips({ members: times(1601, 1), concurrency: 8, batchSize: 200, share: 1 })).to.equal(2);
    expect(fewestRoundTrips({ members: [1], concurrency: 8, batchSize: 200, share: 0.95 })).to.equal(1);
  });

  it('agrees with trying every number of round trips', () => {
    const members = Array.from({ length: 50 }, (_, index) => 1 + ((index * index) % 37));
    const n = members.reduce((sum, rows) => sum + rows, 0);
    for (const share of [0.5, 0.9, 0.95, 1]) {
      let trips = 0;
      const settled = () => members.reduce((sum, rows) => sum + Math.min(rows, trips), 0);
      while (Math.min(2 * 7 * trips, settled()) < share * n) trips += 1;
      expect(fewestRoundTrips({ members, concurrency: 2, batchSize: 7, share }), `share ${share}`).to.equal(trips);
    }
  });
});
