import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { parse } from 'csv-parse/sync';
import { CsvWriter } from '../../src/base/csvWriter.js';

describe('CsvWriter', () => {
  let folder: string;
  let path: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'csv-writer-'));
    path = join(folder, 'rejects.csv');
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('writes rows that read back as they were', async () => {
    const rows = [
      ['1', 'a "quoted", text\r\nin two lines', ''],
      ['2', 'é', '-15.30'],
    ];
    {
      await using writer = await CsvWriter.open(path, ['line', 'text', 'value']);
      for (const row of rows) await writer.write([row]);
    }
    expect(parse(await readFile(path))).to.deep.equal([['line', 'text', 'value'], ...rows]);
  });

  it('keeps the file from everybody else', async () => {
    await (await CsvWriter.open(path, ['a'])).close();
    expect((await stat(path)).mode & 0o777).to.equal(process.platform === 'win32' ? 0o666 : 0o600);
  });

  it('does not let a spreadsheet run what stands in a feed', async () => {
    await using writer = await CsvWriter.open(path, ['a']);
    await writer.write([['=cmd()'], ['+1+1'], ['@x'], ['-2+3'], [-5], ['+44'], [undefined], [null], [true]]);
    expect(
      parse(await readFile(path))
        .slice(1)
        .flat(),
    ).to.deep.equal(["'=cmd()", "'+1+1", "'@x", "'-2+3", '-5', '+44', '', '', 'true']);
  });

  it('goes on behind the rows of an existing file', async () => {
    for (const value of ['1', '2']) {
      await using writer = await CsvWriter.open(path, ['a'], { append: true });
      await writer.write([[value]]);
    }
    expect(await readFile(path, 'utf8')).to.equal('a\n1\n2\n');
  });

  it('refuses a row that does not fit the columns', async () => {
    await using writer = await CsvWriter.open(path, ['a', 'b']);
    const error = await writer.write([['1']]).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(error).to.be.instanceOf(RangeError);
  });
});
