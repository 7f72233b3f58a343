import { copyFile, mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { ResultFilesError, SqliteOutbox, writeResults } from '../../src/sync/index.js';
import { failureOf } from '../client/loopback.js';
import { Cli } from '../support/cli.js';
import { cups, feedOf, harbourMap, reportOf } from '../support/cliFeed.js';
import { openShop } from '../support/cliOrg.js';
import type { Shop } from '../support/cliOrg.js';

describe('the results files of a run', function () {
  this.timeout(120_000);

  let shop: Shop;
  let cli: Cli;
  let feed: string;
  let folder: string;
  let run: string;

  before(async () => {
    shop = await openShop({ members: 2 });
    cli = await Cli.create();
    const [bad = ''] = cups(['HR-100001'], 800_001);
    feed = await cli.file(
      'till.csv',
      feedOf([...cups([...shop.members, '<b>HR|777</b>']), bad.replace('1/9/2026', '=13')]),
    );
    const where = ['--outbox', cli.path('till.sqlite'), '--results-dir', cli.path('results')];
    const ended = await cli.run(
      'sync start',
      ['--file', feed, '--map', harbourMap, ...where, '--results-format', 'jsonl', '--json'],
      { org: shop.org },
    );
    expect(ended.code).to.equal(68);
    const report = reportOf(ended);
    folder = report.results ?? '';
    run = report.run;
  });

  after(async () => {
    await cli[Symbol.asyncDispose]();
    await shop[Symbol.asyncDispose]();
  });

  const lines = async (name: string): Promise<Record<string, unknown>[]> =>
    (await readFile(join(folder, name), 'utf8'))
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);

  it('are JSON lines with the values as they are, and rejects.csv, which later reports need', async () => {
    expect((await readdir(folder)).sort()).to.deep.equal([
      'rejects.csv',
      'rejects.jsonl',
      'summary.md',
      'transactions.jsonl',
    ]);
    const transactions = await lines('transactions.jsonl');
    expect(transactions.map(({ state }) => state)).to.deep.equal(['done', 'done', 'refused']);
    expect(transactions[2]).to.include({ member: '<b>HR|777</b>', attempts: 0, found: false, line: 4 });
    const [rejected] = await lines('rejects.jsonl');
    expect(rejected).to.include({ kind: 'rejection', line: 5, column: 'Date' });
    expect(rejected?.['value']).to.match(/^=13/);
    expect(rejected?.['raw']).to.include('=13');
  });

  it('have a summary with totals, reasons and what to do next, in which no text of the feed is Markdown', async () => {
    const summary = await readFile(join(folder, 'summary.md'), 'utf8');
    expect(summary).to.match(/^# Run [\d-]+\w+ in Harbour Rewards: complete\.$/m);
    expect(summary).to.match(/^\| Rows read \| 4 \|$/m);
    expect(summary).to.match(/^\| – Sent now \| 2 \|$/im);
    expect(summary).to.match(
      /^\| 1 \| Refused \| UNKNOWN\\_MEMBER \| +\| \S+ \(\S+ line \d\): The program Harbour Rewards has no member \\<b\\>HR\\\|777/im,
    );
    expect(summary).to.match(/^## What to do next$/m);
    expect(summary).to.match(/^ {2}sf loyalty sync retry --outbox /m);
    expect(summary).not.to.match(/<b>/);
  });

  it('are written again by a report, in another format', async () => {
    const args = ['--outbox', cli.path('till.sqlite'), '--results-dir', cli.path('again')];
    await cli.run('sync report', [...args, '--json'], { org: shop.org });
    expect((await readdir(cli.path('again', run))).sort()).to.deep.equal([
      'rejects.csv',
      'summary.md',
      'transactions.csv',
    ]);
    expect(await readFile(cli.path('again', run, 'rejects.csv'), 'utf8')).to.include('=13');
  });

  it('never replace a feed of the run', async () => {
    const input = cli.path('input');
    await mkdir(input);
    await copyFile(feed, join(input, 'rejects.csv'));
    await using outbox = SqliteOutbox.inMemory();
    const { id } = await outbox.runs.begin({ files: [join(input, 'rejects.csv')] });
    const error = await failureOf(writeResults(outbox, id, input));
    expect(error).to.be.instanceOf(ResultFilesError);
    expect((error as Error).message).to.include('it is a feed of the run');
    expect(await readFile(join(input, 'rejects.csv'), 'utf8')).to.equal(await readFile(feed, 'utf8'));
  });
});
