import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { spreadsheetText } from '../../src/base/text/spreadsheetText.js';
import { writeCsv } from '../../src/base/csv/writeCsv.js';

describe('writeCsv', () => {
  let folder: string;
  let path: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'csv-'));
    path = join(folder, 'rejects.csv');
  });
  afterEach(() => rm(folder, { recursive: true }));

  async function written(rows: Iterable<object> | AsyncIterable<object>, columns = ['a', 'b']): Promise<unknown> {
    await writeCsv(path, columns, rows);
    return parse(await readFile(path));
  }

  it('writes rows that are the same when read back', async () => {
    const text = 'a "quoted", text\r\nin two lines, é';
    expect(await written([{ b: '-15.30', a: text, c: 'not asked for' }])).to.deep.equal([
      ['a', 'b'],
      [text, '-15.30'],
    ]);
  });

  it('writes a header even if there are no rows', async () => {
    async function* none(): AsyncIterable<object> {}
    expect(await written(none())).to.deep.equal([['a', 'b']]);
  });

  it('leaves cells without a value empty', async () => {
    expect(
      await written([
        { a: undefined, b: null },
        { a: 0, b: false },
      ]),
    ).to.deep.equal([
      ['a', 'b'],
      ['', ''],
      ['0', 'false'],
    ]);
  });

  it('replaces an older file, and lets only the owner read the new one', async () => {
    await written([{ a: 'old', b: 'old' }]);
    expect(await written([])).to.deep.equal([['a', 'b']]);
    expect((await stat(path)).mode & 0o777).to.equal(process.platform === 'win32' ? 0o666 : 0o600);
  });

  it('quotes every cell, so that none is split at another separator', async () => {
    await writeCsv(path, ['a', 'b'], [{ a: 'x;y', b: undefined }]);
    expect(await readFile(path, 'utf8')).to.equal('"a","b"\n"x;y",""\n');
  });

  const formulas: readonly (readonly [text: string, written: string])[] = [
    ['=cmd()', "'=cmd()"],
    ['+1+1', "'+1+1"],
    ['@x', "'@x"],
    ['-2+3', "'-2+3"],
    ['\tx', "'\tx"],
    ['\r=x', "'\r'=x"],
    ['\n=1', "'\n'=1"],
    [' \u00a0=1', "' \u00a0=1"],
    ['＝1', "'＝1"],
    ['x;=cmd()', "x;'=cmd()"],
    ['two\nlines\n=1', "two\nlines\n'=1"],
    ["'=1", "''=1"],
  ];
  const harmless = ['-5', '+44.10', '-5,20', '700001;-3.5;tea', "it's", 'a=b', 'a-b', 'x\ny', '', 'tea, +1'];

  it('does not let a spreadsheet run text from a feed, and leaves numbers unchanged', async () => {
    const rows = await written([...formulas.map(([a]) => ({ a, b: -5 })), ...harmless.map((a) => ({ a, b: 0 }))]);
    expect(rows).to.deep.equal([
      ['a', 'b'],
      ...formulas.map(([, text]) => [text, '-5']),
      ...harmless.map((text) => [text, '0']),
    ]);
  });

  it('lets a reader restore every text with the expression in the documentation', async () => {
    const docs = await readFile(join(import.meta.dirname, '../../docs/sync-protocol.md'), 'utf8');
    const [, source = ''] = /cell\.replaceAll\(\/(.+)\/gu, ''\)/.exec(docs) ?? [];
    const texts = [...formulas.map(([text]) => text), ...harmless];
    await writeCsv(
      path,
      ['a'],
      texts.map((a) => ({ a })),
    );
    const [, ...cells]: string[][] = parse(await readFile(path));
    expect(cells.map(([cell = '']) => cell.replaceAll(new RegExp(source, 'gu'), ''))).to.deep.equal(texts);
    fc.assert(
      fc.property(fc.array(fc.constantFrom("'", '=', '-', '5', ';', '\t', '\n', ' ', 'a')), (parts) => {
        const text = parts.join('');
        expect(spreadsheetText(text).replaceAll(new RegExp(source, 'gu'), '')).to.equal(text);
      }),
    );
  });
});
