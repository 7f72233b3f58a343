import { expect } from 'chai';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Cli, errorOf } from '../support/cli.js';
import type { Target } from '../support/cli.js';
import { csvRows, cups, feedHeader, feedOf, harbourMap, reportOf } from '../support/cliFeed.js';
import { journalRequests, openShop, writes } from '../support/cliOrg.js';
import type { Shop } from '../support/cliOrg.js';

describe('loyalty sync start, given bad input', function () {
  this.timeout(60_000);

  let shop: Shop;
  let cli: Cli;
  let map: string;
  let feed: string;

  before(async () => {
    shop = await openShop({ members: 4 });
    cli = await Cli.create();
    map = await readFile(harbourMap, 'utf8');
    feed = await cli.file('good.csv', feedOf(cups(shop.members)));
  });

  beforeEach(() => shop.org.requests.reset());

  after(async () => {
    await cli[Symbol.asyncDispose]();
    await shop[Symbol.asyncDispose]();
  });

  let outboxes = 0;
  const start = (args: readonly string[], org: Target = shop.org) =>
    cli.run('sync start', [...args, '--outbox', cli.path(`${outboxes++}.sqlite`), '--json'], { org });

  it('names the wrong place in the mapping', async () => {
    const lineOf = (text: string): number => map.split('\n').findIndex((line) => line.includes(text)) + 1;
    const noColumn = await cli.file('column.yml', map.replace('Comment: Description', 'Comment: Descripton'));
    const noKey = await cli.file('key.yml', map.replace('member: Member', 'membr: Member'));
    const [column, key, none] = await Promise.all([
      start(['--file', feed, '--map', noColumn]),
      start(['--file', feed, '--map', noKey]),
      start(['--file', feed, '--map', cli.path('none.yml')]),
    ]);
    expect(errorOf(column).message).to.equal(
      `${noColumn} line ${lineOf('Comment:')} names the column Descripton, but the columns of ${feed} are ` +
        `${feedHeader.split(',').join(', ')}.`,
    );
    expect(errorOf(column).actions?.[0]).to.include('Write Description instead of Descripton');
    expect(errorOf(key).message)
      .to.include(`${noKey} line ${lineOf('member:')}`)
      .and.to.include('`membr`');
    expect(errorOf(key).actions?.[0]).to.include('Write `member` instead of `membr`');
    expect(errorOf(none).message).to.include(cli.path('none.yml'));
    expect([column.code, key.code]).to.deep.equal([1, 1]);
    expect(writes(shop.org)).to.equal(0);
  });

  it('refuses a route that cannot take several transactions of a member, before anything is read', async () => {
    const flags = ['--file', feed, '--map', harbourMap, '--route', 'records', '--per-member', '5'];
    const refused = await start(flags);
    expect(errorOf(refused).message).to.include('--per-member 5 cannot be used with --route records');
    expect(refused.code).to.equal(1);
    expect(writes(shop.org)).to.equal(0);
  });

  describe('with a limit of bad rows', () => {
    let gaps: string;
    before(async () => {
      const [first = '', ...others] = cups([...shop.members, ...shop.members]);
      gaps = await cli.file(
        'gaps.csv',
        feedOf([first, ...others].map((row, index) => (index < 2 ? row.replace(/HR-\d+/, '') : row))),
      );
    });

    for (const limit of ['1', '24.9%'])
      it(`stores and sends nothing if there are more: ${limit}`, async () => {
        const outbox = cli.path(`limited-${limit}.sqlite`);
        const args = ['--file', gaps, '--map', harbourMap, '--max-rejects', limit, '--outbox', outbox];
        const ended = await cli.run('sync start', [...args, '--json'], { org: shop.org });
        expect([ended.code, errorOf(ended).name]).to.deep.equal([1, 'TooManyRejectsError']);
        expect(errorOf(ended).message).to.match(
          /^Of \d rows, 2 would be rejected, more than the limit of (1|24\.9 %)\. Nothing was stored or sent\. The first: .*gaps\.csv line 2: Member is empty/,
        );
        expect(journalRequests(shop.org)).to.equal(0);
        expect((await cli.run('sync report', ['--outbox', outbox, '--json'], { org: shop.org })).code).to.equal(1);
      });

    for (const limit of ['2', '25%'])
      it(`reads on if there are not: ${limit}`, async () => {
        const ended = await start([
          '--file',
          gaps,
          '--map',
          harbourMap,
          '--max-rejects',
          limit,
          '--empty-outbox',
          'lookup',
        ]);
        expect(ended.code).to.equal(68);
        expect(reportOf(ended).counts.rows).to.include({ read: 8, rejected: 2 });
      });

    it('refuses what is no limit, and a stream', async () => {
      for (const limit of ['-1', '101%', '1.5', 'few']) {
        const ended = await start(['--file', gaps, '--map', harbourMap, `--max-rejects=${limit}`]);
        expect([limit, ended.code]).to.deep.equal([limit, 2]);
        expect(errorOf(ended).message).to.include(`"${limit}" is neither a number of rows nor a share such as 2%.`);
      }
      const stream = await start(['--file', '-', '--map', harbourMap, '--max-rejects', '1']);
      expect([stream.code, errorOf(stream).message]).to.deep.equal([
        2,
        'Standard input can be read only once, but --max-rejects reads the feed twice.',
      ]);
    });
  });

  it('stops an expression that fills the memory, rejects its row, and sends the rest', async () => {
    const large = `{ expression: '$contains(Store, "4") ? $string($length($pad("x", 400000000))) : Store' }`;
    const memory = await cli.file('memory.yml', map.replace('Comment: Description', `Comment: ${large}`));
    const rows = cups(shop.members.slice(0, 3), 700_101);
    for (const at of [0, 2]) rows[at] = String(rows[at]).replace('Pier 4', 'Quay');
    const file = await cli.file('large.csv', feedOf(rows));
    // Its own source, because the outboxes of the other tests are empty and the org must not know their source.
    const ended = await start(['--file', file, '--map', memory, '--source', 'large']);
    expect(ended.code).to.equal(68);
    const { counts, records } = reportOf(ended);
    expect(counts.rows).to.deep.equal({ read: 3, used: 2, skipped: 0, rejected: 1 });
    expect(counts.items.done).to.equal(2);
    expect(records.map(({ line, error }) => [line, error?.code])).to.deep.equal([[3, 'expression-stopped']]);
    // On a busy machine, its time can be over first.
    expect(records[0]?.error?.message).to.match(
      /the expression of Comment (needed more than 256 MB|did not end within \d+ seconds); /,
    );
  });

  it('rejects unreadable rows, keeps their text, and sends the rest', async () => {
    const [good = '', date = '', amount = '', bytes = '', quote = '', last = ''] = cups([
      ...['HR-100001', 'HR-100002', 'HR-100003', 'HR-100004'],
      ...['HR-100001', 'HR-100002'],
    ]);
    const bad = {
      3: date.replace('1/9/2026', '31/9/2026'),
      4: amount.replace(',3.4,', ',3.4€,'),
      5: bytes.replace('Flat white', 'Caf\xE9'),
      6: quote.replace('Flat white', '"Flat white'),
    };
    const lines = [feedHeader, good, ...Object.values(bad), last];
    // Latin-1 except for the euro sign, like the export of an old till.
    const content = Buffer.concat(
      lines.map((line) => Buffer.from(`${line}\n`, line.includes('\xE9') ? 'latin1' : 'utf8')),
    );
    const file = await cli.file('messy.csv', content);

    const ended = await start(['--file', file, '--map', harbourMap]);
    expect(ended.code).to.equal(68);
    const { counts, records, results } = reportOf(ended);
    expect(counts.rows).to.deep.equal({ read: 6, used: 2, skipped: 0, rejected: 4 });
    expect(counts.items.done).to.equal(2);
    expect(records.map(({ line, error }) => [line, error?.code])).to.deep.equal([
      [3, 'unreadable-date'],
      [4, 'unreadable-number'],
      [5, 'not-utf8'],
      [6, 'malformed-row'],
    ]);
    const said = records.map(({ error }) => error?.message ?? '');
    for (const [index, expected] of [/Date.*31\/9\/2026/, /UnitPrice.*3\.4€/, /byte/, /quote/i].entries()) {
      expect(said[index])
        .to.include(`${file} line ${index + 3}`)
        .and.to.match(expected);
      expect(said[index]).to.match(/correct the line(, or .+)?,? and read the file again\.$/);
    }
    const rejects = csvRows(await readFile(join(results ?? '', 'rejects.csv'), 'utf8'));
    expect(rejects.map(({ line, column, value }) => [line, column, value]).slice(0, 2)).to.deep.equal([
      ['3', 'Date', '31/9/2026 07:05'],
      ['4', 'UnitPrice', '3.4€'],
    ]);
    expect(rejects.map(({ raw }) => raw)).to.deep.equal([bad[3], bad[4], bad[5].replace('\xE9', '\uFFFD'), bad[6]]);
    expect(journalRequests(shop.org)).to.equal(1);
  });

  it('refuses a file that is missing, not text, or of an unknown format', async () => {
    const utf32 = await cli.file('utf32.csv', Buffer.from([0xff, 0xfe, 0, 0, 0x52, 0, 0, 0]));
    const sheet = await cli.file('till.xlsx', 'PK');
    const [text, kind, none] = await Promise.all([
      start(['--file', utf32, '--map', harbourMap]),
      start(['--file', sheet, '--map', harbourMap]),
      start(['--file', cli.path('none.csv'), '--map', harbourMap]),
    ]);
    expect(errorOf(text).message).to.include(`The feed ${utf32} is not UTF-8 text: it is UTF-32`);
    expect(errorOf(text).actions).to.deep.equal(['Save it as text, CSV or NDJSON, and try again.']);
    expect(errorOf(kind).message).to.equal(`The name of the feed ${sheet} does not tell its format.`);
    expect(errorOf(none).message).to.equal(`The feed ${cli.path('none.csv')} cannot be read: there is no such file.`);
    expect([text.code, kind.code, none.code]).to.deep.equal([1, 1, 1]);
    expect(writes(shop.org)).to.equal(0);
  });

  it('reports before it sends anything that a file or folder cannot be used, and why', async () => {
    const args = ['--file', feed, '--map', harbourMap, '--json'];
    const run = (more: readonly string[]) => cli.run('sync start', [...args, ...more], { org: shop.org });
    const outbox = cli.path('files.sqlite');
    const [folder, results, beneath] = await Promise.all([
      run(['--outbox', cli.home]),
      run(['--outbox', outbox, '--results-dir', feed]),
      run(['--outbox', `${feed}/outbox.sqlite`]),
    ]);
    expect(errorOf(folder)).to.include({ name: 'FileError', message: `${cli.home} cannot be used: it is a folder.` });
    for (const error of [results, beneath].map(errorOf)) {
      expect(error.message).to.equal(`${feed} cannot be used: a file is where a folder should be.`);
      expect(error.actions).to.have.lengthOf(1);
    }
    expect(writes(shop.org)).to.equal(0);
  });

  it('refuses a program that the org does not have, and an expired session', async () => {
    await using own = await openShop({ members: 1 });
    const over = { url: own.org.url, accessToken: own.org.accessToken };
    own.org.expireSessions();
    const args = ['--file', feed, '--map', harbourMap];
    const [program, session] = await Promise.all([start([...args, '--program', 'Harbor Rewards']), start(args, over)]);
    expect(errorOf(program).message).to.equal(
      'The org has no loyalty program named "Harbor Rewards". Its programs: "Harbour Rewards".',
    );
    expect(program.code).to.equal(1);
    expect(errorOf(session).message).to.include('INVALID_SESSION_ID');
    expect(errorOf(session).actions).to.deep.equal(['Log in to the org again, such as with "sf org login web".']);
    expect(session.code).to.equal(69);
    expect(writes(shop.org) + writes(own.org)).to.equal(0);
  });
});
