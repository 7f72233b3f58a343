import { expect } from 'chai';
import { readFile, writeFile } from 'node:fs/promises';
import { packageSource } from '../../src/cli/packageSource.js';
import { Cli, errorOf } from '../support/cli.js';
import type { Ended } from '../support/cli.js';
import { cups, feedOf, harbourMap, reportOf } from '../support/cliFeed.js';
import { openShop, seen } from '../support/cliOrg.js';
import type { Shop } from '../support/cliOrg.js';

describe('loyalty sync start that fails before it sends anything', function () {
  this.timeout(120_000);

  let shop: Shop;
  let cli: Cli;
  let map: string;
  let good: string;
  let feed: string;

  beforeEach(async () => {
    [shop, cli] = await Promise.all([openShop({ members: 3, source: packageSource }), Cli.create()]);
    good = await readFile(harbourMap, 'utf8');
    map = await cli.file('till.yml', good);
    feed = await cli.file('till.csv', feedOf(cups(shop.members)));
  });

  afterEach(async () => {
    await cli[Symbol.asyncDispose]();
    await shop[Symbol.asyncDispose]();
  });

  const outbox = (name: string): string[] => ['--outbox', cli.path(name)];
  const start = (name: string, args: readonly string[] = []): Promise<Ended> =>
    cli.run('sync start', ['-f', feed, '-m', map, ...outbox(name), ...args], { org: shop.org });
  const run = (words: string, args: readonly string[] = []): Promise<Ended> =>
    cli.run(words, [...outbox('till.sqlite'), ...args], { org: shop.org });

  const faults: Readonly<Record<string, () => Promise<unknown>>> = {
    'a misspelt column': () => writeFile(map, good.replace('member: Member', 'member: Membre')),
    'an empty feed': () => writeFile(feed, ''),
    'a feed of another encoding': () => writeFile(feed, Buffer.from(feedOf(cups(shop.members)).slice(1), 'utf16le')),
  };

  for (const [fault, make] of Object.entries(faults)) {
    it(`by ${fault}: the next run of the same outbox and of another one sends at once`, async () => {
      await make();
      const failed = await start('till.sqlite');
      expect(failed.code).to.equal(1);
      await writeFile(map, good);
      await writeFile(feed, feedOf(cups(shop.members)));
      // With the default settle time of twelve minutes: waiting would end the test.
      const other = reportOf(await start('other.sqlite', ['--limit', '1', '--json']));
      expect(other.counts.items).to.include({ done: 1, sentNow: 1 });
      const same = reportOf(await start('till.sqlite', ['--limit', '1', '--json']));
      expect(same.counts.items).to.include({ done: 1, found: 1 });
    });
  }

  it('says everywhere that the run cannot go on with its mapping, and how to start again', async () => {
    await writeFile(map, good.replace('member: Member', 'member: Membre'));
    expect((await start('till.sqlite')).code).to.equal(1);
    await writeFile(map, good);

    const command = `sf loyalty sync start --file ${feed} --map ${map} --source harbour`;
    const report = await run('sync report');
    expect(report.stdout).to.include(
      `start again; rows that are already known are recognized by their keys: ${command}`,
    );
    expect(report.stdout).to.not.include('sync resume');

    const resumed = errorOf(await run('sync resume', ['--json']));
    expect(resumed.message).to.include('till.yml (as it was when the run began) line');
    expect(resumed.actions?.join('\n')).to.include(command);

    expect((await run('sync retry', ['--json'])).code, 'no row of it was read').to.equal(0);
    expect((await start('till.sqlite')).code).to.equal(0);
    expect(seen(shop.org, 'POST', '/connect/realtime/')).to.equal(1);
  });
});
