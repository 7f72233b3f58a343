import { expect } from 'chai';
import { ListTransactionsResult } from '../../src/cli/results/transactionResults.js';
import { harbourRewards } from '../../src/program/index.js';
import { Cli, errorOf, resultOf } from '../support/cli.js';
import type { Ended } from '../support/cli.js';
import { openShop, seen, writes } from '../support/cliOrg.js';
import type { Shop } from '../support/cliOrg.js';
import { expectScreen, onlyProgram } from '../support/screen.js';

const member = 'HR-100001';

describe('loyalty list transactions', function () {
  this.timeout(120_000);

  let shop: Shop;
  let cli: Cli;

  before(async () => {
    shop = await openShop({ members: 2 });
    cli = await Cli.create();
    await journal('2026-03-01T23:30:00Z', '1210.5', { JournalSubTypeName: 'Purchase' });
    await journal('2026-03-03T10:00:00Z', '-10', { Quantity: '2', PaymentMethod: 'Gift card', Origin: 'Pier kiosk' });
    await journal('2026-03-02T00:10:00Z', '40', { JournalTypeName: 'Redemption', ExternalTransactionNumber: 'till:3' });
    await shop.client.journals.create(harbourRewards.name, {
      ...{ MembershipNumber: member, JournalTypeName: 'Accrual', ActivityDate: '2026-03-04T10:00:00Z' },
    });
    shop.org.requests.reset();
  });

  after(async () => {
    await cli[Symbol.asyncDispose]();
    await shop[Symbol.asyncDispose]();
  });

  async function journal(ActivityDate: string, TransactionAmount: string, more: Record<string, string>): Promise<void> {
    await shop.client.journals.execute(harbourRewards.name, [
      { MembershipNumber: member, JournalTypeName: 'Accrual', ActivityDate, TransactionAmount, ...more },
    ]);
  }

  const list = (args: readonly string[], shell?: string): Promise<Ended> =>
    cli.run('list transactions', ['--member', member, ...args], { org: shop.org, columns: 80, shell });

  it('shows them with the points of each, the newest first, within 80 columns', async () => {
    const ended = await list([]);
    expectScreen('list transactions', ended, [
      onlyProgram,
      'Transactions of HR-100001',
      '┌──────────┬──────────┬───────────────────┬─────────┬──────────┬─────────────┐',
      '│ Date     │ Journal  │ Type              │  Amount │   Points │ Currency    │',
      '├──────────┼──────────┼───────────────────┼─────────┼──────────┼─────────────┤',
      '│ 3/4/2026 │ 00000004 │ Accrual (pending) │       – │        – │             │',
      '│ 3/3/2026 │ 00000002 │ Accrual           │     -10 │      -10 │ Stars       │',
      '│          │          │                   │         │      -10 │ Tier Points │',
      '│ 3/2/2026 │ 00000003 │ Redemption        │      40 │      -40 │ Stars       │',
      '│ 3/1/2026 │ 00000001 │ Accrual: Purchase │ 1,210.5 │ +1,210.5 │ Stars       │',
      '│          │          │                   │         │ +1,210.5 │ Tier Points │',
      '└──────────┴──────────┴───────────────────┴─────────┴──────────┴─────────────┘',
      '',
      'Points in total: +1,160.5 Stars, +1,200.5 Tier Points.',
    ]);
    expect(ended.code).to.equal(0);
    expect(writes(shop.org)).to.equal(0);
  });

  it('gives the same as JSON, for days that begin at midnight here', async () => {
    const berlin = 'TZ=Europe/Berlin exec "$@"';
    const ended = await list(['--from', '2026-03-02', '--to', '2026-03-02', '--json'], berlin);
    const { records, counts } = resultOf(ended, ListTransactionsResult);
    expect(counts).to.deep.equal({ total: 2 });
    expect(records.map(({ key, ...record }) => [key?.slice(0, 3), record])).to.deep.equal([
      [
        '0lV',
        {
          ...{ status: 'Processed', member, number: '00000003', activityDate: '2026-03-02T00:10:00.000Z' },
          ...{ type: 'Redemption', subtype: null, externalTransactionNumber: 'till:3', amount: 40 },
          ...{ product: null, productCategory: null, points: [{ currency: 'Stars', points: -40 }], fields: null },
        },
      ],
      [
        '0lV',
        {
          ...{ status: 'Processed', member, number: '00000001', activityDate: '2026-03-01T23:30:00.000Z' },
          ...{ type: 'Accrual', subtype: 'Purchase', externalTransactionNumber: null, amount: 1210.5 },
          ...{ product: null, productCategory: null },
          points: [
            { currency: 'Stars', points: 1210.5 },
            { currency: 'Tier Points', points: 1210.5 },
          ],
          fields: null,
        },
      ],
    ]);
  });

  it('lists those of a type and subtype, and says that names are exact where there are none', async () => {
    const some = await list(['--type', 'Accrual', '--subtype', 'Purchase', '--json']);
    expect(resultOf(some, ListTransactionsResult).records.map(({ number }) => number)).to.deep.equal(['00000001']);
    const none = await list(['--type', 'Purchase']);
    expect(none.stdout).to.include(
      'No transactions of HR-100001 found. Names of journal types and subtypes must be exact.',
    );
    expect(none.code).to.equal(0);
  });

  it('shows the fields of each from the transaction history, of accruals and redemptions', async () => {
    const ended = await list(['--history', '--to', '2026-03-03']);
    expect(ended.stdout.split('\n').slice(1)).to.deep.equal([
      'Transactions of HR-100001',
      '┌──────────┬───────────────────┬─────────┬─────────────────────────────────────┐',
      '│ Date     │ Type              │  Amount │ Further fields                      │',
      '├──────────┼───────────────────┼─────────┼─────────────────────────────────────┤',
      '│ 3/3/2026 │ Accrual           │     -10 │ Origin: Pier kiosk, PaymentMethod:  │',
      '│          │                   │         │ Gift card, Quantity: 2              │',
      '│ 3/2/2026 │ Redemption        │      40 │ ExternalTransactionNumber: till:3   │',
      '│ 3/1/2026 │ Accrual: Purchase │ 1,210.5 │ –                                   │',
      '└──────────┴───────────────────┴─────────┴─────────────────────────────────────┘',
      '',
      '',
    ]);
    expect([ended.code, writes(shop.org), seen(shop.org, 'POST', '/transaction-history')]).to.deep.equal([0, 2, 2]);

    const json = await list(['--history', '--type', 'redemption', '--from', '2026-03-02', '--json']);
    const { records, counts } = resultOf(json, ListTransactionsResult);
    expect(counts).to.deep.equal({ total: 1 });
    const [{ fields, ...record } = { fields: null }] = records;
    expect(record).to.deep.equal({
      ...{ key: null, status: null, member, number: null, activityDate: '2026-03-02T00:10:00.000Z' },
      ...{ type: 'Redemption', subtype: null, externalTransactionNumber: 'till:3', amount: 40 },
      ...{ product: null, productCategory: null, points: null },
    });
    expect(fields).to.include({ TransactionAmount: 40, Quantity: 0, VoucherCode: '' });
  });

  it('refuses a type of which there is no history, before it asks the org', async () => {
    const ended = await list(['--history', '--type', 'Gift', '--json']);
    expect(errorOf(ended).message).to.equal('The transaction history has no transactions of the type "Gift".');
    expect(ended.code).to.equal(2);
  });

  it('refuses what is not a day', async () => {
    const ended = await list(['--from', '2026-02-30', '--json']);
    expect(errorOf(ended).message).to.equal('--from: "2026-02-30" is not a day such as 2026-03-31.');
    const swapped = await list(['--from', '2026-03-02', '--to', '2026-03-01', '--json']);
    expect(errorOf(swapped).message).to.equal('The period begins on 2026-03-02 and ends before that, on 2026-03-01.');
    expect(swapped.code).to.equal(2);
    expect(errorOf(ended).actions?.join()).to.include('2026-03-01');
    expect(ended.code).to.equal(2);
  });
});
