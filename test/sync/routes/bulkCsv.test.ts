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

  /** Adds rows of these records. Returns their numbers. */
  function written(records: readonly FieldValues[]): Uint32Array {
    for (const [row, fields] of records.entries()) {
      rows.add({ row, number: `till:${row}`, line: csv.lineOf(fields) });
    }
    return Uint32Array.from(records.keys());
  }

  const textOf = (wanted: Uint32Array): string => [...csv.upload(rows, wanted, Infinity).csv.parts()].join('');

  it('has a cell for each column in each line, also for columns that came with later rows', () => {
    const all = written([{ A: 1 }, { B: 'x,y', A: null }, { A: 3, C: true }]);
    expect(textOf(all)).to.equal('A,B,C\n1,,\n,"x,y",\n3,,true\n');
    expect(textOf(all.toReversed())).to.equal('A,B,C\n3,,true\n,"x,y",\n1,,\n');
  });

  it('takes as many rows as it may have bytes, and one at least', () => {
    const all = written([{ A: 'é' }, { A: 'é' }, { A: '€', B: 1 }]);
    const bytes = Buffer.byteLength(textOf(all));
    const taken = [bytes, bytes - 1, 1].map((most) => csv.upload(rows, all, most).rows);
    expect(taken).to.deep.equal([all, all.slice(0, 2), all.slice(0, 1)]);
    expect(csv.upload(rows, all, bytes).csv.bytes).to.equal(bytes);
    const part = csv.upload(rows, all, bytes - 1).csv;
    expect(part.bytes).to.equal(Buffer.byteLength([...part.parts()].join('')));
  });

  it('is made in parts, and again from its beginning', () => {
    const all = written(Array.from({ length: 9 }, (_, index) => ({ A: `${index}`.repeat(20_000) })));
    const upload = csv.upload(rows, all, Infinity).csv;
    const parts = [...upload.parts()];
    expect(parts).to.have.length.greaterThan(2);
    expect([...upload.parts()]).to.deep.equal(parts);
  });
});
