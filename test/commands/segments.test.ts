import { expect } from 'chai';
import { readFile } from 'node:fs/promises';
import { ListSegmentsResult } from '../../src/cli/results/segmentResults.js';
import { Cli, errorOf, resultOf } from '../support/cli.js';
import type { Ended } from '../support/cli.js';
import { openShop } from '../support/cliOrg.js';
import type { Shop } from '../support/cliOrg.js';
import { expectScreen, onlyProgram } from '../support/screen.js';

describe('loyalty list segments', function () {
  this.timeout(60_000);

  let shop: Shop;
  let cli: Cli;

  before(async () => {
    shop = await openShop({ members: 3 });
    cli = await Cli.create();
    const today = new Date(shop.client.orgTime ?? Date.now()).toISOString();
    const journal = { ActivityDate: today, JournalTypeName: 'Accrual', MembershipNumber: 'HR-100001' };
    await shop.client.points.credit('Harbour Rewards', { points: 5, journal: { ...journal, TransactionAmount: 12.5 } });
    const { store } = shop.org;
    const member = store.first('LoyaltyProgramMember', { MembershipNumber: 'HR-100001' });
    store.update('LoyaltyProgramMember', member?.Id ?? '', { CanReceivePromotions: true });
    store.update('Contact', String(member?.['ContactId']), { Email: 'ines@example.com', Department: 'fr' });
  });

  after(async () => {
    await cli[Symbol.asyncDispose]();
    await shop[Symbol.asyncDispose]();
  });

  const run = (args: readonly string[]): Promise<Ended> =>
    cli.run('list segments', [...args, '--cache', ':memory:'], { org: shop.org, columns: 80 });

  it('compares the segments with all members', async () => {
    expectScreen('list segments', await run([]), [
      onlyProgram,
      `Segments of Harbour Rewards on ${new Date(shop.client.orgTime ?? 0).toLocaleDateString()}`,
      '┌─────────────────┬─────────┬────────┬───────┬────────┬────────┬──────────┐',
      '│ Segment         │ Members │  Share │ Spend │ Bought │ Points │ Redeemed │',
      '├─────────────────┼─────────┼────────┼───────┼────────┼────────┼──────────┤',
      '│ new             │       0 │    0 % │     – │      – │      – │        – │',
      '│ champions       │       1 │ 33.3 % │ 12.50 │      1 │      5 │      0 % │',
      '│ big-spenders    │       1 │ 33.3 % │ 12.50 │      1 │      5 │      0 % │',
      '│ one-time-buyers │       1 │ 33.3 % │ 12.50 │      1 │      5 │      0 % │',
      '│ about-to-lapse  │       0 │    0 % │     – │      – │      – │        – │',
      '│ lapsed          │       0 │    0 % │     – │      – │      – │        – │',
      '│ never-redeemed  │       1 │ 33.3 % │ 12.50 │      1 │      5 │      0 % │',
      '│ near-next-tier  │       0 │    0 % │     – │      – │      – │        – │',
      '│ near-reward     │       0 │    0 % │     – │      – │      – │        – │',
      '│ points-expiring │       0 │    0 % │     – │      – │      – │        – │',
      '│ all members     │       3 │  100 % │  4.17 │   0.33 │   1.67 │      0 % │',
      '└─────────────────┴─────────┴────────┴───────┴────────┴────────┴──────────┘',
      '',
      'Per member: spend and purchases (bought) of the last 365 days, and points held.',
      'Redeemed: points redeemed divided by points earned, in these days.',
    ]);
  });

  it('lists who is in a segment, with contacts only if asked for', async () => {
    expectScreen('list segments', await run(['--segment', 'big-spenders', '--contact', '--definitions']), [
      onlyProgram,
      'Big spenders: among the top 10 % in spend of a year',
      '┌───────────┬────────┬──────────────────┬────────┬────────┬───────┐',
      '│ Member    │ Name   │ E-mail           │ Tier   │ Points │ Spend │',
      '├───────────┼────────┼──────────────────┼────────┼────────┼───────┤',
      '│ HR-100001 │ Member │ ines@example.com │ Bronze │      5 │ 12.50 │',
      '└───────────┴────────┴──────────────────┴────────┴────────┴───────┘',
      '',
      '- name: big-spenders',
      "  title: 'Big spenders: among the top 10 % in spend of a year'",
      '  all:',
      '    - { feature: spend, within: 365, top: 10 }',
    ]);
    const { records, members, counts } = resultOf(
      await run(['--segment', 'one-time-buyers', '--json']),
      ListSegmentsResult,
    );
    expect(members.map(({ key, person }) => [key, person])).to.deep.equal([['HR-100001', null]]);
    expect(counts).to.deep.equal({ segments: 10, members: 1, unwilling: 0, listed: 1 });
    expect(records.find(({ key }) => key === 'big-spenders')).to.include({
      members: 1,
      averageSpend: 12.5,
      share: 1 / 3,
    });
  });

  it('writes all members of a segment of a file, with consent', async () => {
    const segments = await cli.file(
      'segments.yml',
      '- { name: everyone, title: All, all: [{ feature: pointsBalance, atLeast: 0 }] }\n',
    );
    const file = await cli.file('everyone.ndjson', '');
    const wanted = ['--contact', '--contact-field', 'Department', '--only-consenting', '--output-file', file];
    const ended = await run(['--file', segments, '--segment', 'everyone', ...wanted]);
    expectScreen('list segments', ended, [
      onlyProgram,
      'Wrote 1 of 3 members.',
      'Left out 2 members without consent to promotions.',
    ]);
    const [line = '', ...others] = (await readFile(file, 'utf8')).trimEnd().split('\n');
    expect(others).to.deep.equal([]);
    expect(JSON.parse(line)).to.include({
      ...{
        membershipNumber: 'HR-100001',
        segment: 'everyone',
        name: 'Member',
        email: 'ines@example.com',
        Department: 'fr',
      },
      ...{ purchases: 1, spend: 12.5, pointsBalance: 5, tier: 'Bronze', nextTier: 'Silver', pointsToNextTier: 150 },
    });
    await run(['--file', segments, '--segment', 'everyone', '--output-file', `${file}.csv`]);
    expect((await readFile(`${file}.csv`, 'utf8')).split('\n')[0])
      .to.include('"segment","type","channel"')
      .and.not.include('email');
  });

  it('says what is wrong with a segment', async () => {
    expect(errorOf(await run(['--segment', 'champion', '--json'])).message).to.equal(
      'There is no segment "champion". Did you mean champions?',
    );
    const typo = await cli.file('typo.yml', '- name: gold\n  title: Gold\n  all:\n    - { feature: tier, is: Glod }\n');
    expect(errorOf(await run(['--file', typo, '--json']))).to.deep.include({
      message: 'The segment "gold" compares with the tier "Glod", which the program does not have.',
      actions: ['Did you mean Gold? Use one of Bronze, Silver, Gold.'],
    });
    expect(
      errorOf(await run(['--segment', 'new', '--contact', '--contact-field', 'x y', '--json'])).message,
    ).to.include('"x y"');
  });
});
