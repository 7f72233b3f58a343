import { expect } from 'chai';
import { csvFeed, ndjsonFeed, parseMapping } from '../../src/feed/index.js';
import type { FeedEntry, FeedError, Mapping } from '../../src/feed/index.js';
import { header, invoiceLines, outcome, readAll, rejections, stream, thrown } from './reading.js';

const mapping = parseMapping(invoiceLines, 'map.yml');
const good = 'I1,A,M1,1/12/2010,2,1.50';
const sale = '"Code":"A","Member":"M1","Date":"1/12/2010","Quantity":2,"Price":1.5';

function csv(text: string | Uint8Array, map: Mapping = mapping): Promise<FeedEntry[]> {
  return readAll(csvFeed(stream(text), map));
}

function ndjson(...lines: readonly string[]): Promise<FeedEntry[]> {
  return readAll(ndjsonFeed(stream(lines.join('\n')), mapping));
}

async function csvError(text: string | Uint8Array): Promise<FeedError> {
  return (await thrown(() => csv(text))) as FeedError;
}

async function ndjsonError(text: string): Promise<FeedError> {
  return (await thrown(() => ndjson(text))) as FeedError;
}

async function messageOf(entries: Promise<FeedEntry[]>): Promise<string> {
  const [first] = rejections(await entries);
  return first?.message ?? 'not rejected';
}

describe('odd input', () => {
  describe('a name that a JSON object has twice', () => {
    for (const [where, more, name] of [
      ['in the row', '"Price":2', 'Price'],
      ['under another spelling', String.raw`"Pr\u0069ce":2`, 'Price'],
      ['that no column reads', '"x":1,"x":1', 'x'],
      ['in an object of the row', '"order":{"id":1,"note":"{\\"id\\":1,","id":2}', 'id'],
      ['in an object of a list', '"lines":[{"a":1},{"b":1,"b":2}]', 'b'],
    ] as const)
      it(`rejects the row by that name: ${where}`, async () => {
        const entries = ndjson(`{"Invoice":"I1",${sale}}`, `{"Invoice":"I2",${sale},${more}}`);
        expect((await entries).map(outcome)).to.deep.equal(['shop:I1:A:1', 'malformed-row']);
        expect(await messageOf(entries)).to.equal(
          `- line 2: the line has the name "${name}" twice in one object; correct the line and read the file again.`,
        );
      });

    it('may occur in two objects', async () => {
      const more = '"id":1,"order":{"id":2,"of":[{"id":3},{"id":4}]},"a":"\\"id\\":","b\\\\":1,"b":{}';
      expect((await ndjson(`{"Invoice":"I1",${sale},${more}}`)).map(outcome)).to.deep.equal(['shop:I1:A:1']);
    });
  });

  it('rejects a row of deeply nested objects, and continues', async () => {
    const deep = `{"a":`.repeat(100_000) + '1' + '}'.repeat(100_000);
    const message = messageOf(ndjson(`{"Invoice":"I1",${sale}}`, deep));
    expect(await message).to.match(/line 2: the line has objects and lists that are nested too deeply; /);
  });

  describe('a control character in a key or a member', () => {
    for (const [what, row, column, code] of [
      ['NUL', 'I1\0,A,M1,1/12/2010,2,1.50', 'Invoice', 'U+0000'],
      ['a line break', '"I\n1",A,M1,1/12/2010,2,1.50', 'Invoice', 'U+000A'],
      ['ESC', 'I1,A\x1b[2J,M1,1/12/2010,2,1.50', 'Code', 'U+001B'],
      ['of C1', 'I1,A,M\u00851,1/12/2010,2,1.50', 'Member', 'U+0085'],
    ] as const)
      it(`rejects the row by its code: ${what}`, async () => {
        const [, entry] = await csv(`${header}\n${good}\n${row}\n`);
        expect(rejections([entry!])[0]).to.include({ reason: 'control-character', column });
        expect(rejections([entry!])[0]!.message).to.include(`has the control character ${code}, which the org may`);
      });

    it('makes later rows doubtful, as an empty key does', async () => {
      const rows = ['I1,A\0,M1,1/12/2010,2,1.50', good, 'I2,A,M1,1/12/2010,2,1.50'];
      const outcomes = (await csv(`${header}\n${rows.join('\n')}\n`)).map(outcome);
      expect(outcomes).to.deep.equal(['control-character', 'uncertain-occurrence', 'shop:I2:A:1']);
    });

    it('is allowed in another column', async () => {
      const withNote = parseMapping(`${invoiceLines}  Comment: Note\n`, 'map.yml');
      const [entry] = await csv(`${header},Note\n${good},"a\tb\n"\n`, withNote);
      expect(entry).to.have.nested.property('transaction.journal.Comment', 'a\tb');
    });
  });

  describe('lines that are not data rows', () => {
    it('of separators only are skipped, because spreadsheets write them after the last row', async () => {
      const rows = [good, ',,,,,', ' , ,,,, ', '"","",,,,', ',,', ',,,,,,,', 'I1,A,M1,1/12/2010,2,1.50', ',,,,,'];
      const outcomes = (await csv(`${header}\n${rows.join('\r\n')}\r\n`)).map(outcome);
      const skipped = Array.from({ length: 5 }, () => 'skipped');
      expect(outcomes).to.deep.equal(['shop:I1:A:1', ...skipped, 'shop:I1:A:2', 'skipped']);
    });

    it('are not seen by any expression', async () => {
      const map = parseMapping(`${invoiceLines}skip: $error("seen")\n`, 'map.yml');
      expect((await csv(`${header}\n,,,,,\n`, map)).map(outcome)).to.deep.equal(['skipped']);
    });

    it('do not include rows with a value', async () => {
      const outcomes = (await csv(`${header}\n,,,,,1\n,,"x\n`)).map(outcome);
      expect(outcomes).to.deep.equal(['missing-key', 'malformed-row']);
    });

    it('that repeat the header of a second file are skipped, with its byte-order mark', async () => {
      const joined = `\ufeff${header}\n${good}\n\ufeff${header}\n${good}\n${header}\n${good}\n`;
      const outcomes = (await csv(joined)).map(outcome);
      expect(outcomes).to.deep.equal(['shop:I1:A:1', 'skipped', 'shop:I1:A:2', 'skipped', 'shop:I1:A:3']);
    });
  });

  describe('a byte-order mark where files were joined', () => {
    it('has no meaning before a row', async () => {
      expect((await csv(`${header}\n${good}\n\ufeff${good}\n`)).map(outcome)).to.deep.equal([
        'shop:I1:A:1',
        'shop:I1:A:2',
      ]);
      const line = `{"Invoice":"I1",${sale}}`;
      expect((await ndjson(line, `\ufeff${line}`, '\ufeff')).map(outcome)).to.deep.equal([
        'shop:I1:A:1',
        'shop:I1:A:2',
      ]);
    });

    it('is reported before a quote', async () => {
      expect(await messageOf(csv(`${header}\n\ufeff"I1",A,M1,1/12/2010,2,1.50\n`))).to.include(
        'line 2: the line begins with a byte-order mark, as in joined files, which makes its quotes ordinary characters (remove the mark); ',
      );
    });
  });

  it('reports a carriage return that does not end a line', async () => {
    expect(await messageOf(csv(`${header}\n${good}\r${good}\n`))).to.include(
      'line 2: the line has 11 cells, but 6 are expected, and a carriage return (CR) alone, which does not end a line; ',
    );
  });

  describe('a file of another kind is refused as a whole, with what to do', () => {
    it('an empty one', async () => {
      expect(await csvError('')).to.deep.include({
        message: 'The feed - is empty: it needs a header line with the names of its columns.',
        actions: ['Check the program that writes it: a feed without rows still needs its header.'],
      });
    });

    it('UTF-16 without a byte-order mark', async () => {
      expect(await csvError(Buffer.from(`${header}\n`, 'utf16le'))).to.deep.include({
        message: 'The feed - is not UTF-8 text: it is binary, or UTF-16 without a byte-order mark.',
        actions: [
          'If it is UTF-16, write `encoding: utf-16le` or `utf-16be` into the mapping. Otherwise save it as text.',
        ],
      });
    });

    for (const text of [`{"Invoice":"I1",${sale}}\n`, `{\n  "Invoice": "I1"\n}`, `[\n{"Invoice":"I1"}]`, `[{"a":1}]`])
      it(`JSON as CSV: ${text.slice(0, 12).replaceAll('\n', '\\n')}`, async () => {
        expect(await csvError(text)).to.deep.include({
          code: 'unknown-format',
          message: 'The feed - is read as CSV, but begins like JSON.',
          actions: ['Name the format: --format json for a list of objects, ndjson for one object in each line.'],
        });
      });

    for (const [name, text, found, step] of [
      ['CSV', `${header}\n${good}\n`, 'begins with a CSV header', 'Give the file the ending .csv.'],
      [
        'a list',
        `[\n{"Invoice":"I1"}\n]`,
        'begins with a list',
        'Name its format: --format json, or the ending .json.',
      ],
      [
        'a list in a line',
        `\ufeff[{"a":1}]`,
        'begins with a list',
        'Name its format: --format json, or the ending .json.',
      ],
      [
        'an object over several lines',
        `{\n "Invoice": "I1"\n}`,
        'has objects that span several lines',
        'Write one object in each line; `jq -c .` does that.',
      ],
    ] as const)
      it(`${name} as NDJSON`, async () => {
        expect(await ndjsonError(text)).to.deep.include({
          code: 'unknown-format',
          message: `The feed - is read as one JSON object in each line, but ${found}.`,
          actions: [step],
        });
      });

    it('but a first line that is broken is only rejected', async () => {
      expect((await ndjson('{"Invoice":', '{}')).map(outcome)).to.deep.equal(['malformed-row', 'missing-key']);
    });
  });

  describe('values at a limit', () => {
    it('an amount that rounds to zero is zero, without a sign', async () => {
      for (const price of ['-0.001', '0.004', '-0']) {
        const [entry] = await csv(`${header}\nI1,A,M1,1/12/2010,1,${price}\n`);
        expect(entry).to.have.nested.property('transaction.journal.TransactionAmount', '0.00');
      }
    });

    it('24:00 is the end of its day: midnight as an instant, that day as a date', async () => {
      const map = parseMapping(invoiceLines.replace(/ActivityDate: .*/, 'ActivityDate: Date'), 'map.yml');
      const [entry] = await csv(`${header}\nI1,A,M1,2026-01-01T24:00Z,1,1\n`, map);
      expect(entry).to.have.nested.property('transaction.journal.ActivityDate', '2026-01-02T00:00:00.000Z');
      expect(await messageOf(csv(`${header}\nI1,A,M1,2026-01-01T24:01Z,1,1\n`, map))).to.include(
        'there is no such day or time',
      );
    });

    for (const [what, date, expected] of [
      ['a date in another form: the format', '31/12/2026', /say it in the mapping, as in \{ date: Date, format:/],
      ['a time without an offset: the zone', '2026-02-03T10:00:00', /; name their zone in the mapping, .*zone:/],
      ['a day that does not exist: the line', '2026-02-30T10:00:00+01:00', /no such day or time; correct the line and/],
    ] as const)
      it(`the next step is at what is to blame: ${what}`, async () => {
        const map = parseMapping(invoiceLines.replace(/ActivityDate: .*/, 'ActivityDate: Date'), 'map.yml');
        expect(await messageOf(csv(`${header}\nI1,A,M1,${date},1,1\n`, map))).to.match(expected);
      });

    it('the next step is at what is to blame: bytes of another encoding: the file', async () => {
      const bytes = Buffer.from(`${header}\nI1,\xE9,M1,1/12/2026,1,1\n`, 'latin1');
      expect(await messageOf(readAll(csvFeed(stream(bytes), parseMapping(invoiceLines, 'map.yml'))))).to.match(
        /; name the encoding of the file in the mapping, as in `encoding: windows-1252`, or correct the line, and read/,
      );
    });

    it('the mapping can skip a row with an object where a value is needed, or without a value', async () => {
      const messages = rejections(await ndjson(`{"Invoice":{},${sale}}`, `{${sale}}`)).map(({ message }) => message);
      expect(messages[0]).to.match(/; correct the mapping, or skip such rows in it, and read the file again\.$/);
      expect(messages[1]).to.match(/; fill it in, or skip such rows in the mapping, and read the file again\.$/);
    });
  });
});
