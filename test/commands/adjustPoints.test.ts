import { expect } from 'chai';
import { AdjustPointsResult, TransferPointsResult } from '../../src/cli/results/pointsResults.js';
import { Cli, errorOf, resultOf } from '../support/cli.js';
import { openShop } from '../support/cliOrg.js';
import type { Shop } from '../support/cliOrg.js';
import { expectScreen, onlyProgram } from '../support/screen.js';

const program = 'Harbour Rewards';

describe('loyalty adjust points and transfer points', function () {
  this.timeout(60_000);

  let shop: Shop;
  let cli: Cli;
  const member = ['--member', 'HR-100001'];

  before(async () => {
    shop = await openShop({ members: 2, settings: {} });
    cli = await Cli.create();
    const journal = { ActivityDate: '2026-03-01T10:00:00Z', JournalTypeName: 'Accrual', MembershipNumber: 'HR-100001' };
    await shop.client.points.credit(program, { points: 100, journal });
  });

  after(async () => {
    await cli[Symbol.asyncDispose]();
    await shop[Symbol.asyncDispose]();
  });

  const run = (words: string, args: readonly string[]) =>
    cli.run(words, [...member, ...args], { org: shop.org, columns: 80 });
  const adjust = (...args: readonly string[]) => run('adjust points', ['--reason', 'Till was down', ...args]);

  it('adjusts once per key, keeps the reason, and says what the member has', async () => {
    const args = ['--type', 'credit', '--points', '20', '--category', 'Service Recovery', '--key', 'sorry-1'];
    const ended = await adjust(...args);
    expectScreen('adjust points', ended, [
      onlyProgram,
      'Credited 20 Stars to HR-100001. New balance: 120 Stars.',
      'Key: sorry-1',
    ]);
    expect(ended.code).to.equal(0);
    const [record] = resultOf(await adjust(...args, '--json'), AdjustPointsResult).records;
    expect(record).to.deep.include({ status: 'known', type: 'credit', points: 20 });
    expect(record?.balances).to.deep.equal([{ currency: 'Stars', change: 20, balance: 120 }]);
    const journal = shop.org.store.get('TransactionJournal', record?.journalId ?? '');
    expect(journal).to.include({ Comment: 'Till was down', JournalReason: 'Service Recovery' });
  });

  it('transfers to another member, and to groups what an accrual has earned', async () => {
    const ended = await run('transfer points', ['--to', 'HR-100002', '--points', '50', '--key', 'gift-1']);
    expectScreen('transfer points', ended, [
      onlyProgram,
      'Transferred 50 Stars from HR-100001 to HR-100002. New balance: 70 Stars.',
      'Key: gift-1',
    ]);
    const accrual = shop.org.store.first('TransactionJournal', {})?.Name;
    const shared = await run('transfer points', ['--to-groups', String(accrual), '--json']);
    const [record] = resultOf(shared, TransferPointsResult).records;
    expect(record).to.include({ status: 'refused', to: null, points: null });
    expect(record?.error?.message).to.include('belongs to no group');
    expect(shared.code).to.equal(68);
  });

  it('names what is wrong, and moves nothing', async () => {
    const [currency, transaction, type, date] = await Promise.all([
      adjust('--type', 'debit', '--points', '1', '--currency', 'Moons', '--json'),
      run('transfer points', ['--to-groups', 'nothing', '--json']),
      adjust('--type', 'gift', '--points', '1', '--json'),
      adjust('--type', 'debit', '--points', '1', '--expiration-date', '2027-01-01', '--json'),
    ]);
    expect(errorOf(currency).message).to.match(/has no active currency named "Moons"\. It has: .*"Stars"/);
    expect(errorOf(transaction).message).to.include(
      'no transaction with the Id, number or external transaction number',
    );
    expect(errorOf(type).message).to.include('gift');
    expect(errorOf(date).message).to.equal('Points that are taken do not expire.');
    expect([currency.code, transaction.code, type.code]).to.deep.equal([1, 1, 2]);
  });
});
