import { expect } from 'chai';
import { appendFile, readFile } from 'node:fs/promises';
import { Cli } from '../support/cli.js';
import { cups, feedOf, harbourMap, reportOf } from '../support/cliFeed.js';
import { journalRequests, openShop } from '../support/cliOrg.js';
import type { Shop } from '../support/cliOrg.js';

describe('loyalty sync, with a known key', function () {
  this.timeout(120_000);

  let shop: Shop;
  let cli: Cli;

  beforeEach(async () => {
    shop = await openShop({ members: 2 });
    cli = await Cli.create();
  });

  afterEach(async () => {
    await cli[Symbol.asyncDispose]();
    await shop[Symbol.asyncDispose]();
  });

  async function start(name: string, rows: readonly string[], { outbox = 'till', map = harbourMap } = {}) {
    const file = await cli.file(name, feedOf(rows));
    const args = ['--file', file, '--map', map, '--outbox', cli.path(`${outbox}.sqlite`), '--json'];
    return cli.run('sync start', args, { org: shop.org });
  }

  const retry = (...args: string[]) =>
    cli.run('sync retry', ['--outbox', cli.path('till.sqlite'), '--json', ...args], { org: shop.org });

  /** Returns member and amount of every journal, in order of arrival. */
  async function journals(): Promise<string[]> {
    const rows = await shop.client.query.all(
      'SELECT Member.MembershipNumber, TransactionAmount FROM TransactionJournal ORDER BY Id',
    );
    return rows.map(
      (row) =>
        `${String((row['Member'] as Record<string, unknown>)['MembershipNumber'])} ${String(row['TransactionAmount'])}`,
    );
  }

  it('never exits with 0 over a purchase that was refused before, and sends it once its member exists', async () => {
    const rows = cups(['HR-100001', 'HR-777']);
    expect((await start('till.csv', rows)).code).to.equal(68);

    const again = await start('till.csv', rows);
    expect(again.code).to.equal(68);
    const { counts, reasons } = reportOf(again);
    expect(counts.transactions).to.include({ made: 2, known: 1, refusedBefore: 1 });
    expect(reasons).to.have.lengthOf(1);
    expect(reasons[0]).to.include({ status: 'refusedBefore', code: 'UNKNOWN_MEMBER', count: 1 });

    await cli.run('enroll member', ['--member', 'HR-777', '--last-name', 'Late'], { org: shop.org });
    const third = await start('till.csv', rows);
    expect(third.code).to.equal(0);
    expect(reportOf(third).counts.transactions).to.include({ takenUpByItself: 1, known: 1 });
    expect(reportOf(third).counts.items).to.include({ takenUpByItself: 1, done: 1, sentNow: 1 });
    expect(await journals()).to.deep.equal(['HR-100001 3.4', 'HR-777 3.4']);
  });

  it('sends a corrected row instead of the refused one, and the old file changes nothing', async () => {
    const [wrong = '', good = ''] = cups(['HR-1OO002', 'HR-100001']);
    expect((await start('monday.csv', [wrong, good])).code).to.equal(68);
    const mended = await start('tuesday.csv', [wrong.replace('HR-1OO002', 'HR-100002'), good]);
    expect(mended.code).to.equal(0);
    expect(reportOf(mended).counts.transactions).to.include({ corrected: 1, known: 1 });
    expect(reportOf(mended).counts.items).to.include({ corrected: 1, done: 1 });

    const old = await start('monday.csv', [wrong, good]);
    expect(old.code).to.equal(0);
    expect(reportOf(old).counts.transactions).to.include({ superseded: 1, known: 1, new: 0 });
    expect(await journals()).to.deep.equal(['HR-100001 3.4', 'HR-100002 3.4']);
  });

  it("does not take another purchase's journal for its own if an empty outbox finds one under the key", async () => {
    const [first = ''] = cups(['HR-100001']);
    await start('pier.csv', [first]);
    const other = first.replace('HR-100001', 'HR-100002').replace('3.4', '7.7');
    const ended = await start('market.csv', [other], { outbox: 'fresh' });
    expect(ended.code).to.equal(68);
    const { counts, records } = reportOf(ended);
    expect(counts.items).to.include({ new: 1, conflictInOrg: 1, done: 0, found: 0 });
    expect(records[0]).to.include({ status: 'conflictInOrg', member: 'HR-100002' });
    expect(records[0]?.error?.message).to.include('differs in member, TransactionAmount');
    expect(await journals()).to.deep.equal(['HR-100001 3.4']);
  });

  it('reports repeated rows of one file, unless the mapping accepts them', async () => {
    const keyed = (await readFile(harbourMap, 'utf8')).replace(/key:\n(?: .*\n)+/, 'key: Receipt\n');
    const [cup = ''] = cups(['HR-100001']);
    const [next = ''] = cups(['HR-100002'], 800_001);
    const strict = await start('till.csv', [cup, cup], { map: await cli.file('strict.yml', keyed) });
    expect(strict.code).to.equal(68);
    const { counts, records } = reportOf(strict);
    expect(counts.transactions).to.include({ made: 2, new: 1, repeated: 1 });
    expect(records[0]).to.include({ status: 'repeated', line: 3, key: 'harbour:700001' });
    expect(records[0]?.error?.message).to.include('line 3 says the same as line 2');

    const accepting = await cli.file('accepting.yml', `${keyed}\nrepeats: accept\n`);
    const accepted = await start('web.csv', [next, next], { map: accepting });
    expect(accepted.code).to.equal(0);
    expect(reportOf(accepted).counts.transactions).to.include({ made: 2, new: 1, repeatAccepted: 1 });
    expect(journalRequests(shop.org)).to.equal(2);
  });

  it('retries every refused purchase of the outbox, from all runs', async () => {
    await start('monday.csv', cups(['HR-777', 'HR-100001']));
    await start('tuesday.csv', cups(['HR-888', 'HR-100002'], 800_001));
    for (const member of ['HR-777', 'HR-888']) {
      await cli.run('enroll member', ['--member', member, '--last-name', 'Late'], { org: shop.org });
    }
    const ended = await retry();
    expect(ended.code).to.equal(0);
    expect(reportOf(ended).counts.items).to.include({ takenUpAgain: 2, done: 2, sentNow: 2 });
  });

  it("keeps the org's content if a person says so, and supersedes the feed from then on", async () => {
    const [cup = ''] = cups(['HR-100001']);
    await start('till.csv', [cup]);
    const changed = cup.replace('3.4', '4.4');
    const conflict = await start('changed.csv', [changed]);
    expect(reportOf(conflict).counts.transactions).to.include({ conflict: 1 });
    expect(conflict.code).to.equal(68);

    const kept = await retry('--keep-org', 'harbour:700001:CUP-01:1');
    expect(kept.code).to.equal(0);
    const again = await start('changed.csv', [changed]);
    expect(again.code).to.equal(0);
    expect(reportOf(again).counts.transactions).to.include({ superseded: 1, new: 0, corrected: 0 });
    expect(await journals()).to.deep.equal(['HR-100001 3.4']);
  });

  it('reports on resume that a file has grown since its run read it', async () => {
    await start('till.csv', cups(['HR-100001']));
    await appendFile(cli.path('till.csv'), `${cups(['HR-100002'], 800_001).join('')}\r\n`);
    const args = ['--outbox', cli.path('till.sqlite')];
    const { stdout, code } = await cli.run('sync resume', args, { org: shop.org });
    expect(code).to.equal(0);
    expect(stdout.replaceAll(/\s+/g, ' ')).to.match(
      /till\.csv has grown by \d+ bytes since this run read it to its end/,
    );
  });

  it('reports on resume that a file has grown that had no rows when its run read it', async () => {
    await start('till.csv', []);
    await appendFile(cli.path('till.csv'), `${cups(['HR-100001']).join('')}\r\n`);
    const args = ['--outbox', cli.path('till.sqlite')];
    const { stdout } = await cli.run('sync resume', args, { org: shop.org });
    expect(stdout.replaceAll(/\s+/g, ' ')).to.include('till.csv has grown since this run read it to its end');
  });
});
