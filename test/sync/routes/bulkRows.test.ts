import { expect } from 'chai';
import type { BareItem } from '../../../src/outbox/index.js';
import { arrangeRows, internalBatch } from '../../../src/sync/bulk/bulkRows.js';

let seq = 0;

/** Rows of one member, in their order. */
function rowsOf(member: string, count: number): { item: BareItem }[] {
  return Array.from({ length: count }, () => {
    seq += 1;
    return { item: { seq, member } as BareItem };
  });
}

/** Members whose rows are not next to each other, in their order, and in one internal batch. */
function badlyPlaced(rows: readonly { readonly item: BareItem }[]): string[] {
  const places = Map.groupBy(
    rows.map(({ item }, place) => ({ ...item, place })),
    ({ member }) => member,
  );
  return [...places].flatMap(([member, all]) => {
    const first = all[0]?.place ?? 0;
    const isOrdered = all.every(
      ({ seq: own, place }, index) => place === first + index && own > (all[index - 1]?.seq ?? 0),
    );
    const isTogether = Math.floor(first / internalBatch) === Math.floor((first + all.length - 1) / internalBatch);
    return isOrdered && isTogether ? [] : [member];
  });
}

describe('the rows of an ingest job', () => {
  it('no member has rows in two internal batches, which an org writes in parallel', () => {
    // 3 × 3,333 rows leave one place in a batch of 10,000.
    const members = Array.from({ length: 9 }, (_, index) => rowsOf(`M${index}`, 3333));
    const { rows, rest } = arrangeRows([
      ...members.flat(),
      ...rowsOf('one', 1),
      ...rowsOf('two', 1),
      ...rowsOf('last', 1),
    ]);
    expect(badlyPlaced(rows)).to.deep.equal([]);
    expect(rows).to.have.lengthOf(30_000);
    expect(rest).to.deep.equal([]);
  });

  it('what would straddle the end of a batch that nothing else fills goes into the next job, in its order', () => {
    const [first, second] = [rowsOf('first', 6000), rowsOf('second', 5000)];
    const { rows, rest } = arrangeRows([...first, ...second]);
    expect(rows).to.deep.equal(first);
    expect(rest).to.deep.equal(second);
  });
});
