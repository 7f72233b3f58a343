import { expect } from 'chai';
import { arrangeRows, internalBatch, portionsOf } from '../../../src/sync/bulk/arrangeRows.js';

/** Members with so many rows each. */
function membersWith(counts: Readonly<Record<string, number>>): Map<string, number[]> {
  let row = -1;
  return new Map(
    Object.entries(counts).map(([member, count]) => [member, Array.from({ length: count }, () => (row += 1))]),
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
    const { rows, rest } = arrangeRows(members);
    expect(badlyPlaced(members, [...rows])).to.deep.equal([]);
    expect(rows).to.have.lengthOf(30_000);
    expect(rest).to.have.lengthOf(0);
  });

  it('what would straddle the end of a batch that nothing else fills goes into the next job, in its order', () => {
    const members = membersWith({ first: 6000, second: 5000 });
    const { rows, rest } = arrangeRows(members);
    expect([...rows]).to.deep.equal(members.get('first'));
    expect([...rest]).to.deep.equal(members.get('second'));
  });

  it('are divided where an internal batch ends, if there are many', () => {
    const rows = Uint32Array.from({ length: 41 }, (_, row) => row);
    expect(portionsOf(rows, 10).map(({ length }) => length)).to.deep.equal([20, 21]);
    expect(portionsOf(rows, 10).flatMap((portion) => [...portion])).to.deep.equal([...rows]);
    expect(portionsOf(rows.slice(0, 39), 10)).to.deep.equal([rows.slice(0, 39)]);
  });
});
