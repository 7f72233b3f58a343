import { expect } from 'chai';
import { readFile } from 'node:fs/promises';
import { EnrollMemberResult } from '../../src/cli/results/memberResults.js';
import { GenerateFeedResult } from '../../src/cli/results/feedResults.js';
import { SyncResult } from '../../src/cli/sync/syncResult.js';
import { Cli, errorOf, resultOf } from '../support/cli.js';
import { expectScreen } from '../support/screen.js';
import { openShop } from '../support/cliOrg.js';

describe('loyalty generate feed', function () {
  this.timeout(60_000);

  let cli: Cli;

  before(async () => {
    cli = await Cli.create();
  });

  after(() => cli[Symbol.asyncDispose]());

  const generate = (...args: string[]) => cli.run('generate feed', args, { columns: 80 });

  it('writes feed, members and mapping, which the other commands take as they are', async () => {
    const files = ['--output-file', 'month.ndjson', '--members-file', 'people.csv', '--map-file', 'month.yml'];
    const result = resultOf(await generate('--rows', '60', '--members', '4', ...files, '--json'), GenerateFeedResult);
    expect(result).to.include({ file: 'month.ndjson', format: 'ndjson', membersFile: 'people.csv' });
    expect(result.counts).to.include({ rows: 60, transactions: 60, duplicates: 0, bad: 0, members: 4 });

    await using shop = await openShop({ members: 0 });
    const options = { org: shop.org };
    const enrolled = await cli.run('enroll member', ['--file', 'people.csv', '--json'], options);
    expect(resultOf(enrolled, EnrollMemberResult).counts).to.include({ enrolled: 4 });
    const feed = ['--file', 'month.ndjson', '--map', 'month.yml', '--outbox', 'o.sqlite'];
    const synced = resultOf(await cli.run('sync start', [...feed, '--json'], options), SyncResult);
    expect(synced.counts.items).to.include({ done: 60, refused: 0 });
  });

  it('says what is in the feed, and what to do with it', async () => {
    const shares = ['--duplicates', '5%', '--bad', '0.1', '--late', '0'];
    const files = [
      '--output-file',
      'feed.csv',
      '--members-file',
      'm.csv',
      '--map-file',
      'f.yml',
      '--answers-file',
      'a.csv',
    ];
    const { code, stdout, stderr } = await generate('--rows', '2000', '--seed', '7', ...shares, ...files);
    expect([code, stderr]).to.deep.equal([0, '']);
    expect(stdout.split('\n').filter((line) => line.length > 80)).to.deep.equal([]);
    expect(stdout).to.match(
      /^Wrote 2,000 rows to feed\.csv\.\n {2}1,\d{3} transactions of 200 members: 1,\d{3} purchases and \d+/,
    );
    expect(stdout).to.match(/ {2}\d+ bad rows: \d+ unreadable date, \d+ missing member,/);
    expect(stdout).to.contain('\na.csv says what each row is.\n');
    expect(stdout).to.contain(
      '\n  sf loyalty enroll member --file m.csv\n  sf loyalty sync start --file feed.csv --map f.yml\n',
    );
    const lines = (await readFile(cli.path('feed.csv'), 'utf8')).split('\r\n');
    const answers = (await readFile(cli.path('a.csv'), 'utf8')).split('\r\n');
    expect([lines.length, answers.length]).to.deep.equal([2002, 2002]);
  });

  it('takes members and kinds of transactions from a definition, and names its program', async () => {
    const definition = {
      name: "Pier's Club",
      currencies: [{ name: 'Points', type: 'NonQualifying', expiry: 'never' }],
      journalTypes: [{ name: 'Accrual', subtypes: ['Review'] }],
      processes: [{ name: 'Accrual', type: 'TransactionJournal', journalType: 'Accrual' }],
      members: [{ number: 'PC-1', lastName: 'Byron', enrollmentDate: '2026-01-01' }],
    };
    const file = await cli.file('club.json', JSON.stringify(definition));
    const files = ['--output-file', 'club.csv', '--members-file', 'club-members.csv', '--map-file', 'club.yml'];
    const ended = await generate('--definition', file, '--rows', '20', ...files);
    expect(ended.code).to.equal(0);
    expectScreen('generate feed', ended, [
      'Wrote 20 rows to club.csv.',
      '  20 transactions of 1 member: 19 purchases and 1 return.',
      'Next:',
      "  sf loyalty enroll member --file club-members.csv --program 'Pier'\\''s Club'",
      "  sf loyalty sync start --file club.csv --map club.yml --program 'Pier'\\''s Club'",
    ]);
    expect(await readFile(cli.path('club.csv'), 'utf8')).to.match(/\r\nT1-0000001,2026-09-\S+,PC-1,Accrual,Review,/);
    expect(await readFile(cli.path('club.yml'), 'utf8')).to.contain('source: "pier-s-club"');
  });

  it('writes to standard output, and ends quietly when its reader has had enough', async () => {
    const { stdout, stderr } = await cli.run('generate feed', ['--rows', '300000'], {
      shell: '{ "$@"; echo "code $?" >&2; } | head -n 2',
    });
    expect(stderr).to.equal('code 0\n');
    expect(stdout).to.match(/^Transaction,Date,Member,.*\r\nT1-0000001,2026-09-01T0.*\r\n$/);
  });

  it('refuses flags that do not fit together, with the exit code of a wrong flag', async () => {
    const [withoutFile, tooMuch, twice] = await Promise.all([
      generate('--json'),
      generate('--bad', '60%', '--late', '0.5', '--output-file', 'x.csv', '--json'),
      generate('--output-file', 'x.csv', '--map-file', './x.csv', '--json'),
    ]);
    expect(errorOf(withoutFile)).to.include({
      status: 2,
      message: 'With --json, the feed needs a file: standard output has the counts.',
    });
    expect(errorOf(tooMuch).message).to.contain('are more than 1 together');
    expect(errorOf(twice)).to.include({
      status: 2,
      message: '--output-file and --map-file name the same file, ./x.csv.',
    });
  });
});
