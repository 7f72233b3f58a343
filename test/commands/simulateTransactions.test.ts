import { expect } from 'chai';
import { SimulateTransactionsResult } from '../../src/cli/results/simulationResults.js';
import { harbourRewards } from '../../src/program/index.js';
import { Cli, errorOf, resultOf } from '../support/cli.js';
import { openShop } from '../support/cliOrg.js';
import type { Shop } from '../support/cliOrg.js';
import { expectScreen, onlyProgram } from '../support/screen.js';

const member = ['--member', 'HR-100001'];

describe('loyalty simulate transactions', function () {
  this.timeout(60_000);

  let shop: Shop;
  let cli: Cli;

  before(async () => {
    shop = await openShop({ members: 1, settings: {} });
    cli = await Cli.create();
  });

  after(async () => {
    await cli[Symbol.asyncDispose]();
    await shop[Symbol.asyncDispose]();
  });

  const simulate = (args: readonly string[]) => cli.run('simulate transactions', args, { org: shop.org, columns: 80 });

  it('says what a purchase would earn, the promotions apart, and how to run it', async () => {
    const ended = await simulate([...member, '--amount', '1042.50']);
    expectScreen('simulate transactions', ended, [
      onlyProgram,
      'Accrual of 1,042.5 for HR-100001 in Harbour Rewards would give:',
      '  Without promotions',
      '    +1,042.5 Stars',
      '    +1,042.5 Tier Points',
      '  Ten cups, one free',
      '    1 of 10 after it',
      '  Harbour regular',
      '    1 of 40 after it',
      "Nothing was written. To run it: sf loyalty execute transactions --member HR-100001 --amount 1042.50 --program 'Harbour Rewards' --target-org TARGET_ORG",
    ]);
    expect(ended.code).to.equal(0);
    expect(shop.org.store.count('TransactionJournal')).to.equal(0);
    expect(shop.org.store.count('LoyaltyLedger')).to.equal(0);
  });

  it('--json tells why a rule would fail, and that no process matches; a person has to look at both', async () => {
    const journal = { ActivityDate: '2026-04-03', MembershipNumber: 'HR-100001', TransactionAmount: '-5' };
    const refund = await shop.client.journals.create(harbourRewards.name, { ...journal, JournalTypeName: 'Accrual' });
    await shop.client.sobjects.create('JournalType', { Name: 'Stay' });
    const stay = await shop.client.journals.create(harbourRewards.name, { ...journal, JournalTypeName: 'Stay' });
    const ended = await simulate(['--journal', refund, '--journal', stay, '--json']);
    expect(ended.code).to.equal(68);
    const { records, counts } = resultOf(ended, SimulateTransactionsResult);
    expect(records.map(({ key, status, error }) => [key, status, error?.code])).to.deep.equal([
      [refund, 'failed', 'RULE_FAILED'],
      [stay, 'unmatched', 'NO_PROCESS'],
    ]);
    expect(records[0]?.error?.message).to.match(/Stars balance of member HR-100001 would become -5/);
    expect(records[0]?.rules.map(({ status }) => status)).to.deep.equal(['Failed', 'Success', 'Success']);
    expect(counts).to.deep.equal({ simulated: 0, failed: 1, unmatched: 1 });
    expect(shop.org.store.find('TransactionJournal', { Status: 'Pending' })).to.have.length(2);
  });

  it('names a wrong amount or date, and flags that exclude each other', async () => {
    const [amount, date, both, none] = await Promise.all([
      simulate([...member, '--amount', '42,50', '--json']),
      simulate([...member, '--amount', '42', '--date', '2026-02-30', '--json']),
      simulate([...member, '--amount', '42', '--journal', '0lV', '--json']),
      simulate(['--amount', '42', '--json']),
    ]);
    expect(errorOf(amount).message).to.equal('--amount: "42,50" is not an amount.');
    expect(errorOf(date).message).to.equal('--date: "2026-02-30" is not a date.');
    expect([amount.code, date.code, both.code, none.code]).to.deep.equal([2, 2, 2, 2]);
  });
});
