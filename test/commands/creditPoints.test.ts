import { expect } from 'chai';
import { openDatabase } from '../../src/base/sqlite/sqlite.js';
import type { DatabaseSync } from '../../src/base/sqlite/sqlite.js';
import { CreditPointsResult } from '../../src/cli/results/pointsResults.js';
import { Cli, errorOf, resultOf } from '../support/cli.js';
import type { Target } from '../support/cli.js';
import { openShop, seen, writes } from '../support/cliOrg.js';
import type { Shop } from '../support/cliOrg.js';
import { Relay } from '../support/cliRelay.js';
import { expectScreen, onlyProgram } from '../support/screen.js';

describe('loyalty credit points', function () {
  this.timeout(60_000);

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

  const credit = (args: readonly string[], org: Target = shop.org) =>
    cli.run('credit points', args, { org, columns: 80 });
  const calls = (): number => seen(shop.org, 'POST', '/program-processes/');

  async function stars(member: string): Promise<number> {
    const { currencies } = await shop.client.members.balances('Harbour Rewards', member);
    return currencies.find(({ currencyName }) => currencyName === 'Stars')?.pointsBalance ?? 0;
  }

  it('credits once per key, from this machine and from another one', async () => {
    const args = ['--member', 'HR-100001', '--points', '12.5', '--key', 'welcome-1'];
    const first = await credit(args);
    expectScreen('credit points', first, [
      onlyProgram,
      'Credited 12.5 Stars to HR-100001. New balance: 12.5 Stars.',
      'Key: welcome-1',
    ]);
    const outbox = ['--outbox', cli.path('elsewhere.sqlite')];
    const [again, elsewhere] = await Promise.all([credit([...args, '--json']), credit([...args, '--json', ...outbox])]);
    for (const ended of [again, elsewhere]) {
      const { records, counts } = resultOf(ended, CreditPointsResult);
      const balances = [{ currency: 'Stars', change: 12.5, balance: 12.5 }];
      const record = { key: 'welcome-1', status: 'known', member: 'HR-100001', points: 12.5, balances };
      expect(records).to.deep.equal([record]);
      expect(counts.known).to.equal(1);
      expect(ended.code).to.equal(0);
    }
    expect(calls()).to.equal(1);
    expect(await stars('HR-100001')).to.equal(12.5);
  });

  it('refuses a key that is taken by something else', async () => {
    const args = ['--member', 'HR-100002', '--key', 'taken', '--json'];
    resultOf(await credit([...args, '--points', '5']), CreditPointsResult);
    const other = await credit([...args, '--points', '6']);
    expect(errorOf(other)).to.include({
      name: 'KeyConflictError',
      message: 'The key taken was used for another call. Nothing was sent. Use a new key for a new call.',
    });
    expect(other.code).to.equal(68);
    expect(calls()).to.equal(1);
  });

  it('is done even if currency and balance cannot be read afterwards', async () => {
    let isDone = false;
    await using relay = await Relay.open(shop.org, {
      before: ({ method }) => {
        if (isDone && method === 'GET') return { status: 403, errorCode: 'INSUFFICIENT_ACCESS' };
        isDone ||= method === 'POST';
        return undefined;
      },
    });
    const ended = await credit(['--member', 'HR-100002', '--points', '1', '--key', 'quiet'], relay);
    expect(ended.stdout).to.include('Credited 1 point to HR-100002.\n');
    expect(ended.code).to.equal(0);
  });

  it('generates a key if none is given, and prints it', async () => {
    const ended = await credit(['--member', 'HR-100002', '--points', '1']);
    const key = /^Key: (.+)$/m.exec(ended.stdout)?.[1];
    expect(shop.org.store.find('TransactionJournal', { ExternalTransactionNumber: key ?? '' })).to.have.lengthOf(1);
  });

  it('names a wrong member, process or number, and sends nothing', async () => {
    const member = ['--member', 'HR-100001'];
    const points = ['--points', '5'];
    const [noMember, noProcess, noPoints] = await Promise.all([
      credit(['--member', 'HR-999', ...points, '--json']),
      credit([...member, ...points, '--process', 'GivePoints', '--json']),
      credit([...member, '--points', '-5.123', '--json']),
    ]);
    expect(errorOf(noMember).message).to.equal('The program "Harbour Rewards" has no member "HR-999".');
    expect(errorOf(noMember).actions?.[0]).to.include(
      "sf loyalty enroll member --program 'Harbour Rewards' --member HR-999 --last-name",
    );
    expect(errorOf(noProcess).message).to.equal(
      'The program "Harbour Rewards" has no active process of type CreditPointsToMembers named "GivePoints". ' +
        'It has: "CreditPointsToMembers".',
    );
    expect(errorOf(noProcess).actions?.[0]).to.include('--process');
    expect(errorOf(noPoints).message).to.include('"-5.123" is not a number of points.');
    expect([noMember.code, noProcess.code, noPoints.code]).to.deep.equal([1, 1, 2]);
    expect(shop.org.store.find('TransactionJournal', {}).map((row) => row['TransactionAmount'])).to.not.include(5.123);
    expect(await stars('HR-100001')).to.equal(12.5);
  });

  it('reports unknown after a lost answer, and finds out with the same key', async () => {
    const before = await stars('HR-100001');
    await using relay = await Relay.open(shop.org, {
      after: ({ method, url }) => (method === 'POST' && url.includes('/program-processes/') ? 'cut' : undefined),
    });
    const args = ['--member', 'HR-100001', '--points', '3', '--key', 'lost-1', '--json'];
    const lost = await credit(args, relay);
    expect(lost.code).to.equal(69);
    const [record] = resultOf(lost, CreditPointsResult).records;
    expect(record).to.include({ key: 'lost-1', status: 'unknown' });
    expect(record?.error?.message).to.match(
      /: sf loyalty credit points --member HR-100001 --points 3 --key lost-1 --program 'Harbour Rewards' --target-org TARGET_ORG$/,
    );

    const found = await credit(args);
    expect(resultOf(found, CreditPointsResult).records[0]?.status).to.equal('known');
    expect(found.code).to.equal(0);
    expect(await stars('HR-100001')).to.equal(before + 3);
    expect(writes(shop.org)).to.equal(1);
  });

  it('is made once by two terminals at the same time, and the other one reports that it is in progress', async () => {
    const before = await stars('HR-100002');
    const held = Promise.withResolvers<undefined>();
    const under = Promise.withResolvers<undefined>();
    await using relay = await Relay.open(shop.org, {
      before: async ({ method, url }) => {
        if (method !== 'POST' || !url.includes('/program-processes/')) return;
        under.resolve(undefined);
        await held.promise;
      },
    });
    const args = ['--member', 'HR-100002', '--points', '4', '--key', 'two-1', '--json'];
    const first = cli.start('credit points', args, { org: relay });
    await under.promise;
    const second = await credit(args);
    expect(second.code).to.equal(69);
    const [other] = resultOf(second, CreditPointsResult).records;
    expect(other).to.deep.include({ key: 'two-1', status: 'unknown' });
    expect(other?.error?.code).to.equal('IN_PROGRESS');
    held.resolve(undefined);
    expect(resultOf(await first.ended, CreditPointsResult).records[0]?.status).to.equal('done');
    expect(calls()).to.equal(1);
    expect(await stars('HR-100002')).to.equal(before + 4);
  });

  it('names its key if the outbox fails after the call, so that nothing counts twice', async () => {
    const path = cli.path('busy.sqlite');
    const other = Promise.withResolvers<DatabaseSync>();
    await using relay = await Relay.open(shop.org, {
      after: ({ method, url }) => {
        if (method !== 'POST' || !url.includes('/program-processes/')) return;
        const db = openDatabase(path);
        db.exec('BEGIN IMMEDIATE');
        other.resolve(db);
      },
    });
    const args = ['--member', 'HR-100002', '--points', '2', '--outbox', path, '--json'];
    const before = await stars('HR-100002');
    const failed = await credit(args, relay);
    (await other.promise).close();
    expect(errorOf(failed).name).to.equal('OutboxBusyError');
    expect(errorOf(failed).message).to.include(path);
    expect(failed.code).to.equal(69);
    const [, key = ''] = /--key (\S+)/.exec(errorOf(failed).actions?.join(' ') ?? '') ?? [];

    const found = await credit([...args, '--key', key]);
    expect(resultOf(found, CreditPointsResult).records[0]?.status).to.equal('known');
    expect(await stars('HR-100002')).to.equal(before + 2);
  });
});
