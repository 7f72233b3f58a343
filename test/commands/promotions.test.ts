import { expect } from 'chai';
import { ListProgressResult, UpdateProgressResult } from '../../src/cli/results/progressResults.js';
import { ListPromotionsResult } from '../../src/cli/results/promotionResults.js';
import { Emulator } from '../../src/emulator/index.js';
import { Cli, errorOf, resultOf } from '../support/cli.js';
import type { Target } from '../support/cli.js';
import { openShop, seen, writes } from '../support/cliOrg.js';
import type { Shop } from '../support/cliOrg.js';
import { Relay } from '../support/cliRelay.js';
import { expectScreen, onlyProgram } from '../support/screen.js';

const cups = 'Ten cups, one free';

describe('loyalty: promotions and progress', function () {
  this.timeout(60_000);

  let shop: Shop;
  let cli: Cli;

  before(async () => {
    shop = await openShop({ members: 3 });
    cli = await Cli.create();
  });

  beforeEach(() => shop.org.requests.reset());

  after(async () => {
    await cli[Symbol.asyncDispose]();
    await shop[Symbol.asyncDispose]();
  });

  const run = (words: string, args: readonly string[], org: Target = shop.org) =>
    cli.run(words, args, { org, columns: 80 });
  const advances = (): number => seen(shop.org, 'POST', '/actions/standard/');

  it('advances progress once per key, and sets it', async () => {
    const by = ['--member', 'HR-100001', '--promotion', cups, '--by', '7', '--key', 'p-1'];
    const first = await run('update progress', by);
    expectScreen('update progress', first, [
      onlyProgram,
      'Ten cups, one free, HR-100001: 0 → 7 of 10  ███████░░░  70 %',
      'Key: p-1',
    ]);

    const again = resultOf(await run('update progress', [...by, '--json']), UpdateProgressResult);
    expect(again.records[0]).to.include({ key: 'p-1', status: 'known', before: 0, after: 7, target: 10, percent: 70 });
    expect(advances()).to.equal(1);

    const to = ['--member', 'HR-100001', '--promotion', cups, '--to', '8'];
    const [set] = resultOf(await run('update progress', [...to, '--json']), UpdateProgressResult).records;
    expect(set).to.include({ status: 'done', before: 7, after: 8, percent: 80, promotionName: cups });
    expect((await run('update progress', to)).stdout)
      .to.include('8 → 8 of 10')
      .and.to.not.include('Key');
  });

  it('names a wrong promotion or wrong flags, and sends nothing', async () => {
    const member = ['--member', 'HR-100002', '--json'];
    const [noPromotion, both, other] = await Promise.all([
      run('update progress', [...member, '--promotion', 'Eleven cups', '--by', '1']),
      run('update progress', [...member, '--promotion', cups, '--by', '1', '--to', '2']),
      run('update progress', [...member, '--promotion', cups, '--by', '1', '--key', 'p-1']),
    ]);
    expect(errorOf(noPromotion)).to.include({
      message:
        'The program "Harbour Rewards" has no cumulative promotion "Eleven cups". ' +
        `It has: "Harbour regular", "${cups}".`,
    });
    expect(noPromotion.code).to.equal(1);
    expect(both.code).to.equal(2);
    expect(errorOf(other).name).to.equal('KeyConflictError');
    expect(writes(shop.org)).to.equal(0);
  });

  it('reports unknown after a lost answer, and counts once when it is repeated', async () => {
    await using relay = await Relay.open(shop.org, {
      after: ({ url }) => (url.includes('/actions/standard/') ? 'cut' : undefined),
    });
    const args = ['--member', 'HR-100003', '--promotion', cups, '--by', '2', '--key', 'p-lost', '--json'];
    const lost = await run('update progress', args, relay);
    expect(lost.code).to.equal(69);
    expect(resultOf(lost, UpdateProgressResult).records[0]).to.include({ status: 'unknown', after: null });

    const found = await run('update progress', args);
    expect(resultOf(found, UpdateProgressResult).records[0]).to.include({ status: 'known', before: 0, after: 2 });
    expect(advances()).to.equal(1);
  });

  it('lists progress of one member, of those who are near, and of no one', async () => {
    const [one, near, none] = await Promise.all([
      run('list progress', ['--member', 'HR-100001']),
      run('list progress', ['--near', '80', '--json']),
      run('list progress', ['--near', '99']),
    ]);
    expectScreen('list progress', one, [
      onlyProgram,
      '┌────────────────────┬──────────────────┬─────────┬──────────┐',
      '│ Promotion          │ Progress         │    Done │ Left     │',
      '├────────────────────┼──────────────────┼─────────┼──────────┤',
      '│ Harbour regular    │ ░░░░░░░░░░   0 % │ 0 of 40 │ 40 to go │',
      '│ Ten cups, one free │ ████████░░  80 % │ 8 of 10 │ 2 to go  │',
      '└────────────────────┴──────────────────┴─────────┴──────────┘',
      '',
    ]);
    const { records, counts } = resultOf(near, ListProgressResult);
    expect(records.map(({ member, percent, status }) => [member, percent, status])).to.deep.equal([
      ['HR-100001', 80, 'open'],
    ]);
    expect(counts.total).to.equal(1);
    expect(none.stdout).to.include('Nobody is at 99 percent or more of an open target.');
    expect([one.code, near.code, none.code]).to.deep.equal([0, 0, 0]);
  });

  it('lists who is near a target, nearest first, without those who have reached it', async () => {
    await using own = await openShop({ members: 4 });
    const set = async (number: string, promotion: string, to: number): Promise<void> => {
      const { Id: memberId } = await own.client.members.get('Harbour Rewards', number);
      const [row] = await own.client.query.all(`SELECT Id FROM Promotion WHERE Name = '${promotion}'`);
      await own.client.progress.set({ memberId, promotionId: String(row?.['Id']), to });
    };
    await set('HR-100001', cups, 8);
    await set('HR-100002', cups, 10);
    await set('HR-100003', cups, 143);
    await set('HR-100004', cups, 9);
    await set('HR-100004', 'Harbour regular', 38);
    await set('HR-100002', 'Harbour regular', 30);
    const [near, percentSign, all, reached] = await Promise.all([
      run('list progress', ['--near', '75', '--json'], own.org),
      run('list progress', ['--near', '76%', '--json'], own.org),
      run('list progress', ['--json'], own.org),
      run('list progress', ['--reached'], own.org),
    ]);
    const left = (ended: Awaited<typeof near>) =>
      resultOf(ended, ListProgressResult).records.map(
        ({ member, completed, target }) => `${member} ${(target ?? 0) - completed} to go`,
      );
    expect(left(near)).to.deep.equal([
      'HR-100004 1 to go',
      'HR-100004 2 to go',
      'HR-100001 2 to go',
      'HR-100002 10 to go',
    ]);
    expect(left(percentSign)).to.deep.equal(left(near).slice(0, 3));
    const { records } = resultOf(all, ListProgressResult);
    expect(records.filter(({ status }) => status === 'reached')).to.have.length(2);
    expect(records.map(({ name }) => name)).to.not.include(null);
    const lines = reached.stdout.split('\n');
    expect(lines.filter((line) => line.length > 80)).to.deep.equal([]);
    const [most = '', once = ''] = lines.filter((line) => line.includes('HR-'));
    expect(most).to.match(/^│ HR-100003 │ \S+ .*│ 143 of 10 │ reached 14 times │$/);
    expect(once).to.match(/^│ HR-100002 │ \S+ .*│ +10 of 10 │ reached +│$/);
  });

  it('refuses a percentage that no open progress can have, and says what to type', async () => {
    for (const near of ['101', '100%']) {
      const ended = await run('list progress', ['--near', near, '--json']);
      expect(errorOf(ended).message).to.include(`"${near}" is not below 100 percent`);
    }
    const ended = await run('list progress', ['--near', 'most', '--json']);
    expect(errorOf(ended).message).to.include('"most" is not a percentage.');
  });

  it('reports an inactive program', async () => {
    await using own = await openShop({ members: 1 });
    await own.client.sobjects.create('LoyaltyProgram', { Name: 'Old Club', Status: 'Inactive' });
    const [old, unknown, read, written] = await Promise.all([
      run('list progress', ['--program', 'Old Club', '--json'], own.org),
      run('list progress', ['--program', 'New Club', '--json'], own.org),
      run('simulate transactions', ['--program', 'Old Club', '--journal', '0lV000000000001AAA', '--json'], own.org),
      run('run process', ['--program', 'Old Club', '--process', 'Credit', '--json'], own.org),
    ]);
    for (const each of [old, read, written]) {
      expect(errorOf(each)).to.include({ name: 'InactiveProgramError', status: 1 });
    }
    expect(errorOf(old).message).to.include('The program "Old Club" is not active');
    expect(errorOf(old).actions?.[0]).to.include('--program');
    expect(errorOf(unknown).message).to.equal(
      'The org has no loyalty program named "New Club". Its programs: "Harbour Rewards", "Old Club" (Inactive).',
    );
    expect([old.code, unknown.code]).to.deep.equal([1, 1]);
  });

  it('distinguishes an org without programs from one with several', async () => {
    await using org = await Emulator.start();
    const [unnamed, named, empty] = await Promise.all([
      run('list progress', ['--json'], org),
      run('list progress', ['--program', 'Harbour Rewards', '--json'], org),
      run('list progress', ['--program', '', '--json'], org),
    ]);
    for (const ended of [unnamed, named]) {
      expect(errorOf(ended).message).to.equal('The org has no loyalty program, or none that you can read.');
    }
    expect(errorOf(empty).message).to.include('The value is empty.');
  });

  it('lists the promotions of a member, and breaks no words in a narrow window', async () => {
    const [human, json, noProcess] = await Promise.all([
      run('list promotions', ['--member', 'HR-100001']),
      run('list promotions', ['--member', 'HR-100001', '--json']),
      run('list promotions', ['--member', 'HR-100001', '--process', 'Offers', '--json']),
    ]);
    expectScreen('list promotions', human, [
      onlyProgram,
      'Promotions of HR-100001',
      '┌────────────────┬─────────────┬────────────┬──────────────────┬──────┬────────┐',
      '│ Promotion      │ Eligibility │ Until      │ Progress         │ Done │ Target │',
      '├────────────────┼─────────────┼────────────┼──────────────────┼──────┼────────┤',
      '│ Ten cups, one  │ eligible    │ –          │ ████████░░  80 % │    8 │     10 │',
      '│ free           │             │            │                  │      │        │',
      '│ Harbour        │ eligible    │ 12/31/2035 │ ░░░░░░░░░░   0 % │    0 │     40 │',
      '│ regular        │             │            │                  │      │        │',
      '│ Bring your own │ can enroll  │ 12/31/2035 │                  │      │        │',
      '│ mug            │             │            │                  │      │        │',
      '└────────────────┴─────────────┴────────────┴──────────────────┴──────┴────────┘',
      '',
    ]);
    const { records } = resultOf(json, ListPromotionsResult);
    expect(records.map(({ name, status }) => [name, status])).to.deep.equal([
      [cups, 'Eligible'],
      ['Harbour regular', 'Eligible'],
      ['Bring your own mug', 'EligibleButNotEnrolled'],
    ]);
    expect(records[0]?.progress).to.deep.equal({ completed: 8, target: 10, percent: 80 });
    expect(errorOf(noProcess).message).to.include('named "Offers". It has: "GetMemberPromotions".');
    expect(noProcess.code).to.equal(1);
  });
});
