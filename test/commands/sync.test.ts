import { expect } from 'chai';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createProgram, harbourRewards } from '../../src/program/index.js';
import { Cli, errorOf, expectToFit } from '../support/cli.js';
import type { Target } from '../support/cli.js';
import { cups, feedOf, harbourMap, reportOf } from '../support/cliFeed.js';
import { journalRequests, openShop } from '../support/cliOrg.js';
import type { Shop } from '../support/cliOrg.js';
import { Relay } from '../support/cliRelay.js';

describe('loyalty sync', function () {
  this.timeout(60_000);

  let shop: Shop;
  let cli: Cli;
  let outbox: readonly string[];

  beforeEach(async () => {
    shop = await openShop({ members: 4 });
    cli = await Cli.create();
    outbox = ['--outbox', cli.path('till.sqlite')];
  });

  afterEach(async () => {
    await cli[Symbol.asyncDispose]();
    await shop[Symbol.asyncDispose]();
  });

  const start = (args: readonly string[], org: Target = shop.org) =>
    cli.run('sync start', ['--map', harbourMap, ...outbox, ...args], { org });
  const resume = (args: readonly string[] = [], org: Target = shop.org) =>
    cli.run('sync resume', [...outbox, '--settle', '1', '--json', ...args], { org });

  /** Returns what the org holds: external number, member and amount, in order of arrival. */
  function journals(): string[] {
    const numberOf = new Map(
      shop.org.store.find('LoyaltyProgramMember', {}).map((row) => [row.Id, row['MembershipNumber']]),
    );
    return shop.org.store
      .find('TransactionJournal', {})
      .filter((row) => row['ExternalTransactionNumber'] !== null)
      .map((row) =>
        [row['ExternalTransactionNumber'], numberOf.get(String(row['MemberId'])), row['TransactionAmount']].join(' '),
      );
  }

  it('mirrors a feed once, and reports what became of every row', async () => {
    const guest = '700004,CUP-01,"Flat white, large",1,2/9/2026 10:00,3.9,,Pier 4';
    const file = await cli.file(
      'till.csv',
      feedOf([
        '700001,CUP-01,Flat white,1,1/9/2026 07:05,3.4,HR-100001,Pier 4',
        '700001,CUP-01,Flat white,2,1/9/2026 07:05,3.4,HR-100001,Pier 4',
        '700002,TEA-01,"Loose Assam, per gram",125,1/9/2026 08:00,0.085,HR-100002,Web shop',
        'C700003,CUP-01,Flat white,-1,2/9/2026 09:00,3.4,HR-100001,Pier 4',
        guest,
        ...cups(['HR-999'], 700_005),
      ]),
    );
    const first = await start(['--file', file]);
    expect(first.code).to.equal(68);
    expectToFit(first);
    expect(first.stdout).to.match(/^Run \S+ in Harbour Rewards: complete\.$/m);
    expect(first.stdout).to.include(
      [
        '',
        '  Rows read          6',
        '    used             5',
        '    rejected         1',
        '  Transactions made  5',
        '    new              5',
        '  Done               4',
        '    sent now         4',
        '  Not done           1',
        '    refused          1',
        '',
      ].join('\n'),
    );
    expect(first.stdout).to.include('1 × rejected, missing-member: ').and.to.include('line 6');
    expect(first.stdout.replaceAll(/\s+/g, ' ')).to.match(
      /1 × refused, UNKNOWN_MEMBER: harbour:\S+ \(\S*till\.csv line \d\): The program Harbour Rewards has no member HR-999\./,
    );
    expect(journals().sort()).to.deep.equal([
      'harbour:700001:CUP-01:1 HR-100001 3.4',
      'harbour:700001:CUP-01:2 HR-100001 6.8',
      'harbour:700002:TEA-01:1 HR-100002 10.63',
      'harbour:C700003:CUP-01:1 HR-100001 -3.4',
    ]);

    const folder = /^One line for each row and transaction: (.+)$/m.exec(first.stdout)?.[1] ?? '';
    const rejects = await readFile(`${folder}/rejects.csv`, 'utf8');
    expect(rejects).to.include(`"${guest.replaceAll('"', '""')}"`);
    const transactions = await readFile(`${folder}/transactions.csv`, 'utf8');
    expect(transactions).to.match(
      /^"harbour:C700003:CUP-01:1","HR-100001","done","new","0lV\w+","false","true","1","0","0","","","",".*till\.csv","\d+"$/m,
    );

    shop.org.requests.reset();
    const again = reportOf(await start(['--file', file, '--json']));
    expect(again.counts.transactions).to.include({ made: 5, known: 4, refusedBefore: 1, new: 0 });
    expect(again.counts.items).to.include({ new: 0, done: 0 });
    outbox = ['--outbox', cli.path('fresh.sqlite')];
    // Keys that the org does not show are looked up a second time, after the settle time.
    const fresh = reportOf(await start(['--file', file, '--settle', '1', '--json']));
    expect(fresh.counts.items).to.include({ new: 5, done: 4, sentNow: 0, found: 4, refused: 1 });
    expect(journalRequests(shop.org)).to.equal(0);
    expect(journals()).to.have.lengthOf(4);

    shop.org.requests.reset();
    const report = reportOf(await cli.run('sync report', [...outbox, '--json'], { org: shop.org }));
    expect(report).to.deep.equal(fresh);
  });

  it('reads files by pattern sorted by name, NDJSON, and standard input', async () => {
    await cli.file('day-2.csv', feedOf(cups(['HR-100001'], 800_002)));
    await cli.file('day-1.csv', feedOf(cups(['HR-100001'], 800_001)));
    const line = { Receipt: '800003', Product: 'CUP-01', Description: '', Quantity: 1, UnitPrice: 3.4 };
    const online = { ...line, Date: '1/9/2026 07:05', Member: 'HR-100001', Store: 'Web shop' };
    const ndjson = await cli.file('web.ndjson', JSON.stringify(online));
    const files = ['--file', 'day-*.csv', '--file', ndjson, '--file', '-', '--json'];
    const args = ['--map', harbourMap, ...outbox, ...files];
    const stdin = feedOf(cups(['HR-100001'], 800_004));
    const ended = await cli.run('sync start', args, { org: shop.org, stdin });
    expect(reportOf(ended).counts.items).to.include({ new: 4, done: 4, sentNow: 4 });
    expect(journals()).to.deep.equal(
      ['800001', '800002', '800003', '800004'].map((receipt) => `harbour:${receipt}:CUP-01:1 HR-100001 3.4`),
    );
    const none = await start(['--file', cli.path('night-*.csv'), '--json']);
    expect(errorOf(none).message).to.equal(`No file matches ${cli.path('night-*.csv')}.`);
    expect(none.code).to.equal(1);
  });

  it('shows with --dry-run what it would do, and neither stores nor sends anything', async () => {
    const file = await cli.file('till.csv', feedOf([...cups(['HR-100001', 'HR-100002']), 'x']));
    const ended = await start(['--file', file, '--dry-run', '--limit', '1', '--json']);
    const { ending, results, counts } = reportOf(ended);
    expect({ ending, results, ready: counts.items.ready }).to.deep.equal({
      ending: 'planned',
      results: null,
      ready: 1,
    });
    expect(ended.code).to.equal(0);
    expect(journalRequests(shop.org)).to.equal(0);
    expect(existsSync(cli.path('till.sqlite'))).to.equal(false);
  });

  it('names a key whose content has changed, and does not send it', async () => {
    const [cup = ''] = cups(['HR-100001']);
    await start(['--file', await cli.file('till.csv', feedOf([cup]))]);
    const changed = await cli.file('changed.csv', feedOf([cup.replace('3.4', '4.4')]));
    const ended = await start(['--file', changed, '--json']);
    expect(ended.code).to.equal(68);
    const [record] = reportOf(ended).records;
    expect(record).to.include({ status: 'conflict', key: 'harbour:700001:CUP-01:1', feed: changed, line: 2 });
    expect(journals()).to.deep.equal(['harbour:700001:CUP-01:1 HR-100001 3.4']);
  });

  it('ends unfinished if it cannot wait for a lost answer, and resumes', async () => {
    await using relay = await Relay.open(shop.org, { after: ({ isJournals }) => (isJournals ? 'cut' : undefined) });
    const file = await cli.file('till.csv', feedOf(cups(shop.members)));
    // The first look comes after two seconds.
    const ended = await start(['--file', file, '--settle', '64', '--wait', '1'], relay);
    expect(ended.code).to.equal(69);
    expect(ended.stdout)
      .to.include(': unfinished.')
      .and.to.match(/unknown +4/);
    const command = /^Continue with: sf loyalty (sync resume --run \S+ --outbox \S+) .*--target-org TARGET_ORG$/m.exec(
      ended.stdout,
    );
    expect(command?.[1]).to.include(cli.path('till.sqlite'));

    const resumed = await resume();
    expect(resumed.code).to.equal(0);
    expect(reportOf(resumed)).to.include({ ending: 'complete' });
    expect(journals()).to.have.lengthOf(4);
    expect(journalRequests(shop.org)).to.equal(1);
  });

  it('stops when the session ends, says how to log in, and resumes with a new one', async () => {
    const file = await cli.file('till.csv', feedOf([...cups(shop.members), ...cups(shop.members, 710_001)]));
    await using relay = await Relay.open(shop.org, {
      after: ({ isJournals }) => {
        if (isJournals) shop.org.expireSessions();
      },
    });
    const target = { url: relay.url, accessToken: shop.org.accessToken };
    const ended = await start(['--file', file, '--json'], target);
    expect(ended.code).to.equal(69);
    const { ending, stopped, counts } = reportOf(ended);
    expect(ending).to.equal('stopped');
    expect(stopped).to.include({
      code: 'INVALID_SESSION_ID',
      action: 'Log in to the org again, such as with "sf org login web".',
    });
    // Confirmed transactions are done. Nothing else is sent before the org has shown them, which needs a session.
    expect(counts.items).to.include({ new: 8, done: 4, unknown: 0, ready: 4 });

    expect((await resume()).code).to.equal(0);
    expect(journals()).to.have.lengthOf(8);
  });

  it('reports that there is nothing to resume or to report, or that the run belongs to another program', async () => {
    const org = shop.org;
    const none = await resume();
    expect(errorOf(none).message).to.equal(
      `There is no outbox at ${cli.path('till.sqlite')}. Start a run first, or name the file of an earlier run.`,
    );
    await start(['--file', await cli.file('till.csv', feedOf(cups(['HR-100001'])))]);
    const [noRun, other, reported] = await Promise.all([
      cli.run('sync report', [...outbox, '--run', 'nope', '--json'], { org }),
      resume(['--program', 'Other']),
      cli.run('sync report', [...outbox, '--program', 'Other', '--json'], { org }),
    ]);
    expect(errorOf(reported).message).to.equal(errorOf(other).message);
    expect(errorOf(noRun).message).to.equal(`The outbox ${cli.path('till.sqlite')} has no run nope.`);
    expect(errorOf(other).message).to.match(/^Run \S+ belongs to the program "Harbour Rewards", not to "Other"\.$/);
    expect([none.code, noRun.code, other.code]).to.deep.equal([1, 1, 1]);
  });

  it('keeps one outbox per program', async () => {
    const file = await cli.file('till.csv', feedOf(cups(['HR-100001'])));
    await createProgram(shop.client, { ...harbourRewards, name: 'Quay Club' });
    const harbour = await start(['--file', file, '--program', 'harbour rewards', '--json']);
    expect(reportOf(harbour).program).to.equal('Harbour Rewards');
    shop.org.requests.reset();
    const [unnamed, other] = await Promise.all([
      start(['--file', file, '--json']),
      start(['--file', file, '--program', 'Quay Club', '--json']),
    ]);
    // Not in parallel with the others, because each of them can hold the outbox for a moment.
    const resumed = await resume();
    expect(errorOf(unnamed).message).to.equal(
      'Name the program: the org does not have exactly one active program. Its programs: "Harbour Rewards", "Quay Club".',
    );
    expect(errorOf(other).name).to.equal('OtherOwnerError');
    expect([unnamed.code, other.code]).to.deep.equal([1, 1]);
    // The run stores its program.
    expect(reportOf(resumed).program).to.equal('Harbour Rewards');
    expect(journalRequests(shop.org)).to.equal(0);
  });

  it('does not take a new local org for an earlier one, although the login is the same', async () => {
    const accessToken = '00D000000000000!made.up';
    const file = await cli.file('till.csv', feedOf(cups(['HR-100001'])));
    const args = ['--file', file, '--map', harbourMap, '--json'];
    const first = await cli.run('sync start', args, { org: { url: shop.org.url, accessToken } });
    expect(reportOf(first).counts.items.done).to.equal(1);
    await using other = await openShop({ members: 1 });
    const second = await cli.run('sync start', args, { org: { url: other.org.url, accessToken } });
    expect(errorOf(second).name).to.equal('OtherOwnerError');
    expect(errorOf(second).message).to.match(/, but for the org \S+\.$/);
  });
});
