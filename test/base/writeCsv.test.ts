import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { parse } from 'csv-parse/sync';
import { writeCsv } from '../../src/base/writeCsv.js';

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

  it('writes rows that read back as they were', async () => {
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

  it('leaves cells empty for what is not there', async () => {
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

  it('replaces an older file, and keeps it from everybody else', async () => {
    await written([{ a: 'old', b: 'old' }]);
    expect(await written([])).to.deep.equal([['a', 'b']]);
    expect((await stat(path)).mode & 0o777).to.equal(process.platform === 'win32' ? 0o666 : 0o600);
  });

  it('does not let a spreadsheet run what stands in a feed', async () => {
    const texts = ['=cmd()', '+1+1', '@x', '-2+3', '\tx', '-5', '+44.10'];
    const rows = await written(texts.map((a) => ({ a, b: -5 })));
    expect(rows).to.deep.equal([
      ['a', 'b'],
      ...["'=cmd()", "'+1+1", "'@x", "'-2+3", "'\tx", '-5', '+44.10'].map((text) => [text, '-5']),
    ]);
  });
});
