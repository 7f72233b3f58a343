import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import fc from 'fast-check';
import { csvFeed, endedGroupsInMemory, openFeed, parseMapping } from '../../src/feed/index.js';
import type { FeedError, Mapping } from '../../src/feed/index.js';
import { chunked, outcome, readAll, readPart, rejections, stream, thrown } from './reading.js';

const journal = 'journal: { ActivityDate: Date, JournalTypeName: { value: Accrual }, Comment: Note }';

/** How a program writes a table. */
interface Dialect {
  readonly encoding: 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252' | 'iso-8859-15';
  /** Whether a byte-order mark says which UTF it is. Otherwise the mapping says the encoding. */
  readonly isMarked: boolean;
  readonly delimiter: ',' | ';' | '\t' | '|';
  /** Whether the first line names the delimiter, as Excel does. Otherwise the mapping says it. */
  readonly namesDelimiter: boolean;
  readonly lineEnd: '\n' | '\r\n';
  readonly quotesAll: boolean;
  readonly isGzip: boolean;
  /** Rows with only separators after the last one, as spreadsheets write them. */
  readonly blankRows: number;
}

const dialects: fc.Arbitrary<Dialect> = fc.record({
  encoding: fc.constantFrom('utf-8', 'utf-16le', 'utf-16be', 'windows-1252', 'iso-8859-15'),
  isMarked: fc.boolean(),
  delimiter: fc.constantFrom(',', ';', '\t', '|'),
  namesDelimiter: fc.boolean(),
  lineEnd: fc.constantFrom('\n', '\r\n'),
  quotesAll: fc.boolean(),
  isGzip: fc.boolean(),
  blankRows: fc.nat(2),
});

/** Characters that all of the encodings have, at other bytes. */
const letters = ['a', 'Z', '0', ' ', '€', 'é', 'Ä', 'ß', ',', ';', '|', '"', '\n'];
const notes = fc
  .array(fc.constantFrom(...letters), { minLength: 1, maxLength: 6 })
  .map((characters) => `n${characters.join('')}n`);
/** Undefined makes a row with a cell too many. */
const tables = fc.array(fc.option(notes, { nil: undefined, freq: 6 }), { maxLength: 12 });

function tableText(notesOfRows: readonly (string | undefined)[], dialect: Dialect): string {
  const { delimiter, lineEnd, quotesAll, namesDelimiter, blankRows } = dialect;
  const cell = (text: string): string =>
    quotesAll || /[",;|\t\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  const rows = notesOfRows.map((note, index) => {
    const cells = [`${index}`, 'M1', '2026-01-01T10:00:00Z'];
    return note === undefined ? [...cells, 'x', 'y'] : [...cells, note];
  });
  const lines = [['Id', 'Member', 'Date', 'Note'], ...rows].map((cells) => cells.map(cell).join(delimiter));
  const first = namesDelimiter ? [`sep=${delimiter}`] : [];
  const blank = Array.from({ length: blankRows }, () => delimiter.repeat(3));
  return [...first, ...lines, ...blank].map((line) => `${line}${lineEnd}`).join('');
}

function encoded(text: string, { encoding, isMarked }: Dialect): Uint8Array {
  const marked = isMarked && encoding.startsWith('utf') ? `\ufeff${text}` : text;
  if (encoding === 'utf-8') return Buffer.from(marked);
  const utf16 = Buffer.from(marked, 'utf16le');
  if (encoding === 'utf-16le') return utf16;
  if (encoding === 'utf-16be') return utf16.swap16();
  const bytes = Uint8Array.from({ length: 256 }, (_, byte) => byte);
  const table = new TextDecoder(encoding).decode(bytes);
  return Uint8Array.from(marked, (character) => table.indexOf(character));
}

function mappingOf({ encoding, isMarked, delimiter, namesDelimiter }: Dialect): Mapping {
  const isTold = encoding === 'utf-8' || (isMarked && encoding.startsWith('utf'));
  const lines = ['source: till', 'key: Id', 'member: Member', journal];
  if (!isTold) lines.push(`encoding: ${encoding}`);
  if (!namesDelimiter && delimiter !== ',') lines.push(`delimiter: "${delimiter}"`);
  return parseMapping(lines.join('\n'), 'map.yml');
}

function fileOf(table: readonly (string | undefined)[], dialect: Dialect): Uint8Array {
  const bytes = encoded(tableText(table, dialect), dialect);
  return dialect.isGzip ? gzipSync(bytes) : bytes;
}

/** What was written, as a reading should give it. */
function expected(table: readonly (string | undefined)[], { blankRows }: Dialect): string[] {
  const rows = table.map((note) => note ?? 'malformed-row');
  return [...rows, ...Array.from({ length: blankRows }, () => 'skipped')];
}

describe('a table in any dialect', () => {
  it('gives what was written, however the bytes arrive', async () => {
    await fc.assert(
      fc.asyncProperty(tables, dialects, fc.array(fc.nat(), { maxLength: 8 }), async (table, dialect, cuts) => {
        const feed = csvFeed(chunked(fileOf(table, dialect), cuts), mappingOf(dialect));
        const found = (await readAll(feed)).map((entry) =>
          entry.kind === 'transaction' ? entry.transaction.journal['Comment'] : outcome(entry),
        );
        expect(found).to.deep.equal(expected(table, dialect));
      }),
      { numRuns: 300 },
    );
  });

  it('is read on from any place', async () => {
    await fc.assert(
      fc.asyncProperty(tables, dialects, fc.nat(), async (table, dialect, place) => {
        const bytes = fileOf(table, dialect);
        const mapping = mappingOf(dialect);
        const whole = await readAll(csvFeed(stream(bytes), mapping));
        fc.pre(whole.length > 0);
        const limit = 1 + (place % whole.length);
        const { entries, position } = await readPart(csvFeed(stream(bytes), mapping), { limit });
        const rest = await readAll(csvFeed(stream(bytes), mapping), { from: position });
        expect([...entries, ...rest]).to.deep.equal(whole);
      }),
      { numRuns: 150 },
    );
  });
});

describe('an encoding', () => {
  const mapped = (more: string): Mapping =>
    parseMapping(`source: till\nkey: Id\nmember: Member\n${journal}\n${more}`, 'map.yml');
  const head = 'Id,Member,Date,Note\n';
  const row = '1,M1,2026-01-01T10:00:00Z,';

  it('that does not exist is an error of the mapping', () => {
    expect(() => mapped('encoding: ebcdic')).to.throw(
      /`encoding` cannot be .*: it must be an encoding such as windows-1252/,
    );
  });

  it('that the byte-order mark contradicts is an error', async () => {
    const bytes = Buffer.from(`\ufeff${head}`);
    const error = (await thrown(() => readAll(csvFeed(stream(bytes), mapped('encoding: windows-1252'))))) as FeedError;
    expect(error.message).to.equal(
      'The mapping says that the feed - is windows-1252, but it begins with the byte-order mark of utf-8.',
    );
    expect(error.actions.join()).to.match(/^Remove `encoding`/);
  });

  it('in which a character is broken rejects its row, and no other', async () => {
    const text = `\ufeff${head}${row}a\n2${row.slice(1)}\ud83d?\n3${row.slice(1)}\u{1f600}\n`;
    const entries = await readAll(csvFeed(stream(Buffer.from(text, 'utf16le')), mapped('')));
    expect(entries.map(outcome)).to.deep.equal(['till:1', 'not-utf8', 'till:3']);
  });

  it('is asked for where a byte is not UTF-8', async () => {
    const bytes = Buffer.from(`${head}${row}caf\xe9\n`, 'latin1');
    const [rejection] = rejections(await readAll(csvFeed(stream(bytes), mapped(''))));
    expect(rejection?.message).to.include('`encoding: windows-1252`');
  });
});

describe('a compressed feed', () => {
  const mapping = parseMapping(`source: till\nkey: Id\nmember: Member\n${journal}`, 'map.yml');
  const lines = (from: number, to: number): string[] =>
    Array.from({ length: to - from }, (_, at) => `${from + at},M1,2026-01-01T10:00:00Z,n\n`);
  const text = `Id,Member,Date,Note\n${lines(0, 500).join('')}`;

  it('may have several parts, as joined files and log rotation write them', async () => {
    const bytes = Buffer.concat([gzipSync(text), gzipSync(lines(500, 600).join(''))]);
    expect(await readAll(csvFeed(stream(bytes), mapping))).to.have.length(600);
  });

  it('that is cut off is an error after what can be read, which says so', async () => {
    const bytes = gzipSync(text);
    const endedGroups = endedGroupsInMemory();
    const error = (await thrown(async () => {
      for await (const { entries } of csvFeed(stream(bytes.subarray(0, -10)), mapping).read({ endedGroups }))
        expect(entries).to.not.be.empty;
    })) as FeedError;
    expect(error.message).to.match(/^The feed - cannot be decompressed to its end: it ends too early/);
  });

  it('has its format before the ending .gz', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'feed-'));
    try {
      const path = join(folder, 'till.csv.gz');
      await writeFile(path, gzipSync(text));
      const feed = await openFeed(path, mapping);
      const { position } = await readPart(feed, { limit: 100 });
      expect(await feed.growth?.(position)).to.deep.equal({ bytes: undefined });
      expect(await readAll(feed, { from: position })).to.have.length(400);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
