import { expect } from 'chai';
import { readdir, readFile } from 'node:fs/promises';
import { SyncForgetResult } from '../../src/cli/sync/forgetResult.js';
import { Cli, errorOf, resultOf } from '../support/cli.js';
import { cups, feedOf, harbourMap, reportOf } from '../support/cliFeed.js';
import { openShop } from '../support/cliOrg.js';
import type { Shop } from '../support/cliOrg.js';

describe('loyalty sync forget', function () {
  this.timeout(120_000);

  let shop: Shop;
  let cli: Cli;
  let outbox: readonly string[];

  beforeEach(async () => {
    shop = await openShop({ members: 2 });
    cli = await Cli.create();
    outbox = ['--outbox', cli.path('till.sqlite')];
  });

  afterEach(async () => {
    await cli[Symbol.asyncDispose]();
    await shop[Symbol.asyncDispose]();
  });

  const forget = (...args: string[]) => cli.run('sync forget', [...outbox, ...args], { org: shop.org });

  async function start(...args: string[]) {
    const file = await cli.file('till.csv', feedOf(cups(shop.members)));
    return cli.run('sync start', ['--file', file, '--map', harbourMap, ...outbox, ...args], { org: shop.org });
  }

  it('erases a member and never sends the purchases again', async () => {
    await start();
    const ended = await forget('--member', 'hr-100002', '--no-prompt', '--json');
    expect(ended.code).to.equal(0);
    const erased = { member: 'hr-100002', forgotten: true, transactions: 1 };
    expect(resultOf(ended, SyncForgetResult)).to.include(erased);
    expect((await readFile(cli.path('till.sqlite'))).includes('HR-100002')).to.equal(false);
    const shown = await cli.run('sync report', [...outbox, '--results-dir', cli.path('anew')], { org: shop.org });
    expect(shown.code).to.equal(0);
    const [run = ''] = await readdir(cli.path('anew'));
    const transactions = await readFile(cli.path('anew', run, 'transactions.csv'), 'utf8');
    expect(transactions)
      .to.match(/^"erased [\w-]{43}","","done"/m)
      .and.not.to.include('HR-100002');

    const again = await start('--json');
    expect(again.code).to.equal(0);
    expect(reportOf(again).counts.transactions).to.include({ made: 2, known: 1, forgotten: 1, new: 0 });
    expect((await forget('--member', 'HR-100002', '--no-prompt')).stdout).to.match(
      /^The outbox has no transaction of/m,
    );
  });

  it('asks first, and refuses if nobody can answer or a transaction is still open', async () => {
    shop.org.faults.replace({ rules: [{ fault: 'error', status: 503, match: { path: '/connect/realtime/*' } }] });
    await start('--wait', '1', '--settle', '1');
    const [unasked, open] = await Promise.all([
      forget('--member', 'HR-100001', '--json'),
      forget('--member', 'HR-100001', '--no-prompt', '--json'),
    ]);
    expect(errorOf(unasked).message).to.equal(
      'Erasing a member needs confirmation, but nobody can answer the prompt here.',
    );
    expect(errorOf(open).name).to.equal('OpenItemsError');
    expect(errorOf(open).message).to.include('1 transaction of the member HR-100001. Nothing was erased.');
    expect([unasked.code, open.code]).to.deep.equal([1, 1]);
  });
});
