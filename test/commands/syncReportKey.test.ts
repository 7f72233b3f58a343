import { expect } from 'chai';
import { KeyReport } from '../../src/cli/sync/keyReport.js';
import { Cli, errorOf, resultOf } from '../support/cli.js';
import type { Ended } from '../support/cli.js';
import { cups, feedOf, harbourMap } from '../support/cliFeed.js';
import { openShop } from '../support/cliOrg.js';
import type { Shop } from '../support/cliOrg.js';

describe('loyalty sync report --key', function () {
  this.timeout(120_000);

  let shop: Shop;
  let cli: Cli;
  const [sold = '', refused = ''] = cups(['HR-100001', 'HR-777']);

  before(async () => {
    shop = await openShop({ members: 2 });
    cli = await Cli.create();
    expect((await start('monday.csv', [sold, refused])).code).to.equal(68);
    // The same receipt with another price.
    expect((await start('tuesday.csv', [sold.replace('3.4', '4.4')])).code).to.equal(68);
  });

  after(async () => {
    await cli[Symbol.asyncDispose]();
    await shop[Symbol.asyncDispose]();
  });

  async function start(name: string, rows: readonly string[]): Promise<Ended> {
    const file = await cli.file(name, feedOf(rows));
    const args = ['--file', file, '--map', harbourMap, '--outbox', cli.path('till.sqlite'), '--json'];
    return cli.run('sync start', args, { org: shop.org });
  }

  const report = (key: string, ...args: string[]): Promise<Ended> =>
    cli.run('sync report', ['--outbox', cli.path('till.sqlite'), '--key', key, ...args], {
      org: shop.org,
      columns: 80,
    });

  it('says where it was read, what became of it, and which other lines had its key', async () => {
    const ended = await report('harbour:700001:CUP-01:1', '--json');
    // The org has it, but another content under its key needs a person.
    expect(ended.code).to.equal(68);
    const { transactions, lines, erased } = resultOf(ended, KeyReport);
    expect(erased).to.equal(false);
    expect(transactions).to.have.length(1);
    expect(transactions[0]).to.include({ member: 'HR-100001', state: 'done', current: true, line: 2, attempts: 1 });
    expect(transactions[0]?.journalId).to.match(/^0lV/);
    expect(Date.parse(transactions[0]?.storedAt ?? '')).to.be.greaterThan(0);
    expect(lines.map(({ kind, line }) => [kind, line])).to.deep.equal([['conflict', 2]]);
    expect(lines[0]?.feed).to.match(/tuesday\.csv$/);
  });

  it('takes a key without the name of its source, and says what to do', async () => {
    const { code, stdout, stderr } = await report('700002:CUP-01:1');
    expect([code, stderr]).to.deep.equal([68, '']);
    const text = stdout.replaceAll(/\s+/g, ' ');
    expect(text).to.match(
      /^harbour:700002:CUP-01:1 of HR-777: refused\. State refused Read .*monday\.csv, line 3, in the run/,
    );
    expect(text).to.match(
      /Sent 0 times Reason UNKNOWN_MEMBER: .* Once the cause is gone: sf loyalty sync retry --key harbour:700002:CUP-01:1 --outbox/,
    );
    expect(
      stdout.split('\n').filter((line) => line.length > 80 && !line.includes(' sf loyalty ') && !line.includes('.csv')),
    ).to.be.empty;
  });

  it('shows a correction and what it has replaced', async () => {
    await start('corrected.csv', [refused.replace('HR-777', 'HR-100002')]);
    const ended = await report('harbour:700002:CUP-01:1', '--json');
    expect(ended.code).to.equal(0);
    const states = resultOf(ended, KeyReport).transactions.map(({ member, state, current }) => [
      member,
      state,
      current,
    ]);
    expect(states).to.deep.equal([
      ['HR-777', 'refused', false],
      ['HR-100002', 'done', true],
    ]);
  });

  it('says of an unknown key what a key is, and of an erased member that nothing is known', async () => {
    const unknown = await report('4711', '--json');
    expect(unknown.code).to.equal(1);
    expect(errorOf(unknown).message).to.match(/till\.sqlite does not know the key 4711\.$/);
    await cli.run(
      'sync forget',
      ['--outbox', cli.path('till.sqlite'), '--member', 'HR-100001', '--no-prompt', '--json'],
      { org: shop.org },
    );
    const erased = await report('harbour:700001:CUP-01:1', '--json');
    expect(resultOf(erased, KeyReport)).to.deep.include({ erased: true, transactions: [] });
    expect(erased.code).to.equal(0);
  });
});
