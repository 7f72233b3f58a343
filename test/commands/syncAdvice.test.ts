import { expect } from 'chai';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { packageSource } from '../../src/cli/packageSource.js';
import { withStages } from '../../src/cli/sync/progressStages.js';
import { Cli } from '../support/cli.js';
import type { Ended } from '../support/cli.js';
import { csvRows, cups, feedOf, harbourMap, reportOf } from '../support/cliFeed.js';
import type { SyncProgress } from '../../src/sync/index.js';
import { openShop, writes } from '../support/cliOrg.js';
import type { Shop } from '../support/cliOrg.js';

describe('what a sync says to do next', function () {
  this.timeout(120_000);

  let shop: Shop;
  let cli: Cli;
  let map: string;
  let good: string;
  let feed: string;

  beforeEach(async () => {
    [shop, cli] = await Promise.all([openShop({ members: 2, source: packageSource }), Cli.create()]);
    good = await readFile(harbourMap, 'utf8');
    map = await cli.file('till.yml', good);
    feed = await cli.file('till.csv', feedOf(cups(shop.members)));
  });

  afterEach(async () => {
    await cli[Symbol.asyncDispose]();
    await shop[Symbol.asyncDispose]();
  });

  const start = (args: readonly string[] = []): Promise<Ended> =>
    cli.run('sync start', ['-f', feed, '-m', map, '--outbox', cli.path('till.sqlite'), ...args], { org: shop.org });

  it('of a refusal: a retry where the org was at fault, and a new start where the mapping or the rows were', async () => {
    await writeFile(map, good.replace('value: Accrual', 'value: Acrual'));
    const refused = await start();
    expect(refused.code).to.equal(68);
    expect(refused.stdout)
      .to.match(/reason was in the org and is gone there, send the same again: sf loyalty sync retry --outbox/)
      .and.to.include(`correct them and read the feed again: sf loyalty sync start --file ${feed} --map ${map}`);
    await writeFile(map, good);
    const corrected = await start(['--json']);
    expect(corrected.code).to.equal(0);
    expect(reportOf(corrected).counts.items).to.include({ corrected: 2, done: 2 });
  });

  it('from any folder: the mapping is named by its whole path, as the feed is', async () => {
    await writeFile(map, good.replace('value: Accrual', 'value: Acrual'));
    const refused = await cli.run('sync start', ['-f', feed, '-m', 'till.yml'], { org: shop.org });
    expect(refused.code).to.equal(68);
    expect(refused.stdout).to.match(new RegExp(` --map (\\S+[/\\\\])till\\.yml .*--source `));
    expect(refused.stdout).to.not.include(' --map till.yml');
  });

  it('of several rows with one reason: which of them it quotes, and where each was read', async () => {
    await writeFile(feed, feedOf([...cups(['HR-888', 'HR-999']), ...cups(['', ''], 800_001)]));
    const { stdout } = await start();
    expect(stdout.replaceAll(/\s+/g, ' '))
      .to.match(/2 × rejected, missing-member: first: /)
      .and.to.match(/2 × refused, UNKNOWN_MEMBER: first: \S+ \(till\.csv line 2\): /);
    const { results } = reportOf(
      await cli.run('sync report', ['--outbox', cli.path('till.sqlite'), '--json'], { org: shop.org }),
    );
    const rows = csvRows(await readFile(join(results ?? '', 'transactions.csv'), 'utf8'));
    expect(rows.map(({ member, feed: from, line }) => [member, from, line])).to.deep.equal([
      ['HR-888', feed, '2'],
      ['HR-999', feed, '3'],
    ]);
  });

  it('of a dry run: the level that a run would have, without a write to the org', async () => {
    const codes = reportOf(await start(['--dry-run', '--json'])).notes.map(({ code }) => code);
    expect(codes).to.include('level-1').and.to.not.include('level-0');
    expect(writes(shop.org)).to.equal(0);
  });

  it('of a wait: until when, and why', async () => {
    const saidOf = async (waitingFor: SyncProgress['waitingFor']): Promise<string> => {
      const lines: string[] = [];
      await withStages({ silent: false, log: (line) => lines.push(line) }, async (onProgress) => {
        const progress = { run: 'r', read: 4, settled: 0, open: 4, requests: 1 } as const;
        onProgress({ ...progress, phase: 'waiting', waitingUntil: Date.now() + 600_000, waitingFor });
      });
      return lines.join('\n');
    };
    expect(await saidOf('underWay')).to.match(
      /Waits until .*: an earlier request may still be under way; then the org is asked\./,
    );
    expect(await saidOf('earlierProcess')).to.match(
      /Waits until .* with all 4 open: the process before was killed, .* requests may still arrive \(see --settle\)\./,
    );
  });

  it('of what is unknown: what that means', async () => {
    const match = { method: 'POST', path: '/connect/realtime/*' } as const;
    shop.org.faults.replace({ rules: [{ fault: 'silence', match }] });
    const { stdout, code } = await start(['--wait', '1', '--settle', '600']);
    expect(code).to.equal(69);
    expect(stdout.replaceAll(/\s+/g, ' ')).to.match(
      /2 × unknown.*Nobody knows yet whether the org has it\. The next run looks it up/,
    );
  });
});
