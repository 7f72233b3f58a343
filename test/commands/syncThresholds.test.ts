import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { Cli, errorOf } from '../support/cli.js';
import { cups, csvRows, feedOf, harbourMap, reportOf } from '../support/cliFeed.js';
import { openShop } from '../support/cliOrg.js';
import type { Shop } from '../support/cliOrg.js';

describe('sync start --notify-progress', () => {
  let cli: Cli;
  let shop: Shop;

  before(async () => {
    [cli, shop] = await Promise.all([Cli.create(), openShop()]);
  });
  after(async () => {
    await cli[Symbol.asyncDispose]();
    await shop[Symbol.asyncDispose]();
  });

  async function start(name: string, members: readonly string[], receipt: number, flags: readonly string[]) {
    const feed = cli.path(`${name}.csv`);
    await writeFile(feed, feedOf(cups(members, receipt)));
    const own = ['--file', feed, '--map', harbourMap, '--program', 'Harbour Rewards'];
    return cli.run('sync start', [...own, ...flags], { org: shop.org });
  }

  it('prints a line for each threshold, and lists them in --json and in the results folder', async function () {
    this.timeout(60_000);
    const five = Array.from({ length: 5 }, () => 'HR-100001');
    const notify = ['--notify-progress', '50, 80%'];
    const first = await start('first', five, 1, notify);
    expect(first.stdout).to.contain('HR-100001: 50 % of "Ten cups, one free": 5 of 10, 5 to go\n');
    expect(first.stdout).not.to.contain('80 %');

    const second = reportOf(await start('second', five.slice(2), 6, [...notify, '--json']));
    expect(second.thresholds).to.have.length(1);
    const [crossed] = second.thresholds ?? [];
    expect(crossed).to.deep.include({ member: 'HR-100001', threshold: 80, round: 1, completed: 8, toGo: 2 });
    const rows = csvRows(await readFile(join(second.results ?? '', 'thresholds.csv'), 'utf8'));
    expect(rows).to.have.length(1);
    expect(rows[0]).to.include({ member: 'HR-100001', threshold: '80', eventId: crossed?.id, told: 'true' });
  });

  it('reads nothing and lists nothing without it', async function () {
    this.timeout(60_000);
    const report = reportOf(await start('third', ['HR-100002'], 20, ['--json']));
    expect(report).not.to.have.property('thresholds');
  });

  it('refuses what is not a list of percentages', async () => {
    for (const flag of ['0', '101', '50;80', '50,,80', '']) {
      const ended = await start('bad', [], 30, ['--notify-progress', flag, '--json']);
      expect(ended.code, flag).to.not.equal(0);
      expect(errorOf(ended).message).to.match(/is not a list of percentages/);
    }
  });
});
