import { expect } from 'chai';
import { ExecuteTransactionsResult } from '../../src/cli/results/executionResults.js';
import { harbourRewards } from '../../src/program/index.js';
import { Cli, errorOf, resultOf } from '../support/cli.js';
import type { Target } from '../support/cli.js';
import { journalRequests, openShop } from '../support/cliOrg.js';
import type { Shop } from '../support/cliOrg.js';
import { Relay } from '../support/cliRelay.js';
import { expectScreen, onlyProgram } from '../support/screen.js';

const member = ['--member', 'HR-100001'];

describe('loyalty execute transactions', function () {
  this.timeout(120_000);

  let shop: Shop;
  let cli: Cli;

  before(async () => {
    shop = await openShop({ members: 2 });
    cli = await Cli.create();
  });

  beforeEach(() => shop.org.requests.reset());

  after(async () => {
    await cli[Symbol.asyncDispose]();
    await shop[Symbol.asyncDispose]();
  });

  const execute = (args: readonly string[], org: Target = shop.org) =>
    cli.run('execute transactions', args, { org, columns: 80 });

  const pending = (amount: string): Promise<string> =>
    shop.client.journals.create(harbourRewards.name, {
      ActivityDate: '2026-04-03T08:00:00Z',
      MembershipNumber: 'HR-100002',
      JournalTypeName: 'Accrual',
      TransactionAmount: amount,
    });

  it('runs a purchase once per key, from this machine and from another one', async () => {
    const args = [...member, '--amount', '42.50', '--key', 'till9:1'];
    const first = await execute(args);
    expect(first.code, first.stderr).to.equal(0);
    expectScreen('execute transactions', first, [
      onlyProgram,
      'Ran Accrual of 42.5 for HR-100001 in Harbour Rewards:',
      '  +42.5 Stars, balance 42.5',
      '  +42.5 Tier Points, balance 42.5',
      'Key: till9:1',
    ]);
    const [again, elsewhere, other] = await Promise.all([
      execute([...args, '--json']),
      execute([...args, '--json', '--outbox', cli.path('elsewhere.sqlite')]),
      execute([...member, '--amount', '43', '--key', 'till9:1', '--json', '--outbox', cli.path('other.sqlite')]),
    ]);
    const [{ journalId, ...known } = {}] = resultOf(again, ExecuteTransactionsResult).records;
    expect(known).to.deep.include({ key: 'till9:1', status: 'known', vouchers: [] });
    expect(known).to.have.nested.property('points[0].points', 42.5);
    expect(resultOf(elsewhere, ExecuteTransactionsResult).records).to.deep.equal([
      { key: 'till9:1', status: 'known', journalId, points: null, vouchers: [] },
    ]);
    expect(errorOf(other)).to.include({ name: 'KeyConflictError' });
    expect(errorOf(other).message).to.match(/the org has the journal 0lV\w+ .*for 42\.5/);
    expect(other.code).to.equal(68);
    expect(journalRequests(shop.org)).to.equal(1);
  });

  it('finds out with the same key after a lost answer', async () => {
    await using relay = await Relay.open(shop.org, {
      after: ({ method, url }) => (method === 'POST' && url.includes('/realtime/') ? 'cut' : undefined),
    });
    const args = [...member, '--amount', '-1', '--date', '2026-04-03', '--key', 'lost-1', '--json'];
    const lost = await execute(args, relay);
    expect(lost.code).to.equal(69);
    expect(resultOf(lost, ExecuteTransactionsResult).records[0]?.error?.message).to.match(
      /: sf loyalty execute transactions --member HR-100001 --amount=-1 --date 2026-04-03T00:00:00.000Z --key lost-1 /,
    );
    const found = await execute(args);
    expect(resultOf(found, ExecuteTransactionsResult).records[0]).to.include({ status: 'known', points: null });
    expect(journalRequests(shop.org)).to.equal(1);
  });

  it('runs Pending journals by their Ids, and leaves alone what was run before', async () => {
    const ids = [await pending('5'), await pending('7')];
    const flags = ids.flatMap((id) => ['--journal', id]);
    const first = await execute(flags);
    expect(first.stdout.split('\n').slice(1, 4)).to.deep.equal([
      `Ran Journal ${ids[0]} in Harbour Rewards:`,
      '  +5 Stars, balance 12',
      '  +5 Tier Points, balance 12',
    ]);
    const last = await pending('1');
    const missing = '0lV9z0000000099AAA';
    const again = await execute([...flags, '--journal', last, '--journal', missing, '--json']);
    const { records, counts } = resultOf(again, ExecuteTransactionsResult);
    expect(records.map(({ key, status }) => [key, status])).to.deep.equal([
      [ids[0], 'known'],
      [ids[1], 'known'],
      [last, 'done'],
      [missing, 'refused'],
    ]);
    expect(records[3]?.error).to.include({ code: 'NOT_PENDING' });
    expect(counts).to.include({ done: 1, known: 2, refused: 1 });
    expect(again.code).to.equal(68);
    const { currencies } = await shop.client.members.balances(harbourRewards.name, 'HR-100002');
    expect(currencies.map(({ pointsBalance }) => pointsBalance)).to.deep.equal([13, 13]);
  });

  it('names wrong flags', async () => {
    const [both, id] = await Promise.all([
      execute(['--journal', '0lVAb0000000001AAA', '--key', 'k', '--json']),
      execute(['--journal', '0lV', '--json']),
    ]);
    expect([both.code, id.code]).to.deep.equal([2, 2]);
    expect(errorOf(id).message).to.equal('--journal: "0lV" is not an Id of a record.');
  });
});
