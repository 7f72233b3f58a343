import { readFile } from 'node:fs/promises';
import { expect } from 'chai';
import { SyncMapResult } from '../../src/cli/sync/syncMapResult.js';
import { Cli, errorOf, resultOf } from '../support/cli.js';
import type { Ended } from '../support/cli.js';
import { reportOf } from '../support/cliFeed.js';
import { openShop } from '../support/cliOrg.js';
import { expectScreen } from '../support/screen.js';

const feed = `Receipt;Card;Sold;Amount
1;HR-100001;2.4.2026 09:15;3,40
2;HR-100002;13.4.2026 09:20;"1.004,00"
3;;13.4.2026 09:20;8,00
`;

describe('loyalty sync map', function () {
  this.timeout(60_000);

  let cli: Cli;

  before(async () => {
    cli = await Cli.create();
    await cli.file('till.csv', feed);
  });

  after(() => cli[Symbol.asyncDispose]());

  const map = (...args: string[]): Promise<Ended> =>
    cli.run('sync map', ['--file', 'till.csv', ...args], { columns: 80 });

  it('drafts a mapping that sync start takes as it is', async () => {
    const drafted = await map('--zone', 'Europe/Berlin', '--output-file', 'till.yml', '--json');
    const result = resultOf(drafted, SyncMapResult);
    expect(result).to.deep.include({ file: 'till.yml', format: 'csv', open: [], rows: 3, rejected: 1 });
    expect(await readFile(cli.path('till.yml'), 'utf8')).to.equal(result.mapping);

    await using shop = await openShop({ members: 2 });
    const args = ['--file', 'till.csv', '--map', 'till.yml', '--outbox', 'o.sqlite', '--json'];
    const { counts } = reportOf(await cli.run('sync start', args, { org: shop.org }));
    expect(counts.items.done).to.equal(2);
    expect(counts.rows.rejected).to.equal(1);
  });

  it('says what it assumed, and what comes next', async () => {
    const ended = await map('--source', 'shop', '--output-file', 'shop.yml');
    expect([ended.code, ended.stderr]).to.deep.equal([0, '']);
    expectScreen('sync map', ended, [
      'Wrote the mapping to shop.yml.',
      'Tried on 3 rows: 2 transactions, 1 rejected.',
      '  till.csv line 4: Card is empty, so the row belongs to no member; fill it in,',
      '    or skip such rows in the mapping, and read the file again.',
      '',
      'Please check:',
      '  Receipt is unique in the sample, and must be so in all feeds of this source.',
      '  Card is the membership number, as the org has it.',
      '  Rows without Card are rejected, unless `skip` leaves them out.',
      '  The times in Sold have no offset. Name the zone of the till.',
      '  Every row is an accrual. For several types, use `translate` with a column.',
      '',
      'Then try it without sending anything: sf loyalty sync start --file till.csv --map shop.yml --target-org TARGET_ORG --dry-run',
    ]);
  });

  it('prints the mapping alone on standard output', async () => {
    const { code, stdout, stderr } = await map();
    expect(code).to.equal(0);
    expect(stdout).to.match(/^source: till\ndelimiter: ";"\n/);
    expect(stderr).to.include('Please check:');
  });

  it('ends with 68 as long as a person must decide', async () => {
    await cli.file('bare.csv', 'a,b\nx,1\nx,1\n');
    const { code, stderr, stdout } = await cli.run('sync map', ['--file', 'bare.csv'], { columns: 80 });
    expect(code).to.equal(68);
    expect(stdout).to.include('# Decide: No column looks like a membership number. Name it.\nmember: WHICH_COLUMN\n');
    expect(stderr).to.include('Only you can decide:');
  });

  it('refuses a zone that does not exist, and a file whose format is not known', async () => {
    const zone = await map('--zone', 'Mars', '--json');
    expect(zone.code).to.equal(2);
    expect(errorOf(zone).message).to.equal('There is no time zone "Mars".');
    await cli.file('till.txt', feed);
    const unknown = await cli.run('sync map', ['--file', 'till.txt', '--json']);
    expect([unknown.code, errorOf(unknown).name]).to.deep.equal([1, 'FeedError']);
  });
});
