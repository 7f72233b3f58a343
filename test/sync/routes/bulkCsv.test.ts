import { expect } from 'chai';
import type { FieldValues } from '../../../src/client/index.js';
import type { BareItem } from '../../../src/outbox/index.js';
import { BulkCsv } from '../../../src/sync/bulk/bulkCsv.js';
import type { JobRow } from '../../../src/sync/bulk/bulkCsv.js';

function written(csv: BulkCsv, fields: readonly FieldValues[]): JobRow[] {
  return fields.map((each, seq) => csv.rowOf({ seq } as BareItem, each));
}

function textOf(csv: BulkCsv, rows: readonly JobRow[], mostBytes = Infinity): string {
  return [...csv.upload(rows, mostBytes).csv.parts()].join('');
}

describe('the upload of an ingest job', () => {
  it('has a cell for each column in each line, also for columns that came with later rows', () => {
    const csv = new BulkCsv();
    const rows = written(csv, [{ A: 1 }, { B: 'x,y', A: null }, { A: 3, C: true }]);
    expect(textOf(csv, rows)).to.equal('A,B,C\n1,,\n,"x,y",\n3,,true\n');
    expect(textOf(csv, rows.toReversed())).to.equal('A,B,C\n3,,true\n,"x,y",\n1,,\n');
  });

  it('takes as many rows as it may have bytes, and one at least', () => {
    const csv = new BulkCsv();
    const rows = written(csv, [{ A: 'é' }, { A: 'é' }, { A: '€', B: 1 }]);
    const all = Buffer.byteLength(textOf(csv, rows));
    const counts = [all, all - 1, 1].map((most) => csv.upload(rows, most).count);
    expect(counts).to.deep.equal([3, 2, 1]);
    expect(csv.upload(rows, all).csv.bytes).to.equal(all);
    const part = csv.upload(rows, all - 1).csv;
    expect(part.bytes).to.equal(Buffer.byteLength([...part.parts()].join('')));
  });

  it('is made in parts, and again from its beginning', () => {
    const csv = new BulkCsv();
    const rows = written(
      csv,
      Array.from({ length: 9 }, (_, index) => ({ A: `${index}`.repeat(20_000) })),
    );
    const upload = csv.upload(rows, Infinity).csv;
    const parts = [...upload.parts()];
    expect(parts).to.have.length.greaterThan(2);
    expect([...upload.parts()]).to.deep.equal(parts);
  });
});
