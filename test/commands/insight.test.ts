import { expect } from 'chai';
import { readFile } from 'node:fs/promises';
import { ExportProgressResult } from '../../src/cli/results/nearResults.js';
import { ReportProgramResult } from '../../src/cli/results/reportResults.js';
import { Cli, errorOf, resultOf } from '../support/cli.js';
import type { Ended } from '../support/cli.js';
import { openShop } from '../support/cliOrg.js';
import type { Shop } from '../support/cliOrg.js';
import { expectScreen, onlyProgram } from '../support/screen.js';

const cache = ['--cache', ':memory:'];

describe('loyalty export progress and report program', function () {
  this.timeout(60_000);

  let shop: Shop;
  let cli: Cli;

  before(async () => {
    shop = await openShop({ members: 2 });
    cli = await Cli.create();
    const { Id: memberId } = await shop.client.members.get('Harbour Rewards', 'HR-100001');
    const [row] = await shop.client.query.all("SELECT Id FROM Promotion WHERE Name = 'Ten cups, one free'");
    await shop.client.progress.set({ memberId, promotionId: String(row?.['Id']), to: 8 });
    await shop.client.points.credit('Harbour Rewards', {
      points: 5,
      journal: {
        ...{ ActivityDate: '2026-03-01T10:00:00Z', JournalTypeName: 'Accrual', MembershipNumber: 'HR-100001' },
        TransactionAmount: 12.5,
      },
    });
  });

  after(async () => {
    await cli[Symbol.asyncDispose]();
    await shop[Symbol.asyncDispose]();
  });

  const run = (words: string, args: readonly string[]): Promise<Ended> =>
    cli.run(words, args, { org: shop.org, columns: 80 });

  it('write who is near a reward, once', async () => {
    const file = await cli.file('near.ndjson', '');
    expectScreen('export progress', await run('export progress', ['--near', '75', '--output-file', file]), [
      onlyProgram,
      'Wrote 1 of 1 member near a reward.',
    ]);
    expect(JSON.parse(await readFile(file, 'utf8'))).to.include({ membershipNumber: 'HR-100001', left: 2 });
    const told = await cli.file('told.csv', 'memberId,rewardId,attributeId,by\n');
    const written: number[] = [];
    for (let day = 0; day < 3; day++) {
      const args = ['--since', told, '--output-file', `${file}.csv`, '--json'];
      const { counts } = resultOf(await run('export progress', args), ExportProgressResult);
      expect(counts).to.include({ near: 1, unwilling: 0 });
      written.push(counts.written);
    }
    expect(written).to.deep.equal([1, 0, 0]);
    const other = await cli.file('other.csv', 'a,b\n');
    const refused = errorOf(await run('export progress', ['--since', other, '--output-file', file, '--json']));
    expect(refused.message).to.include('does not begin with the line');
    const wrong = errorOf(await run('export progress', ['--template', '{nmae}', '--output-file', file, '--json']));
    expect(wrong.message).to.include('{nmae}');
  });

  it('report a period beside the one before it', async () => {
    const goals = await cli.file(
      'goals.yml',
      `- { title: Spring sales, measure: revenue, number: 31, date: 2026-03-31, from: 2026-03-01 }
- { measure: participationRate, number: 0.6, date: 2026-12-31, from: 2026-03-01 }
- { measure: pointsIssued, number: 500, date: 2026-03-01, from: 2026-03-01, atMost: true }
`,
    );
    const shown = await run('report program', [
      '--period',
      '2026-03-01',
      '--goals',
      goals,
      '--event',
      '2026-03-01',
      ...cache,
    ]);
    expectScreen('report program', shown, [
      onlyProgram,
      'Goals',
      '┌──────────────────────┬──────────┬───────┬──────────┬────────┬────────────┐',
      '│ Goal                 │ State    │   Now │ Expected │ Target │ Date       │',
      '├──────────────────────┼──────────┼───────┼──────────┼────────┼────────────┤',
      '│ Spring sales         │ on track │ 12.50 │     1.00 │  31.00 │ 2026-03-31 │',
      '│ Participation        │ behind   │  50 % │     60 % │   60 % │ 2026-12-31 │',
      '│ Points issued (earn) │ met      │     5 │      500 │  ≤ 500 │ 2026-03-01 │',
      '└──────────────────────┴──────────┴───────┴──────────┴────────┴────────────┘',
      '',
      '2026-03-01, beside 2026-02-28',
      '┌──────────────────────────┬───────┬────────┬────────┐',
      '│ Measure                  │   Now │ Before │ Change │',
      '├──────────────────────────┼───────┼────────┼────────┤',
      '│ Members                  │     2 │      2 │    0 % │',
      '│ New members              │     0 │      0 │        │',
      '│ Active members           │     1 │      0 │        │',
      '│ Lapsed members           │     0 │      – │        │',
      '│ Participation            │  50 % │    0 % │ +50 pp │',
      '│ Revenue of members       │ 12.50 │   0.00 │        │',
      '│ Purchases                │     1 │      0 │        │',
      '│ Buyers                   │     1 │      0 │        │',
      '│ Repeat purchases         │   0 % │      – │        │',
      '│ Purchase frequency       │     1 │      – │        │',
      '│ Average order value      │ 12.50 │      – │        │',
      '│ Lifetime value, historic │ 12.50 │      – │        │',
      '│ Points issued (earn)     │     5 │      0 │        │',
      '│ Points redeemed (burn)   │     0 │      0 │        │',
      '│ Points expired           │     0 │      0 │        │',
      '│ Points taken back        │     0 │      0 │        │',
      '│ Redemption rate          │   0 % │      – │        │',
      '│ Breakage                 │   0 % │      – │        │',
      '│ Points outstanding       │     5 │      0 │        │',
      '│ Points liability         │     – │      – │        │',
      '│ Vouchers issued          │     0 │      0 │        │',
      '│ Vouchers used            │     0 │      0 │        │',
      '└──────────────────────────┴───────┴────────┴────────┘',
      '',
      'Tiers on the last day, and where members came from',
      '┌────────┬─────────┬────┬──────┬───────┐',
      '│ Tier   │ Members │ Up │ Down │ First │',
      '├────────┼─────────┼────┼──────┼───────┤',
      '│ Bronze │       2 │  0 │    0 │     0 │',
      '│ Silver │       0 │  0 │    0 │     0 │',
      '│ Gold   │       0 │  0 │    0 │     0 │',
      '└────────┴─────────┴────┴──────┴───────┘',
      '',
      'Up and down: from another tier within the period. First: from none.',
      '',
      'Retention: who enrolled in a month and bought in the months since',
      '┌──────────┬─────────┬─────┬─────┬──────┬────┬────┬────┐',
      '│ Enrolled │ Members │  +0 │  +1 │   +2 │ +3 │ +4 │ +5 │',
      '├──────────┼─────────┼─────┼─────┼──────┼────┼────┼────┤',
      '│ 2026-01  │       2 │ 0 % │ 0 % │ 50 % │    │    │    │',
      '└──────────┴─────────┴─────┴─────┴──────┴────┴────┴────┘',
      '',
      '+0: the month of the enrollment. --json and --html have later months, too.',
      '',
      'Promotions',
      '┌────────────────────┬──────────┬─────┬───────────┬──────────┬──────┐',
      '│ Promotion          │ Enrolled │ New │ Completed │ Vouchers │ Days │',
      '├────────────────────┼──────────┼─────┼───────────┼──────────┼──────┤',
      '│ Bring your own mug │        0 │   0 │         – │        0 │    – │',
      '│ Harbour regular    │        0 │   0 │         0 │        0 │    – │',
      '│ Ten cups, one free │        0 │   0 │         0 │        0 │    – │',
      '└────────────────────┴──────────┴─────┴───────────┴──────────┴──────┘',
      '',
      'Days: to the first voucher of the promotion, the median of the members.',
      '',
      'Event: 2026-03-01',
      '┌────────────┬───────────┬────────┬────────┬───────┐',
      '│ Per member │ Who       │ Before │ During │ After │',
      '├────────────┼───────────┼────────┼────────┼───────┤',
      '│ Purchases  │ took part │      0 │      1 │     0 │',
      '│ Purchases  │ others    │      0 │      0 │     0 │',
      '│ Spend      │ took part │   0.00 │  12.50 │  0.00 │',
      '│ Spend      │ others    │   0.00 │   0.00 │  0.00 │',
      '│ Points     │ took part │      0 │      5 │     0 │',
      '│ Points     │ others    │      0 │      0 │     0 │',
      '└────────────┴───────────┴────────┴────────┴───────┘',
      '',
      '1 member took part, 1 did not.',
      'This is a comparison and no proof: those who took part may have bought more',
      '  anyway. Who took part is known by what they did within the event, so compare',
      '  before and after.',
      '',
    ]);
    const nobody = ['--event', '2026-03-01', '--journal-type', 'Redemption', ...cache];
    expect((await run('report program', nobody)).stdout).to.include('0 members took part, 2 did not.');
    const unused = errorOf(await run('report program', ['--segments', goals, ...cache, '--json']));
    expect(unused.message).to.equal('--segments is only for --by segment.');
    const thisYear = await run('report program', ['--period', String(new Date().getUTCFullYear()), ...cache]);
    expect(thisYear.stdout).to.include('these are the numbers so far');
    expect(shown.stdout).not.to.include('so far');
    const month = resultOf(
      await run('report program', ['--period', '2026-03', '--by', 'tier', ...cache, '--json']),
      ReportProgramResult,
    );
    expect(month.measures.find(({ key }) => key === 'revenue')).to.include({ value: 12.5, previous: 0 });
    expect(month.goals).to.deep.equal([]);
    const events = await cli.file('events.yml', '- { from: 2026-03-02, to: 2026-03-01, promotoin: x }');
    const badEvents = errorOf(await run('report program', ['--events', events, ...cache, '--json']));
    expect(badEvents.message).to.include('line 1: [0].promotoin: is not a key here; did you mean promotion?');
    const wrong = await cli.file('wrong.yml', '- { measure: revenu, number: 1, date: 2026-03-01 }');
    const refused = errorOf(await run('report program', ['--goals', wrong, ...cache, '--json']));
    expect(refused).to.include({ name: 'ListFileError', status: 1 });
    expect(refused.message).to.include('line 1: [0].measure: "revenu" must be one of members, ');
    expect(month.groups.map(({ group }) => group)).to.deep.equal(['Bronze']);
    const own = await cli.file('notes.html', '<p>mine</p>');
    const asked = errorOf(await run('report program', ['--html', own, ...cache, '--json']));
    expect(asked.message).to.include('needs confirmation');
    expect(await readFile(own, 'utf8')).to.equal('<p>mine</p>');
    const file = own.replace('notes', 'report');
    // The second time, a page of ours is there.
    for (const month of ['2026-02', '2026-03']) {
      const { page } = resultOf(
        await run('report program', ['--period', month, '--html', file, ...cache, '--json']),
        ReportProgramResult,
      );
      expect(page).to.equal(file);
    }
    expect(await readFile(file, 'utf8')).to.include('<title>Harbour Rewards, March 2026</title>');
    expect(errorOf(await run('report program', ['--period', 'May', ...cache, '--json'])).message).to.equal(
      '--period: "May" is not a period.',
    );
  });

  it('write who is near a voucher, and whose points expire', async () => {
    const file = await cli.file('points.csv', '');
    const { store } = shop.org;
    const program = store.first('LoyaltyProgram', { Name: 'Harbour Rewards' });
    store.insert('VoucherDefinition', {
      ...{ Name: 'Free cup', Type: 'FixedValue', FaceValue: 5, IsActive: true, LoyaltyProgramId: program?.Id },
      ...{ ExpirationType: 'FixedDate', EffectiveDate: '2026-01-01', ExpirationDate: '2035-12-31' },
    });
    const voucher = ['--reward', 'voucher', '--voucher', 'Free cup=6', '--template', '{left} point to a {reward}'];
    expectScreen('export progress', await run('export progress', [...voucher, '--output-file', file]), [
      onlyProgram,
      'Wrote 1 of 1 member near a reward.',
    ]);
    expect(await readFile(file, 'utf8')).to.include('"1 point to a Free cup"');
    const expiry = ['--reward', 'expiry', '--within', '3660', '--template', '{left} points expire by {by}', ...cache];
    expectScreen('export progress', await run('export progress', [...expiry, '--output-file', file]), [
      onlyProgram,
      'Wrote 1 of 1 member with points about to expire.',
    ]);
    expect(await readFile(file, 'utf8')).to.include('"5 points expire by 2028-03-01"');
    for (const [args = [], message = ''] of [
      [['--reward', 'voucher'], 'needs the vouchers'],
      [['--voucher', 'Free cup=6'], 'only for --reward voucher'],
      [['--within', '3'], 'only for --reward expiry'],
      [['--reward', 'expiry', '--near', '80'], '--near is not for --reward expiry'],
      [['--reward', 'voucher', '--voucher', 'Free cup=six'], '"Free cup=six" does not end with a number'],
    ] as const)
      expect(errorOf(await run('export progress', [...args, '--output-file', file, '--json'])).message).to.include(
        message,
      );
  });
});
