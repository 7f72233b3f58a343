import { expect } from 'chai';
import { rename } from 'node:fs/promises';
import { harbourRewards } from '../../src/program/index.js';
import { Cli } from '../support/cli.js';
import type { Ended } from '../support/cli.js';
import { cups, feedHeader, feedOf, harbourMap } from '../support/cliFeed.js';
import { openShop } from '../support/cliOrg.js';
import type { Shop } from '../support/cliOrg.js';
import { Relay } from '../support/cliRelay.js';
import { expectToBeText, hostile } from '../support/hostileText.js';

describe('hostile text in a feed, a file or an org', function () {
  this.timeout(120_000);

  let shop: Shop;
  let cli: Cli;
  const program = ['--program', harbourRewards.name];
  const member = ['--member', 'HR-100001'];

  before(async () => {
    shop = await openShop({ members: 2 });
    const { store } = shop.org;
    for (const { Id } of store.find('Promotion', {})) {
      store.update('Promotion', Id, { Name: `${hostile} ${Id}`.slice(0, 200) }, { as: 'org' });
    }
    cli = await Cli.create();
  });

  after(async () => {
    await cli[Symbol.asyncDispose]();
    await shop[Symbol.asyncDispose]();
  });

  /** Checks that the hostile text was printed, but only in escaped form. */
  function expectHarmless({ stdout, stderr }: Ended, shown = String.raw`\x1b[2J`): void {
    expectToBeText(stdout + stderr);
    expect(stdout + stderr).to.include(shown);
  }

  it('is safe on a terminal: cells', async () => {
    const cell = hostile.replaceAll(/[\r\n"]/g, ' ');
    const good = cups(['HR-100001', 'HR-100002']);
    const bad = [
      `9,CUP-01,${cell},1,${cell},3.4,HR-100001,Pier 4`,
      `10,CUP-01,x,${cell},1/9/2026 07:05,3.4,HR-100001,Pier 4`,
      `11,CUP-01,x,1,1/9/2026 07:05,3.4,"${hostile}",Pier 4`,
      `${cell},CUP-01,x,1,1/9/2026 07:05,3.4,nobody,Pier 4`,
    ];
    const file = await cli.file('cells.csv', feedOf([...good, ...bad]));
    const args = ['--file', file, '--map', harbourMap, '--outbox', cli.path('cells.sqlite'), '--settle', '1'];
    expectHarmless(await cli.run('sync start', ['--dry-run', ...args, ...program], { org: shop.org }));
    const ended = await cli.run('sync start', [...args, ...program], { org: shop.org });
    expect(ended.code).to.equal(68);
    expectHarmless(ended);
    expectHarmless(await cli.run('sync report', ['--outbox', cli.path('cells.sqlite')], { org: shop.org }));
  });

  it('is safe on a terminal: headers, file names and mappings', async () => {
    const name = `evil\x1b[2J\u009b31m.csv`;
    await rename(await cli.file('plain.csv', `${feedHeader},${hostile.replaceAll(/[\r\n"]/g, ' ')}\n`), cli.path(name));
    const map = await cli.file('evil\x1b[2J.yml', 'source: "\\e[2Jx"\nmember: "\\e[2J"\njournal: {}\n');
    const start = (more: string[]) => cli.run('sync start', [...more, ...program], { org: shop.org });
    for (const args of [
      ['--file', cli.path(name), '--map', map],
      ['--file', cli.path(`none\x1b[2J*.csv`), '--map', harbourMap],
      ['--file', cli.path(name), '--map', cli.path(`none\x1b[2J`)],
    ]) {
      const ended = await start(args);
      expect(ended.code).to.be.above(0);
      expectHarmless(ended);
    }
  });

  it('is safe on a terminal: names in the org', async () => {
    expectHarmless(await cli.run('list promotions', [...member, ...program], { org: shop.org, columns: 400 }));
    expectHarmless(
      await cli.run('update progress', [...member, ...program, '--promotion', 'none', '--by', '1'], { org: shop.org }),
    );
  });

  it('is safe on a terminal: codes and messages of an org', async () => {
    await using relay = await Relay.open(shop.org, {
      before: ({ method, url }) =>
        (method === 'POST' || url.includes('Promotion')) && { status: 400, errorCode: hostile, message: hostile },
    });
    for (const [words, args] of [
      ['credit points', [...member, '--points', '1', '--key', hostile.slice(0, 20)]],
      ['list promotions', member],
      ['list progress', member],
      ['enroll member', ['--member', 'HR-7', '--last-name', 'Xu']],
    ] as const) {
      const ended = await cli.run(words, [...args, ...program], { org: relay });
      expect(ended.code, words).to.be.above(0);
      expectHarmless(ended);
    }
  });

  it('is safe on a terminal: flags filled in by a script', async () => {
    for (const args of [['--program', hostile], [`--nope${hostile}`], ['--near', hostile]]) {
      const ended = await cli.run('list progress', args, { org: shop.org });
      expect(ended.code).to.be.above(0);
      expectHarmless(ended);
    }
    expectHarmless(
      await cli.run('credit points', ['--member', hostile, '--points', '1', ...program], { org: shop.org }),
    );
  });

  it('is safe on a terminal: requests that the local org prints', async () => {
    const running = cli.start('emulator start', ['--port', '0', '--verbose']);
    let printed = '';
    for await (const line of running.lines()) {
      printed += `${line}\n`;
      const [, url] = /listens on (\S+)/.exec(line) ?? [];
      if (url !== undefined) await fetch(`${url}/services/data/v65.0/query?q=%1b%5b2J`);
      if (line.includes('/query')) break;
    }
    running.kill('SIGTERM');
    await running.ended;
    expectToBeText(printed);
  });

  it('does nothing to a terminal: variables of the environment', async () => {
    for (const [variable, name] of [
      ['SF_ORG_API_VERSION', 'ApiVersionError'],
      ['SF_LOG_LEVEL', 'SF_LOG_LEVEL is'],
    ] as const) {
      const shell = `export ${variable}="$(printf '\\033[2J')"; exec "$@"`;
      const ended = await cli.run('list progress', program, { org: shop.org, shell });
      expectHarmless(ended);
      expect((ended.stdout + ended.stderr).split(name).length - 1, variable).to.equal(1);
      expect(ended.stdout + ended.stderr).to.not.match(/Warning: org-api-version|\n\s+at /);
    }
    const usual = await cli.run('list progress', [...program, '--json'], {
      org: shop.org,
      shell: 'export SF_ORG_API_VERSION=66.0 SF_LOG_LEVEL=warn; exec "$@"',
    });
    expect(usual).to.include({ code: 0, stderr: '' });
  });
});
