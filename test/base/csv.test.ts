import { expect } from 'chai';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { CsvReader } from '../../src/base/csv/csv.js';
import type { CsvOptions, CsvRow } from '../../src/base/csv/csv.js';

/** A row as a value that can be compared. */
function shown(row: CsvRow): object {
  const { cells, issue, start, next } = row;
  return { cells, issue, start, next, raw: row.raw() };
}

function readAll(chunks: readonly Uint8Array[], options?: CsvOptions): object[] {
  const reader = new CsvReader(options);
  const rows = chunks.flatMap((chunk) => reader.push(chunk));
  return [...rows, ...reader.end()].map(shown);
}

function read(text: string, options?: CsvOptions): { cells: unknown; line: number; issue?: string; raw: string }[] {
  const reader = new CsvReader(options);
  return [...reader.push(Buffer.from(text)), ...reader.end()].map((row) => ({
    cells: row.cells,
    line: row.start.line,
    ...(row.issue && { issue: row.issue.code }),
    raw: row.raw(),
  }));
}

function split(bytes: Buffer, cuts: readonly number[]): Buffer[] {
  const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  return places.slice(1).map((place, index) => bytes.subarray(places[index], place));
}

/** Text with many of the characters that make CSV hard to read. */
const hardText = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '"',
        '""',
        ',',
        '\n',
        '\r\n',
        '\r',
        'a',
        'é',
        '😀',
        ' ',
        '"x"',
        '\n"',
        '",',
        '"\n',
        '1,2\n',
        'x'.repeat(45),
        '\ufeff',
      ),
      fc.string({ maxLength: 3 }),
    ),
    { maxLength: 60 },
  )
  .map((pieces) => pieces.join(''));

/** Bytes that may not be UTF-8. */
const hardBytes = fc
  .tuple(hardText, fc.array(fc.tuple(fc.nat(), fc.constantFrom(0x80, 0xc3, 0xff, 0x00)), { maxLength: 3 }))
  .map(([text, changes]) => {
    const bytes = Buffer.from(text);
    for (const [place, byte] of changes) if (bytes.length > 0) bytes[place % bytes.length] = byte;
    return bytes;
  });

const smallLimits = { maxLines: 3, maxBytes: 40 };

describe('CsvReader', () => {
  it('reads rows with their places, over a byte-order mark, mixed line ends and empty lines', () => {
    expect(readAll([Buffer.from('\ufeffa,b\r\n1,"x\r\ny"\r\n\r\n2,é\n\n3,4')])).to.deep.equal([
      { cells: ['a', 'b'], issue: undefined, start: { offset: 3, line: 1 }, next: { offset: 8, line: 2 }, raw: 'a,b' },
      {
        cells: ['1', 'x\r\ny'],
        issue: undefined,
        start: { offset: 8, line: 2 },
        next: { offset: 18, line: 4 },
        raw: '1,"x\r\ny"',
      },
      {
        cells: ['2', 'é'],
        issue: undefined,
        start: { offset: 20, line: 5 },
        next: { offset: 25, line: 6 },
        raw: '2,é',
      },
      {
        cells: ['3', '4'],
        issue: undefined,
        start: { offset: 26, line: 7 },
        next: { offset: 29, line: 7 },
        raw: '3,4',
      },
    ]);
  });

  it('names the line of a quote that is never closed, and continues with the next line', () => {
    expect(read('a,b\n1,"2\n3,4\n5,6\n')).to.deep.equal([
      { cells: ['a', 'b'], line: 1, raw: 'a,b' },
      { cells: [], line: 2, issue: 'unclosed-quote', raw: '1,"2' },
      { cells: ['3', '4'], line: 3, raw: '3,4' },
      { cells: ['5', '6'], line: 4, raw: '5,6' },
    ]);
  });

  it('does not let a quote swallow more lines than a row may have', () => {
    const lines = Array.from({ length: 10 }, (_, index) => `${index},x\n`).join('');
    const rows = read(`a,b\n1,"2\n${lines}3,"4"\n`, { limits: { maxLines: 5, maxBytes: 1000 } });
    expect(rows[1]).to.deep.equal({ cells: [], line: 2, issue: 'unclosed-quote', raw: '1,"2' });
    expect(rows.map((row) => row.cells))
      .to.deep.include(['9', 'x'])
      .and.to.deep.include(['3', '4']);
  });

  it('accepts a row with exactly the maximum number of lines', () => {
    const limits = { maxLines: 3, maxBytes: 1000 };
    expect(read('"1\n2\n3"\n', { limits })).to.have.lengthOf(1);
    expect(read('"1\n2\n3\n4"\n', { limits }).map((row) => row.issue)).to.deep.equal([
      'unclosed-quote',
      undefined,
      undefined,
      'stray-quote',
    ]);
  });

  it('reports text after a closing quote, and a quote in an unquoted cell', () => {
    expect(read('a,b\n"1"x,2\n3,4"\n5,6\n').map(({ line, issue }) => [line, issue])).to.deep.equal([
      [1, undefined],
      [2, 'text-after-quote'],
      [3, 'stray-quote'],
      [4, undefined],
    ]);
  });

  it('reports rows with too few or too many cells', () => {
    const rows = read('a,b\n1\n1,2,3\n4,5\n');
    expect(rows.map(({ line, issue, raw }) => [line, issue, raw])).to.deep.equal([
      [1, undefined, 'a,b'],
      [2, 'column-count', '1'],
      [3, 'column-count', '1,2,3'],
      [4, undefined, '4,5'],
    ]);
  });

  it('reads the lines within a quoted cell as rows if the cell makes the number of cells wrong', () => {
    const rows = read('a,b\n1,"2\n3,4\n5,6",7\n8,9\n');
    expect(rows.map(({ line, issue }) => [line, issue])).to.deep.equal([
      [1, undefined],
      [2, 'column-count'],
      [3, undefined],
      [4, 'stray-quote'],
      [5, undefined],
    ]);
  });

  it('names the cell and the line of a byte that is not UTF-8, and keeps the other cells', () => {
    const bytes = Buffer.concat([Buffer.from('a,b\n1,"x\ny'), Buffer.from([0xe9]), Buffer.from('"\n2,é\n')]);
    const [, damaged, sound] = readAll([bytes]) as { cells: unknown; issue: object; raw: string }[];
    expect(damaged).to.deep.include({ cells: ['1', null], raw: '1,"x\ny\ufffd"' });
    expect(damaged!.issue).to.include({ code: 'not-utf8', cell: 1, line: 3 });
    expect(sound!.cells).to.deep.equal(['2', 'é']);
  });

  it('accepts a replacement character that is in the file itself', () => {
    expect(read('a,\ufffd\n')).to.deep.equal([{ cells: ['a', '\ufffd'], line: 1, raw: 'a,\ufffd' }]);
  });

  it('drops a line that is too long for a row, and keeps its beginning', () => {
    const limits = { maxLines: 3, maxBytes: 2000 };
    const rows = read(`a,b\n1,${'x'.repeat(5000)}\n2,3\n`, { limits });
    expect(rows[1]).to.include({ line: 2, issue: 'too-long' });
    expect(rows[1]!.raw)
      .to.have.lengthOf(1025)
      .and.to.match(/^1,x+…$/);
    expect(rows[2]!.cells).to.deep.equal(['2', '3']);
  });

  it('never holds more bytes than a row may have, however long a line is', () => {
    const reader = new CsvReader({ limits: { maxLines: 3, maxBytes: 1000 } });
    reader.push(Buffer.from('a,b\n'));
    const before = process.memoryUsage().arrayBuffers;
    for (let index = 0; index < 1000; index++) expect(reader.push(Buffer.alloc(64 * 1024, 'x'))).to.be.empty;
    const [row] = reader.push(Buffer.from('\n'));
    expect(row).to.deep.include({ next: { offset: 4 + 1000 * 64 * 1024 + 1, line: 3 } });
    expect(process.memoryUsage().arrayBuffers - before).to.be.below(200 * 1024 * 1024);
  });

  it('reads other delimiters', () => {
    expect(read('a;b\n1,5;2\n', { delimiter: ';' })[1]!.cells).to.deep.equal(['1,5', '2']);
  });

  it('gives the same rows however the bytes are split', () => {
    fc.assert(
      fc.property(hardBytes, fc.array(fc.nat(), { maxLength: 8 }), fc.boolean(), (bytes, cuts, small) => {
        const options = small ? { limits: smallLimits } : {};
        const whole = readAll([bytes], options);
        expect(readAll(split(bytes, cuts), options)).to.deep.equal(whole);
        expect(
          readAll(
            [...bytes].map((byte) => Buffer.from([byte])),
            options,
          ),
        ).to.deep.equal(whole);
      }),
      { numRuns: 500 },
    );
  });

  it('continues after any row as if it had never stopped', () => {
    fc.assert(
      fc.property(hardBytes, fc.nat(), (bytes, place) => {
        const reader = new CsvReader();
        const rows = [...reader.push(bytes), ...reader.end()];
        const stop = rows[place % Math.max(1, rows.length)];
        const first = rows.find((row) => row.issue?.code !== 'column-count' && row.cells.length > 0);
        if (stop === undefined || first === undefined || rows.indexOf(stop) < rows.indexOf(first)) return;
        const rest = readAll([bytes.subarray(stop.next.offset)], { at: stop.next, columns: first.cells.length });
        expect(rest).to.deep.equal(readAll([bytes]).slice(rows.indexOf(stop) + 1));
      }),
      { numRuns: 500 },
    );
  });

  it('accounts for every byte between rows, except empty lines', () => {
    fc.assert(
      fc.property(hardBytes, (bytes) => {
        const rows = readAll([bytes]) as { start: { offset: number }; next: { offset: number } }[];
        let end = 0;
        for (const { start, next } of [...rows, { start: { offset: bytes.length }, next: { offset: bytes.length } }]) {
          expect(bytes.toString('latin1', end, start.offset).replace('ï»¿', '')).to.match(/^(\r?\n)*$/);
          end = next.offset;
        }
      }),
      { numRuns: 500 },
    );
  });

  it('agrees with csv-parse on whatever csv-parse accepts', () => {
    fc.assert(
      fc.property(hardText, (text) => {
        let expected: string[][];
        try {
          expected = parse(text, { bom: true, record_delimiter: ['\r\n', '\n'], skip_empty_lines: true });
        } catch {
          return;
        }
        expect(read(text, { limits: { maxLines: 1000, maxBytes: 1e6 } }).map((row) => row.cells)).to.deep.equal(
          expected,
        );
      }),
      { numRuns: 1000 },
    );
  });
});
