import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { openFeed, parseMapping } from '../../src/feed/index.js';
import type { Feed } from '../../src/feed/index.js';
import { exitCode } from '../../src/sync/index.js';
import { purchases, source } from './org/arrayFeed.js';
import { World } from './org/world.js';

const mapping = parseMapping(
  `source: ${source}
key: Id
member: Member
journal:
  ActivityDate: Date
  JournalTypeName: { value: Accrual }
  TransactionAmount: { number: Amount }
`,
  'map.yml',
);
const header = 'Id,Member,Date,Amount\n';

describe('a run over an odd feed', () => {
  let folder: string;
  let world: World;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'odd-'));
    world = new World(purchases(1, ['A1']));
  });

  afterEach(async () => {
    await world[Symbol.asyncDispose]();
    await rm(folder, { recursive: true });
  });

  async function feedOf(name: string, text: string): Promise<Feed> {
    await writeFile(join(folder, name), text);
    return openFeed(join(folder, name), mapping);
  }

  for (const [name, text] of [
    ['empty.csv', header],
    ['empty.ndjson', ''],
  ] as const)
    it(`without rows is complete, and says so; rows appended later are reported: ${name}`, async () => {
      const feeds = [await feedOf(name, text)];
      const report = await world.start({ feeds });
      expect(report.ending).to.equal('complete');
      expect(exitCode(report)).to.equal(0);
      expect(report.notes).to.deep.include({ code: 'feed-empty', message: `${join(folder, name)} has no rows.` });
      expect((await world.resume({ feeds })).notes.map(({ code }) => code)).to.not.include('feed-grown');

      await appendFile(join(folder, name), name.endsWith('csv') ? '1,A1,2026-04-03T08:00:00Z,3\n' : '{"Id":"1"}\n');
      const [grown] = (await world.resume({ feeds })).notes.filter(({ code }) => code === 'feed-grown');
      expect(grown?.message).to.match(/has grown since this run read it to its end\. What was appended was not read/);
    });

  for (const [name, text, line] of [
    ['cut.csv', `${header}1,A1,2026-04-03T08:00:00Z,3\n2,A1,2026-04-03T08:00:00Z,13.4`, 3],
    ['cut-crlf.csv', `${header}1,A1,2026-04-03T08:00:00Z,13.4`.replaceAll('\n', '\r\n'), 2],
    ['cut.ndjson', '{"Id":"1","Member":"A1","Date":"2026-04-03T08:00:00Z","Amount":3}', 1],
  ] as const)
    it(`whose last line has no end reads it, and says so: ${name}`, async () => {
      const cut = await feedOf(name, text);
      const whole = await feedOf(`whole-${name}`, `${text}\n`);
      const report = await world.start({ feeds: [cut, whole] });
      expect(report.counts.rows.rejected).to.equal(0);
      const notes = report.notes.filter(({ code }) => code === 'no-line-end').map(({ message }) => message);
      expect(notes).to.have.length(1);
      expect(notes[0]).to.match(
        new RegExp(`^The last line of ${join(folder, name)}, line ${line}, has no line end\\.`),
      );
      const limited = await world.start({ feeds: [cut], limit: 1 });
      expect(limited.notes.filter(({ code }) => code === 'no-line-end')).to.deep.equal([]);
    });

  it('names a field that its expression left out in every row, which may be a misspelled name', async () => {
    const fields = `  Item__c: { expression: stor }\n  Unique__c: { expression: "$exists(note) ? note" }\n`;
    const computed = parseMapping(`${mapping.text}${fields}`, 'map.yml');
    const path = join(folder, 'till.ndjson');
    const row = { Id: '1', Member: 'A1', Date: '2026-04-03T08:00:00Z', Amount: 3, store: 'Pier 4' };
    await writeFile(path, [row, { ...row, Id: '2', note: 'x' }].map((each) => `${JSON.stringify(each)}\n`).join(''));
    const { notes } = await world.start({ feeds: [await openFeed(path, computed)] });
    expect(notes.filter(({ code }) => code === 'field-left-out').map(({ message }) => message)).to.deep.equal([
      `Item__c was left out in all 2 transactions of ${path}: its expression gave nothing. Check the names in it.`,
    ]);
  });

  it('shows each column with a problem, not only the first of a kind', async () => {
    const rows = ['1,A1,yesterday,3', '2,A1,today,3', '3,A1,2026-04-03T08:00:00Z,three', '4,,2026-04-03T08:00:00Z,3'];
    const amounts = parseMapping(
      `${mapping.text}  Item__c: { number: Member }\n`.replace('member: Member', 'member: Id'),
      'map.yml',
    );
    const path = join(folder, 'till.csv');
    await writeFile(path, `${header}${rows.join('\n')}\n5,x,2026-04-03T08:00:00Z,3\n`);
    const report = await world.start({ feeds: [await openFeed(path, amounts)] });
    const reasons = report.reasons.map(({ code, column, count }) => [code, column, count]);
    expect(reasons).to.deep.equal([
      ['unreadable-date', 'Date', 2],
      ['unreadable-number', 'Amount', 1],
      ['missing-value', 'Member', 1],
      ['unreadable-number', 'Member', 1],
    ]);
    expect(report.records[2]).to.include({ line: 4, column: 'Amount' });
  });
});
