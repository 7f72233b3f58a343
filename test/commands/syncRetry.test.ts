import { expect } from 'chai';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Cli, errorOf } from '../support/cli.js';
import { csvRows, cups, feedOf, harbourMap, reportOf } from '../support/cliFeed.js';
import { journalRequests, openShop } from '../support/cliOrg.js';
import type { Shop } from '../support/cliOrg.js';

describe('loyalty sync retry', function () {
  this.timeout(60_000);

  let shop: Shop;
  let cli: Cli;
  let outbox: readonly string[];

  beforeEach(async () => {
    shop = await openShop({ members: 1 });
    cli = await Cli.create();
    outbox = ['--outbox', cli.path('till.sqlite')];
  });

  afterEach(async () => {
    await cli[Symbol.asyncDispose]();
    await shop[Symbol.asyncDispose]();
  });

  const retry = (args: readonly string[] = []) => cli.run('sync retry', [...outbox, ...args], { org: shop.org });

  it('delivers the purchases of a member who was enrolled after them', async () => {
    const { org } = shop;
    const file = await cli.file('till.csv', feedOf(cups(['HR-100001', 'HR-777', 'HR-888'])));
    const first = await cli.run('sync start', ['--file', file, '--map', harbourMap, ...outbox], { org });
    expect(first.code).to.equal(68);
    const command =
      /^If the reason was in the org .*: sf loyalty (sync retry) --outbox (\S+) --target-org TARGET_ORG$/m;
    expect(command.exec(first.stdout)?.[2]).to.equal(cli.path('till.sqlite'));

    await cli.run('enroll member', ['--member', 'HR-777', '--last-name', 'Late'], { org });
    const second = await retry(['--code', 'UNKNOWN_MEMBER']);
    expect(second.code, 'HR-888 is still unknown').to.equal(68);
    expect(second.stdout)
      .to.match(/^ +taken up again +2$/m)
      .and.to.match(/^ +sent now +1$/m)
      .and.to.match(/^ +refused +1$/m);

    await cli.run('enroll member', ['--member', 'HR-888', '--last-name', 'Later'], { org });
    const third = await retry(['--json']);
    expect(third.code).to.equal(0);
    const report = reportOf(third);
    expect(report.ending).to.equal('complete');
    expect(report.counts.items).to.include({ takenUpAgain: 1, done: 1, sentNow: 1, refused: 0 });
    const rows = csvRows(await readFile(join(report.results ?? '', 'transactions.csv'), 'utf8'));
    expect(rows.map(({ member, state, retries }) => [member, state, retries])).to.deep.equal([['HR-888', 'done', '2']]);
    const numbers = org.store.find('TransactionJournal', {}).map((row) => row['ExternalTransactionNumber']);
    expect(numbers.filter((number) => number !== null)).to.have.length(3);
  });

  it('names a key that the outbox does not have, and sends nothing', async () => {
    const file = await cli.file('till.csv', feedOf(cups(['HR-777'])));
    await cli.run('sync start', ['--file', file, '--map', harbourMap, ...outbox], { org: shop.org });
    const ended = await retry(['--key', 'harbour:9:CUP-01:1', '--json']);
    expect(ended.code).to.equal(1);
    expect(errorOf(ended).name).to.equal('UnknownKeysError');
    expect(errorOf(ended).message).to.match(/^The outbox has no transaction with the key harbour:9:CUP-01:1\.$/);
    expect(journalRequests(shop.org)).to.equal(0);
  });
});
