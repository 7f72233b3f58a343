import { expect } from 'chai';
import { arrangeRows, internalBatch } from '../../../src/sync/bulk/arrangeRows.js';

/** Members with so many items each, in the order of the outbox. */
function membersWith(counts: Readonly<Record<string, number>>): Map<string, number[]> {
  let seq = 0;
  return new Map(
    Object.entries(counts).map(([member, count]) => [member, Array.from({ length: count }, () => (seq += 1))]),
  );
}

/** Members whose rows are not next to each other, in their order, and in one internal batch. */
function badlyPlaced(members: ReadonlyMap<string, readonly number[]>, arranged: readonly number[]): string[] {
  return [...members].flatMap(([member, items]) => {
    const first = arranged.indexOf(items[0] ?? 0);
    const isTogether = items.every((item, index) => arranged[first + index] === item);
    const isInOne = Math.floor(first / internalBatch) === Math.floor((first + items.length - 1) / internalBatch);
    return isTogether && isInOne ? [] : [member];
  });
}

describe('the rows of an ingest job', () => {
  it('no member has rows in two internal batches, which an org writes in parallel', () => {
    // 3 × 3,333 rows leave one place in a batch of 10,000.
    const large = Object.fromEntries(Array.from({ length: 9 }, (_, index) => [`M${index}`, 3333]));
    const members = membersWith({ ...large, one: 1, two: 1, last: 1 });
    const { items, rest } = arrangeRows(members);
    expect(badlyPlaced(members, items)).to.deep.equal([]);
    expect(items).to.have.lengthOf(30_000);
    expect(rest).to.deep.equal([]);
  });

  it('what would straddle the end of a batch that nothing else fills goes into the next job, in its order', () => {
    const members = membersWith({ first: 6000, second: 5000 });
    const { items, rest } = arrangeRows(members);
    expect(items).to.deep.equal(members.get('first'));
    expect(rest).to.deep.equal(members.get('second'));
  });
});
