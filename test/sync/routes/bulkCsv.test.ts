import { expect } from 'chai';
import type { FieldValues } from '../../../src/client/index.js';
import { BulkCsv } from '../../../src/sync/bulk/bulkCsv.js';
import { JobRows } from '../../../src/sync/bulk/jobRows.js';

describe('the upload of an ingest job', () => {
  let csv: BulkCsv;
  let rows: JobRows;

  beforeEach(() => {
    csv = new BulkCsv();
    rows = new JobRows();
  });

  afterEach(() => rows[Symbol.dispose]());

  /** Adds rows of these records. Returns their items. */
  function written(records: readonly FieldValues[]): number[] {
    return records.map((fields, item) => {
      rows.add({ item, number: `till:${item}`, member: 'A1', line: csv.lineOf(fields) });
      return item;
    });
  }

  const textOf = (items: readonly number[]): string => [...csv.upload(rows, items, Infinity).csv.parts()].join('');

  it('has a cell for each column in each line, also for columns that came with later rows', () => {
    const items = written([{ A: 1 }, { B: 'x,y', A: null }, { A: 3, C: true }]);
    expect(textOf(items)).to.equal('A,B,C\n1,,\n,"x,y",\n3,,true\n');
    expect(textOf(items.toReversed())).to.equal('A,B,C\n3,,true\n,"x,y",\n1,,\n');
  });

  it('takes as many rows as it may have bytes, and one at least', () => {
    const items = written([{ A: 'é' }, { A: 'é' }, { A: '€', B: 1 }]);
    const all = Buffer.byteLength(textOf(items));
    const taken = [all, all - 1, 1].map((most) => csv.upload(rows, items, most).items);
    expect(taken).to.deep.equal([items, items.slice(0, 2), items.slice(0, 1)]);
    expect(csv.upload(rows, items, all).csv.bytes).to.equal(all);
    const part = csv.upload(rows, items, all - 1).csv;
    expect(part.bytes).to.equal(Buffer.byteLength([...part.parts()].join('')));
  });

  it('is made in parts, and again from its beginning', () => {
    const items = written(Array.from({ length: 9 }, (_, index) => ({ A: `${index}`.repeat(20_000) })));
    const upload = csv.upload(rows, items, Infinity).csv;
    const parts = [...upload.parts()];
    expect(parts).to.have.length.greaterThan(2);
    expect([...upload.parts()]).to.deep.equal(parts);
  });
});
