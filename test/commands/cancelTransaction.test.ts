import { expect } from 'chai';
import { CancelTransactionResult } from '../../src/cli/results/pointsResults.js';
import { Cli, errorOf, resultOf } from '../support/cli.js';
import { openShop, seen } from '../support/cliOrg.js';
import type { Shop } from '../support/cliOrg.js';
import { Relay } from '../support/cliRelay.js';
import { expectScreen, onlyProgram } from '../support/screen.js';

const program = 'Harbour Rewards';

describe('loyalty cancel transaction', function () {
  this.timeout(120_000);

  let shop: Shop;
  let cli: Cli;

  before(async () => {
    shop = await openShop({ members: 1, settings: {} });
    cli = await Cli.create();
    await purchase('till:1', 40);
    await purchase('till:2', 10);
    await purchase('twice', 1);
    await purchase('twice', 2);
  });

  after(async () => {
    await cli[Symbol.asyncDispose]();
    await shop[Symbol.asyncDispose]();
  });

  async function purchase(ExternalTransactionNumber: string, points: number): Promise<void> {
    const journal = { ActivityDate: '2026-03-01T10:00:00Z', JournalTypeName: 'Accrual', MembershipNumber: 'HR-100001' };
    await shop.client.points.credit(program, { points, journal: { ...journal, ExternalTransactionNumber } });
  }

  const cancel = (args: readonly string[], org: Shop['org'] | Relay = shop.org) =>
    cli.run('cancel transaction', ['--reason', 'Returned', ...args], { org, columns: 80 });
  const calls = (): number => seen(shop.org, 'POST', '/actions/standard/');

  it('cancels once, whatever the key and the machine, and says what was taken back', async () => {
    const args = ['--transaction', 'till:1', '--no-prompt'];
    const ended = await cancel([...args, '--key', 'c-1']);
    expectScreen('cancel transaction', ended, [
      onlyProgram,
      'Cancelled the accrual till:1 of HR-100001: 40 Stars taken back. New balance: 13',
      '  Stars.',
      'Key: c-1',
    ]);
    expect(ended.code).to.equal(0);
    const again = await cancel([...args, '--json', '--outbox', cli.path('elsewhere.sqlite')]);
    const [record] = resultOf(again, CancelTransactionResult).records;
    const reversal = shop.org.store.first('TransactionJournal', { Comment: 'Returned' });
    expect(record).to.deep.include({ status: 'known', transaction: 'till:1', cancellationId: reversal?.Id });
    expect(record?.balances).to.deep.equal([{ currency: 'Stars', change: -40, balance: 13 }]);
    expect(calls()).to.equal(1);
  });

  it('finds the cancellation after a lost answer', async () => {
    const args = ['--transaction', 'till:2', '--no-prompt', '--key', 'c-2', '--json'];
    await using relay = await Relay.open(shop.org, { after: ({ url }) => url.includes('/actions/') && 'cut' });
    const lost = await cancel(args, relay);
    expect(resultOf(lost, CancelTransactionResult).records[0]).to.include({ status: 'unknown' });
    expect(lost.code).to.equal(69);
    const found = await cancel(args);
    expect(resultOf(found, CancelTransactionResult).records[0]).to.include({ status: 'known', member: 'HR-100001' });
    expect(calls()).to.equal(2);
  });

  it('asks first, and names what cannot be cancelled', async () => {
    const sure = ['--no-prompt', '--json'];
    const reversal = String(shop.org.store.first('TransactionJournal', { Comment: 'Returned' })?.Id);
    const [unsure, several, nothing, type, date] = await Promise.all([
      cancel(['--transaction', 'till:1', '--json']),
      cancel(['--transaction', 'twice', ...sure]),
      cancel(['--transaction', 'never', ...sure]),
      cancel(['--transaction', reversal, ...sure]),
      cancel(['--transaction', 'till:1', '--expiration-date', '2027-01-01', ...sure]),
    ]);
    expect(errorOf(unsure).message).to.equal('This needs confirmation, but nobody can answer the prompt here.');
    expect(errorOf(several).message).to.match(
      /^More than one transaction has the .* "twice": 0lV\w+ \(Accrual, HR-100001, Processed\), /,
    );
    expect(errorOf(nothing).message).to.include('"never"');
    expect(errorOf(type).message).to.include('is of the type "Accrual Reversal". Only an Accrual or a Redemption');
    expect(errorOf(date).message).to.include('till:1 is an accrual');
    expect([unsure, several, nothing, type, date].map(({ code }) => code)).to.deep.equal([1, 1, 1, 1, 1]);
    expect(calls()).to.equal(2);
  });
});
