import { expect } from 'chai';
import { DebitPointsResult } from '../../src/cli/results/pointsResults.js';
import { Cli, resultOf } from '../support/cli.js';
import { openShop, writes } from '../support/cliOrg.js';
import type { Shop } from '../support/cliOrg.js';
import { expectScreen, onlyProgram } from '../support/screen.js';

describe('loyalty debit points', function () {
  this.timeout(60_000);

  let shop: Shop;
  let cli: Cli;
  const member = ['--member', 'HR-100001'];

  before(async () => {
    shop = await openShop({ members: 1, settings: {} });
    cli = await Cli.create();
    const journal = { ActivityDate: '2026-03-01T10:00:00Z', JournalTypeName: 'Accrual', MembershipNumber: 'HR-100001' };
    await shop.client.points.credit('Harbour Rewards', { points: 1320, journal });
    shop.org.requests.reset();
  });

  after(async () => {
    await cli[Symbol.asyncDispose]();
    await shop[Symbol.asyncDispose]();
  });

  const debit = (args: readonly string[]) =>
    cli.run('debit points', [...member, ...args], { org: shop.org, columns: 80 });

  it('debits once per key, from this machine and from another one, and says what is left', async () => {
    const args = ['--points', '70.5', '--key', 'mug-1'];
    const ended = await debit(args);
    expectScreen('debit points', ended, [
      onlyProgram,
      'Debited 70.5 Stars from HR-100001. New balance: 1,249.5 Stars.',
      'Key: mug-1',
    ]);
    expect(ended.code).to.equal(0);
    const elsewhere = await debit([...args, '--json', '--outbox', cli.path('elsewhere.sqlite')]);
    const balances = [{ currency: 'Stars', change: -70.5, balance: 1249.5 }];
    const record = { key: 'mug-1', status: 'known', member: 'HR-100001', points: 70.5, balances };
    expect(resultOf(elsewhere, DebitPointsResult).records).to.deep.equal([record]);
    expect(writes(shop.org)).to.equal(1);
  });

  it('takes nothing where the balance does not suffice, and says what the org says', async () => {
    const ended = await debit(['--points', '5000', '--json']);
    const [record] = resultOf(ended, DebitPointsResult).records;
    expect(record).to.deep.include({ status: 'refused', balances: [] });
    expect(record?.error?.message).to.include('would become -3750.5');
    expect(ended.code).to.equal(68);
  });
});
