import { expect } from 'chai';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { RunList } from '../../src/cli/sync/runList.js';
import { Cli, expectToFit, resultOf } from '../support/cli.js';
import type { Ended } from '../support/cli.js';
import { cups, feedOf, harbourMap, reportOf } from '../support/cliFeed.js';
import { openShop } from '../support/cliOrg.js';
import type { Shop } from '../support/cliOrg.js';
import { Relay } from '../support/cliRelay.js';
import { PostgresServer } from '../support/postgresServer.js';

describe('loyalty sync report, when the process of a run was killed', function () {
  this.timeout(120_000);

  let shop: Shop;
  let cli: Cli;

  before(async () => {
    cli = await Cli.create();
  });

  after(() => cli[Symbol.asyncDispose]());

  const report = (outbox: string, ...args: string[]): Promise<Ended> =>
    cli.run('sync report', ['--outbox', outbox, ...args], { org: shop.org, columns: 80 });
  const listed = async (outbox: string, ...args: string[]): Promise<RunList> =>
    resultOf(await report(outbox, '--list', ...args, '--json'), RunList);

  /** Starts a run with eight purchases and a row without a member, and kills it when the org has carried out four. */
  async function killedRun(outbox: string, firstReceipt: number): Promise<void> {
    const rows = [...cups(shop.members, firstReceipt), ...cups(shop.members, firstReceipt + 100), ...cups([''], 1)];
    const feed = await cli.file('till.csv', feedOf(rows));
    const args = ['--file', feed, '--map', harbourMap, '--outbox', outbox, '--results-dir', cli.path('results')];
    await using relay = await Relay.open(shop.org, {
      after: async ({ isJournals }) => {
        if (!isJournals) return undefined;
        const [atWork] = (await listed(outbox)).runs;
        expect(atWork).to.include({ ending: 'running' });
        running.kill('SIGKILL');
        return 'cut';
      },
    });
    const running = cli.start('sync start', args, { org: relay });
    const { code, stderr } = await running.ended;
    expect(code, stderr).to.equal(null);
  }

  describe('with an outbox in a file', () => {
    let outbox: string;

    before(async () => {
      shop = await openShop({ members: 4 });
      outbox = cli.path('till.sqlite');
      await killedRun(outbox, 700_001);
    });

    after(() => shop[Symbol.asyncDispose]());

    it('says so, and how to go on, on the screen and in the summary', async () => {
      const ended = await report(outbox);
      expect([ended.code, ended.stderr]).to.deep.equal([0, '']);
      expect(ended.stdout).to.match(/^Run \S+ in Harbour Rewards: interrupted\.\nKILLED: .*was killed or crashed/);
      expect(ended.stdout).to.match(/^What it left open goes on with the next run of any kind\./m);
      expect(ended.stdout).to.match(/^Continue with: sf loyalty sync resume --run \S+ --outbox \S+till\.sqlite /m);
      expect(ended.stdout).to.match(
        /^The next run waits about 12 minutes for the 4 that were sent without an answer\./m,
      );
      const { results, ...told } = reportOf(await report(outbox, '--json'));
      expect(told).to.deep.include({ ending: 'interrupted' });
      expect(told).to.nested.include({ 'stopped.code': 'KILLED', 'counts.items.sent': 4, 'counts.items.ready': 4 });
      expect(told).to.not.have.property('endedAt');
      const summary = await readFile(join(results ?? '', 'summary.md'), 'utf8');
      expect(summary).to.match(/^# Run \S+ in Harbour Rewards: interrupted\./);
      expect(summary).to.include('was killed or crashed').and.to.include('sf loyalty sync resume --run ');
    });

    it('is listed with what it left open, below the runs that came later', async () => {
      const [dead] = (await listed(outbox)).runs;
      expect(dead).to.deep.include({
        source: 'harbour',
        program: 'Harbour Rewards',
        ending: 'interrupted',
        counts: { rows: 9, rejected: 1, read: 8, done: 0, refused: 0, attention: 1, open: 8 },
      });
      expect(dead?.stopped?.code).to.equal('KILLED');

      const feed = await cli.file('later.csv', feedOf(cups([...shop.members, 'HR-777'], 720_001)));
      const args = ['--file', feed, '--map', harbourMap, '--outbox', outbox, '--settle', '1', '--json'];
      expect((await cli.run('sync start', args, { org: shop.org })).code).to.equal(68);
      const { runs, runsLeftOut } = await listed(outbox);
      expect(runs.map(({ ending }) => ending)).to.deep.equal(['complete', 'interrupted']);
      expect(runs[0]?.counts).to.deep.equal({
        rows: 5,
        rejected: 0,
        read: 5,
        done: 12,
        refused: 1,
        attention: 1,
        open: 0,
      });
      expect(Date.parse(runs[0]?.endedAt ?? '')).to.be.at.least(Date.parse(runs[0]?.startedAt ?? ''));
      expect([runs[1]?.run, runs[1]?.endedAt, runsLeftOut]).to.deep.equal([dead?.run, undefined, 0]);
      expect(await listed(outbox, '--limit', '1')).to.deep.include({ runs: runs.slice(0, 1), runsLeftOut: 1 });

      const shown = await report(outbox, '--list', '--limit', '2');
      expectToFit(shown);
      expect([shown.code, shown.stderr]).to.deep.equal([0, '']);
      expect(shown.stdout).to.include(
        `${dead?.run}: interrupted, killed or crashed\n  source harbour, program Harbour`,
      );
      expect(shown.stdout.replaceAll(/\s+/g, ' ')).to.include(
        '5 rows read, 0 rejected; 12 transactions done, 1 refused, 0 open; for a person: 1',
      );
      expect(shown.stdout).to.match(/^Report of one run: sf loyalty sync report --run RUN --outbox /m);
    });

    it('is listed alone: flags for one run are refused', async () => {
      for (const other of [
        ['--run', 'x'],
        ['--key', 'x'],
        ['--results-dir', '.'],
        ['--results-format', 'csv'],
      ]) {
        const { code, stderr } = await report(outbox, '--list', ...other);
        expect([other[0], code]).to.deep.equal([other[0], 2]);
        expect(stderr).to.include('cannot also be provided when using --list');
      }
      const limited = await report(outbox, '--limit', '1');
      expect(limited.code).to.equal(2);
      expect(limited.stderr).to.include('--list');
    });
  });

  it('says so with a shared outbox, too, as soon as the lease of the process has ended', async () => {
    await using server = await PostgresServer.start();
    // Another outbox in the same org would wait for the process that was killed.
    await using otherShop = await openShop({ members: 4 });
    shop = otherShop;
    const outbox = `${await server.createDatabase()}?lease=60`;
    await killedRun(outbox, 730_001);
    const results = ['--results-dir', cli.path('results')];
    expect(reportOf(await report(outbox, ...results, '--json')).ending).to.equal('running');
    const { pathname } = new URL(outbox);
    await server.query(pathname.slice(1), 'UPDATE loyalty_outbox.outbox SET lease_until = clock_timestamp()');
    const { ending, stopped } = reportOf(await report(outbox, ...results, '--json'));
    expect([ending, stopped?.code]).to.deep.equal(['interrupted', 'KILLED']);
    expect((await listed(outbox)).runs)
      .to.have.length(1)
      .and.to.have.nested.property('[0].stopped.code', 'KILLED');
  });
});
