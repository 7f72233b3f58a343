import { readFile } from 'node:fs/promises';
import { expect } from 'chai';
import { SyncResult } from '../../src/cli/sync/syncResult.js';
import { SyncVerifyResult } from '../../src/cli/sync/verifyResult.js';
import { Cli, errorOf, resultOf } from '../support/cli.js';
import { csvRows, cups, feedOf, harbourMap } from '../support/cliFeed.js';
import { openShop } from '../support/cliOrg.js';
import type { Shop } from '../support/cliOrg.js';

describe('loyalty sync verify', function () {
  this.timeout(120_000);

  let shop: Shop;
  let cli: Cli;
  let feed: string;

  before(async () => {
    shop = await openShop({ members: 2 });
    cli = await Cli.create();
    feed = await cli.file('till.csv', feedOf(cups([...shop.members, 'HR-777'])));
    const args = ['--file', feed, '--map', harbourMap, '--outbox', cli.path('till.sqlite'), '--json'];
    expect((await cli.run('sync start', args, { org: shop.org })).code).to.equal(68);
  });

  after(async () => {
    await cli[Symbol.asyncDispose]();
    await shop[Symbol.asyncDispose]();
  });

  const verify = (...args: string[]) =>
    cli.run('sync verify', ['--outbox', cli.path('till.sqlite'), ...args], { org: shop.org, columns: 80 });

  it('names every difference, in a file and on a screen of 80 columns, and ends with 68', async () => {
    const ended = await verify('--file', feed, '--map', harbourMap, '--json');
    expect(ended.code).to.equal(68);
    const { counts, compared, records, results, recordsLeftOut } = resultOf(ended, SyncVerifyResult);
    expect(counts).to.include({ total: 1, refused: 1 });
    expect([compared, recordsLeftOut]).to.deep.equal([{ feedRows: 3, transactions: 3, journals: 2 }, 0]);
    expect(records[0]).to.include({ key: 'harbour:700003:CUP-01:1', status: 'refused', member: 'HR-777', line: 4 });
    const [row] = csvRows(await readFile(results ?? '', 'utf8'));
    expect(row).to.include({ key: 'harbour:700003:CUP-01:1', status: 'refused', member: 'HR-777' });

    const { code, stdout } = await verify();
    expect(code).to.equal(68);
    const text = stdout.replaceAll(/\s+/g, ' ');
    expect(text).to.match(
      /^Harbour Rewards: 1 difference\. Transactions of the outbox 3 Journals in the org 2 Refused 1 /,
    );
    expect(text).to.match(/Once the causes are gone: sf loyalty sync retry --outbox /);
    const wide = stdout.split('\n').filter((line) => line.length > 80 && !/ sf loyalty |\.csv/.test(line));
    expect(wide).to.deep.equal([]);
  });

  it('compares only what a run had, and names a run that the outbox does not have', async () => {
    const path = await cli.file('more.csv', feedOf(cups(shop.members)));
    const start = await cli.run(
      'sync start',
      ['--file', path, '--map', harbourMap, '--outbox', cli.path('till.sqlite'), '--json'],
      { org: shop.org },
    );
    const { run } = resultOf(start, SyncResult);
    const ended = resultOf(await verify('--run', run, '--json'), SyncVerifyResult);
    expect([ended.run, ended.compared.transactions, ended.counts.total]).to.deep.equal([run, 0, 0]);
    const { code, stdout } = await verify('--run', run);
    expect([code, stdout.replaceAll(/\s+/g, ' ')]).to.deep.equal([
      0,
      `Harbour Rewards, run ${run}: no difference. Transactions of the run 0 Journals in the org 0 `,
    ]);
    const none = await verify('--run', 'x', '--json');
    expect([none.code, errorOf(none).message]).to.deep.equal([
      1,
      `The outbox ${cli.path('till.sqlite')} has no run x.`,
    ]);
  });

  it('writes JSON lines, and ends with 0 and no file if there is no difference', async () => {
    const lines = resultOf(
      await verify('--results-format', 'jsonl', '--results-dir', cli.path('out'), '--json'),
      SyncVerifyResult,
    );
    expect(lines.results).to.match(/\.jsonl$/);
    const written = (await readFile(lines.results ?? '', 'utf8')).trimEnd().split('\n');
    expect(written.map((line) => JSON.parse(line) as object)).to.have.length(1);
    expect(JSON.parse(written[0] ?? '')).to.include({ status: 'refused', member: 'HR-777' });

    await shop.client.members.enroll('Harbour Rewards', {
      enrollmentDate: '2026-01-01T00:00:00',
      membershipNumber: 'HR-777',
      associatedContactDetails: { lastName: 'Member' },
      memberStatus: 'Active',
    });
    await cli.run('sync retry', ['--outbox', cli.path('till.sqlite'), '--json'], { org: shop.org });
    const none = await verify('--file', feed, '--map', harbourMap, '--json');
    expect(none.code).to.equal(0);
    expect(resultOf(none, SyncVerifyResult)).to.deep.include({ records: [], results: null });
  });

  it('ends with 69 if there is no difference in what could be compared, but not everything could be', async () => {
    const map = (await readFile(harbourMap, 'utf8'))
      .replace(/\bAccrual\b/g, 'ACCRUAL')
      .replace('source: harbour', 'source: pier');
    const outbox = ['--outbox', cli.path('pier.sqlite')];
    const args = [
      '--file',
      await cli.file('pier.csv', feedOf(cups(shop.members))),
      '--map',
      await cli.file('pier.yml', map),
    ];
    expect((await cli.run('sync start', [...args, ...outbox, '--json'], { org: shop.org })).code).to.equal(0);
    const alone = await cli.run('sync verify', [...outbox, '--json'], { org: shop.org });
    expect(alone.code).to.equal(69);
    expect(resultOf(alone, SyncVerifyResult)).to.deep.include({ uncompared: 2, results: null, records: [] });
    const { code, stdout } = await cli.run('sync verify', outbox, { org: shop.org });
    expect([code, stdout.split('\n')[0]]).to.deep.equal([
      69,
      'Harbour Rewards: no difference in what could be compared, but not everything',
    ]);
    expect((await cli.run('sync verify', [...args, ...outbox, '--json'], { org: shop.org })).code).to.equal(0);
  });

  it('says what is wrong with an outbox that is not there, and with a feed without a mapping', async () => {
    const nowhere = await cli.run('sync verify', ['--outbox', cli.path('none.sqlite'), '--json'], { org: shop.org });
    expect(nowhere.code).to.equal(1);
    expect(errorOf(nowhere).message).to.include('There is no outbox at');
    expect((await verify('--file', feed)).code).to.equal(2);
  });
});
