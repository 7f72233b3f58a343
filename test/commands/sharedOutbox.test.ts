import { expect } from 'chai';
import { readFile } from 'node:fs/promises';
import { harbourFeed } from '../../src/program/index.js';
import { FilesHandedIn } from '../../src/cli/sync/filesHandedIn.js';
import { HandInResult } from '../../src/cli/sync/handInResult.js';
import { SyncForgetResult } from '../../src/cli/sync/forgetResult.js';
import { SyncWorkerResult } from '../../src/cli/sync/syncWorkerResult.js';
import { Cli, errorOf, resultOf } from '../support/cli.js';
import type { Ended, Running } from '../support/cli.js';
import { csvRows, harbourMap, reportOf } from '../support/cliFeed.js';
import { journalRequests, openShop } from '../support/cliOrg.js';
import type { Shop } from '../support/cliOrg.js';
import { Relay } from '../support/cliRelay.js';
import { startServe } from '../support/servedDoor.js';
import type { Transaction } from '../../src/sync/index.js';
import { post, sale } from '../door/openDoor.js';
import { PostgresServer } from '../support/postgresServer.js';

const members = 40;

describe('loyalty sync with a shared outbox', function () {
  this.timeout(120_000);

  let shop: Shop;
  let cli: Cli;
  let server: PostgresServer;
  let feed: string;
  /** A member of the feed. */
  let member: string;

  before(async () => {
    [shop, cli, server] = await Promise.all([openShop({ members }), Cli.create(), PostgresServer.start()]);
    const text = [...harbourFeed({ seed: 7, rows: 600, members, withoutMember: 0 })].join('');
    feed = await cli.file('feed.csv', text);
    member = csvRows(text)[0]?.['Member'] ?? '';
  });

  after(async () => {
    await Promise.all([cli, shop, server].map((each) => each[Symbol.asyncDispose]()));
  });

  const results = (): string[] => ['--results-dir', cli.path('results')];
  const start = (outbox: string, org: Shop['org'] | Relay = shop.org, more: readonly string[] = []): Running =>
    cli.start(
      'sync start',
      ['--file', feed, '--map', harbourMap, '--outbox', outbox, ...results(), ...more, '--json'],
      { org },
    );

  it('goes on elsewhere when the process that delivers is killed, and loses and doubles nothing', async () => {
    const outbox = `${await server.createDatabase()}?lease=2`;
    let sent = 0;
    await using relay = await Relay.open(shop.org, {
      before: ({ isJournals }) => {
        if (!isJournals || ++sent !== 4) return undefined;
        running.kill('SIGKILL');
        return 'cut';
      },
    });
    const running = start(outbox, relay, ['--batch-size', '10', '--concurrency', '1']);
    expect((await running.ended).code).to.equal(null);

    const elsewhere = await cli.start('sync resume', ['--outbox', outbox, ...results(), '--settle', '1', '--json'], {
      org: shop.org,
    }).ended;
    const report = reportOf(elsewhere);
    expect(report.ending).to.equal('complete');
    expect(report.counts.items.done).to.equal(report.counts.items.new);
    const journals = await shop.client.query.all(
      'SELECT ExternalTransactionNumber FROM TransactionJournal WHERE ExternalTransactionNumber != null',
    );
    expect(journals).to.have.lengthOf(report.counts.items.new);

    shop.org.requests.reset();
    const again = reportOf(await start(outbox).ended);
    expect(again.counts.transactions).to.include({ new: 0, known: journals.length });
    expect(journalRequests(shop.org)).to.equal(0);
  });

  it('tells what it is called without its password, and is reported, planned and erased from anywhere', async () => {
    const outbox = `${(await server.createDatabase()).replace('postgres@', 'postgres:s3cret@')}?outbox=harbour`;
    const planned = await start(outbox, shop.org, ['--dry-run']).ended;
    expect(reportOf(planned).ending).to.equal('planned');
    const started = await start(outbox).ended;
    expect(reportOf(started).outbox).to.match(/^postgres:\/\/postgres@127\.0\.0\.1:\d+\/test\d+\?outbox=harbour$/);
    const reported = await cli.run('sync report', ['--outbox', outbox], { org: shop.org });
    expect(reported.stdout).to.include('Harbour Rewards');
    for (const { stdout, stderr } of [planned, started, reported]) expect(stdout + stderr).not.to.include('s3cret');

    const erase = ['--outbox', outbox, '--member', member, '--no-prompt', '--json'];
    const erased = resultOf(await cli.run('sync forget', erase, { org: shop.org }), SyncForgetResult);
    expect(erased.status).to.equal('erased');
    const database = new URL(outbox).pathname.slice(1);
    const [left] = await server.query(
      database,
      `SELECT count(*)::int AS n FROM loyalty_outbox.change WHERE position('${member}' IN encode(patch, 'escape')) > 0`,
    );
    expect(left).to.deep.equal({ n: 0 });
  });

  it('is served by doors that deliver nothing, and say what is in its inbox', async () => {
    const outbox = await server.createDatabase();
    const place = ['--outbox', outbox, '--settle', '720'];
    const served = async (args: readonly string[], pushed: Transaction): Promise<Ended> => {
      const { running, url } = startServe(cli, shop.org, args, { outbox: place });
      expect(await post(`${await url}/transactions`, pushed)).to.nested.include({ status: 202, 'body.is': 'stored' });
      running.kill('SIGTERM');
      const ended = await running.ended;
      expect(ended.code, ended.stderr).to.equal(0);
      return ended;
    };
    shop.org.requests.reset();
    const shown = await served([], sale('door-1'));
    expect(shown.stdout).to.include('sf loyalty sync worker --source till');
    expect(shown.stdout).to.match(/^1 stored in the inbox, where [01] wait for a worker\.$/m);
    const result = resultOf(await served(['--json'], sale('door-2')), HandInResult);
    expect(result).to.include({ program: 'Harbour Rewards', source: 'till', outbox, stored: 1 });
    expect(journalRequests(shop.org)).to.equal(0);
    const delivers = ['--source', 'till', '--outbox', outbox, '--concurrency', '2', '--json'];
    expect(errorOf(await cli.run('sync serve', delivers, { org: shop.org })).message).to.include('--concurrency');
  });

  it('takes files from a machine that delivers nothing, for a worker that reads them', async () => {
    const outbox = await server.createDatabase();
    const place = ['--outbox', outbox, '--file', feed, '--map', harbourMap, '--intake-only'];
    shop.org.requests.reset();
    const shown = await cli.run('sync start', place, { org: shop.org });
    expect(shown.code, shown.stderr).to.equal(0);
    expect(shown.stdout).to.include(`${feed}: 600 rows, handed in as feed 1.`);
    expect(shown.stdout).to.include('sf loyalty sync worker --source harbour');
    const { files, ...about } = resultOf(
      await cli.run('sync start', [...place, '--json'], { org: shop.org }),
      FilesHandedIn,
    );
    expect(about).to.deep.equal({ outbox, program: 'Harbour Rewards', source: 'harbour' });
    expect(files).to.have.lengthOf(1);
    expect(files[0]).to.include({ path: feed, isNew: false, rows: 600, rejected: 0, firstRejection: null });
    expect(journalRequests(shop.org)).to.equal(0);

    const works = [
      '--source',
      'harbour',
      '--outbox',
      outbox,
      '--exit-when-idle',
      ...results(),
      '--settle',
      '1',
      '--json',
    ];
    const worked = resultOf(await cli.run('sync worker', works, { org: shop.org }), SyncWorkerResult);
    expect(worked.report?.counts.rows).to.include({ read: 600, used: 600 });
    expect(worked).to.include({ timesActive: 1, feedsRefused: 0 });

    const bad = await cli.file('bad.csv', (await readFile(feed, 'utf8')).replace(member, ''));
    const partly = await cli.run('sync start', [...place.with(3, bad), '--json'], { org: shop.org });
    expect(partly.code).to.equal(68);
    await server.query(
      new URL(outbox).pathname.slice(1),
      `UPDATE loyalty_outbox.feed SET refusal = 'It has no header.'`,
    );
    const later = await cli.run('sync worker', works, { org: shop.org });
    expect([later.code, resultOf(later, SyncWorkerResult).feedsRefused]).to.deep.equal([68, 1]);
    const corrected = [...place.with(3, bad), '--replace-refused', '--json'];
    expect(
      resultOf(await cli.run('sync start', corrected, { org: shop.org }), FilesHandedIn).files[0]?.replaced,
    ).to.have.lengthOf(1);
    await server.query(
      new URL(outbox).pathname.slice(1),
      `UPDATE loyalty_outbox.feed SET mapping = mapping || E'\\nnewThing: 1'`,
    );
    const old = await cli.run('sync worker', works, { org: shop.org });
    const { feedsLeft, report } = resultOf(old, SyncWorkerResult);
    expect([old.code, feedsLeft, report?.ending]).to.deep.equal([69, 1, 'complete']);
    expect(old.stderr).to.match(/bad\.csv#\d+ waits: .* Update the plugin here/);
    for (const [flags, part] of [
      [place.with(1, cli.path('file.sqlite')), 'postgres://USER@HOST/DATABASE'],
      [place.with(3, '-'), 'Save standard input'],
      [[...place, '--concurrency', '2'], '--concurrency'],
    ] as const) {
      const failed = await cli.run('sync start', [...flags, '--json'], { org: shop.org });
      expect([failed.code, failed.stdout]).to.satisfy(
        ([code, text]: [number, string]) => code === 2 && text.includes(part),
      );
    }
  });

  it('says at once that there is no server, no such database, or no outbox', async () => {
    const url = await server.createDatabase();
    const none = errorOf(await cli.run('sync report', ['--outbox', url, '--json'], { org: shop.org }));
    expect(none.name).to.equal('NoOutboxError');
    // A command to paste, in any folder.
    expect(none.actions?.join()).to.include(`--outbox ${url} `);
    const database = errorOf(await start(url.replace(/test\d+$/, 'nowhere')).ended);
    expect(database.message).to.include('database "nowhere" does not exist');
    const away = errorOf(await start('postgres://postgres@127.0.0.1:1/test').ended);
    expect(away.message).to.include('ECONNREFUSED');
    expect(away.name).to.equal('OutboxDatabaseError');
  });

  it('ends with 69 in every command if its database cannot be used', async () => {
    const files = ['--file', feed, '--map', harbourMap];
    const outbox = 'postgres://till:s3cret@127.0.0.1:1/test';
    const ended = await Promise.all(
      (
        [
          ['sync start', ...files],
          ['sync start', ...files, '--dry-run'],
          ['sync start', ...files, '--intake-only'],
          ['sync serve', '--source', 'till', '--port', '0'],
          ['sync worker', '--source', 'till'],
          ['sync resume'],
          ['sync retry'],
          ['sync report'],
          ['sync verify'],
          ['sync forget', '--member', member, '--no-prompt'],
          ['credit points', '--member', member, '--points', '1', '--key', 'key-1'],
        ] as const
      ).map(async ([name, ...args]) => {
        const { code, stdout } = await cli.run(name, [...args, '--outbox', outbox, '--json'], { org: shop.org });
        expect(stdout).to.include('till@127.0.0.1:1').and.not.include('s3cret');
        return [name, code];
      }),
    );
    expect(ended.filter(([, code]) => code !== 69)).to.deep.equal([]);
  });
});
