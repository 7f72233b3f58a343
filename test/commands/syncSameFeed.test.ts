import { expect } from 'chai';
import { rm, writeFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { Cli, errorOf } from '../support/cli.js';
import type { Ended } from '../support/cli.js';
import { csvRows, cups, feedOf, harbourMap, reportOf } from '../support/cliFeed.js';
import { openShop } from '../support/cliOrg.js';
import type { Shop } from '../support/cliOrg.js';

describe('loyalty sync resume, with the same or another feed', function () {
  this.timeout(60_000);

  let shop: Shop;
  let cli: Cli;
  const rows = cups(['HR-100001', 'HR-100002', 'HR-100001', 'HR-100002']);

  beforeEach(async () => {
    shop = await openShop({ members: 2 });
    cli = await Cli.create();
  });

  afterEach(async () => {
    await cli[Symbol.asyncDispose]();
    await shop[Symbol.asyncDispose]();
  });

  const outbox = (): string[] => ['--outbox', cli.path('till.sqlite')];
  const start = (file: string, options: { stdin?: string; limit?: number } = {}): Promise<Ended> => {
    const limit = options.limit === undefined ? [] : ['--limit', String(options.limit)];
    const args = ['--file', file, '--map', harbourMap, ...outbox(), ...limit, '--json'];
    return cli.run('sync start', args, { org: shop.org, stdin: options.stdin });
  };
  const resume = (stdin = '', json = ['--json']): Promise<Ended> =>
    cli.run('sync resume', [...outbox(), ...json], { org: shop.org, stdin });

  it('continues with standard input that is piped again, even if it has grown', async () => {
    await start('-', { stdin: feedOf(rows.slice(0, 3)), limit: 2 });
    const resumed = await resume(feedOf(rows));
    expect(resumed.code).to.equal(0);
    expect(reportOf(resumed).counts.rows.read).to.equal(4);
    expect(reportOf(resumed).counts.items).to.include({ new: 4, done: 4 });
  });

  it('refuses other data on standard input, and says what to do', async () => {
    await start('-', { stdin: feedOf(rows), limit: 2 });
    const refused = await resume(feedOf(rows.toReversed()));
    expect(refused.code).to.equal(1);
    expect(errorOf(refused)).to.include({ name: 'FeedError' });
    expect(errorOf(refused).message).to.match(/^The feed - cannot be read on from line 4: it was replaced/);
    expect(errorOf(refused).actions).to.deep.equal([
      'Restore the original feed and resume, or start a new run with the current feed: rows that are already known are recognized by their keys.',
    ]);
    expect(reportOf(await resume(feedOf(rows))).counts.rows.read).to.equal(4);
  });

  it('delivers what it has if nothing is piped, and is unfinished only if part of the feed is missing', async () => {
    await start('-', { stdin: feedOf(rows), limit: 2 });
    const without = await resume('', []);
    expect(without.code).to.equal(69);
    expect(without.stderr.replaceAll(/\s+/g, ' ')).to.include('nothing was piped into this command');
    await resume(feedOf(rows));
    const finished = await resume('', []);
    expect(finished.code).to.equal(0);
    expect(finished.stderr).not.to.include('piped');
  });

  it('continues with a compressed list of objects whose format only the start has named', async () => {
    const file = await cli.file('export.txt', gzipSync(JSON.stringify(csvRows(feedOf(rows)), null, 2)));
    const args = ['--file', file, '--format', 'json', '--map', harbourMap, ...outbox(), '--limit', '2', '--json'];
    expect(reportOf(await cli.run('sync start', args, { org: shop.org })).counts.rows.read).to.equal(2);
    const resumed = await resume();
    expect(resumed.code).to.equal(0);
    expect(reportOf(resumed).counts.items).to.include({ new: 4, done: 4 });
  });

  it('reports that a file was changed after its run had read it to the end, and delivers what was read', async () => {
    const file = await cli.file('till.csv', feedOf(rows));
    await start(file);
    await writeFile(file, feedOf(rows).replace('700003', '800003'));
    const { stdout, code } = await resume('', []);
    expect(code).to.equal(0);
    expect(stdout.replaceAll(/\s+/g, ' ')).to.match(
      /till\.csv cannot be read on from line 6: it begins the same, but an earlier line was changed.* had read it to its end/,
    );
  });

  it('delivers a feed that was read to its end and has been archived since', async () => {
    const file = await cli.file('till.csv', feedOf(rows));
    const match = { method: 'POST', path: '/connect/realtime/*' } as const;
    shop.org.faults.replace({ rules: [{ fault: 'error', status: 400, errorCode: 'UNABLE_TO_LOCK_ROW', match }] });
    const args = ['--file', file, '--map', harbourMap, ...outbox(), '--wait', '1', '--settle', '1'];
    expect((await cli.run('sync start', args, { org: shop.org })).code).to.equal(69);
    shop.org.faults.clear();
    await rm(file);
    const resumed = await resume();
    expect(resumed.code).to.equal(0);
    expect(reportOf(resumed).counts.items).to.include({ new: 4, done: 4 });
    expect(reportOf(resumed).notes.map(({ code }) => code)).to.include('feed-gone');
  });

  it('refuses a feed that is gone before it was read to its end, and says what was read and how to deliver that', async () => {
    const file = await cli.file('till.csv', feedOf(rows));
    await start(file, { limit: 2 });
    await rm(file);
    const refused = await resume();
    expect(refused.code).to.equal(1);
    expect(errorOf(refused).message).to.match(/till\.csv cannot be read: .*Rows of it that this run has read: 2\./);
    const actions = errorOf(refused).actions?.join('\n');
    expect(actions).to.include('sf loyalty sync start --file FILE --map').and.to.include('Restore the feed');
  });
});
