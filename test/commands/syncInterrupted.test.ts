import { expect } from 'chai';
import { execFileSync } from 'node:child_process';
import { open } from 'node:fs/promises';
import { Cli, errorOf } from '../support/cli.js';
import type { Running } from '../support/cli.js';
import { cups, feedOf, harbourMap, reportOf } from '../support/cliFeed.js';
import { journalRequests, openShop } from '../support/cliOrg.js';
import type { Shop } from '../support/cliOrg.js';
import { Relay } from '../support/cliRelay.js';

describe('loyalty sync start, while it is working', function () {
  this.timeout(60_000);

  let shop: Shop;
  let cli: Cli;

  beforeEach(async () => {
    shop = await openShop({ members: 4 });
    cli = await Cli.create();
  });

  afterEach(async () => {
    await cli[Symbol.asyncDispose]();
    await shop[Symbol.asyncDispose]();
  });

  /** Runs `work` while the org has stored the first journals of a run and has not answered yet. */
  async function during(args: readonly string[], work: (running: Running) => Promise<void>): Promise<Running> {
    const stored = Promise.withResolvers<undefined>();
    const told = Promise.withResolvers<undefined>();
    await using relay = await Relay.open(shop.org, {
      after: async ({ isJournals }) => {
        if (!isJournals) return;
        stored.resolve(undefined);
        await told.promise;
      },
    });
    const feed = await cli.file('till.csv', feedOf([...cups(shop.members), ...cups(shop.members, 710_001)]));
    const running = cli.start('sync start', ['--file', feed, '--map', harbourMap, ...args], { org: relay });
    await Promise.race([stored.promise, running.ended]);
    await work(running);
    told.resolve(undefined);
    await running.ended;
    return running;
  }

  it('drains after Ctrl-C, reports its progress, and can be resumed', async () => {
    const outbox = ['--outbox', cli.path('till.sqlite')];
    const running = await during([...outbox, '--json'], (run) => run.interrupt());
    const ended = await running.ended;
    expect(ended.code).to.equal(130);
    const { ending, counts } = reportOf(ended);
    expect(ending).to.equal('interrupted');
    expect(counts.items).to.include({ new: 8, done: 4, ready: 4, sent: 0, unknown: 0 });
    expect(journalRequests(shop.org)).to.equal(1);

    const resumed = await cli.run('sync resume', [...outbox, '--json'], { org: shop.org });
    expect(resumed.code).to.equal(0);
    expect(reportOf(resumed).counts.items.done).to.equal(8);
    expect(journalRequests(shop.org)).to.equal(2);
  });

  it('tells a person how to continue', async () => {
    const running = await during(['--outbox', cli.path('till.sqlite')], (run) => run.interrupt());
    const { stdout } = await running.ended;
    expect(stdout).to.match(/^Run \S+ in Harbour Rewards: interrupted\.$/m);
    expect(stdout).to.match(/^Continue with: sf loyalty sync resume --run \S+ --outbox \S+ --target-org TARGET_ORG$/m);
  });

  it('ends at once at the second Ctrl-C, and nothing is lost', async () => {
    const outbox = ['--outbox', cli.path('till.sqlite')];
    const running = await during([...outbox, '--json'], async (run) => {
      await run.interrupt();
      await run.interrupt();
    });
    expect(await running.ended).to.include({ code: 130, stdout: '' });

    const resumed = await cli.run('sync resume', [...outbox, '--settle', '1', '--json'], { org: shop.org });
    expect(reportOf(resumed).counts.items.done).to.equal(8);
    expect(journalRequests(shop.org)).to.equal(2);
  });

  it('is named if another process wants the same outbox, and can be watched', async () => {
    const outbox = ['--outbox', cli.path('till.sqlite')];
    const running = await during([...outbox, '--json'], async ({ pid }) => {
      const args = ['--file', cli.path('till.csv'), '--map', harbourMap, ...outbox, '--json'];
      const [second, resumed, report] = await Promise.all([
        cli.run('sync start', args, { org: shop.org }),
        cli.run('sync resume', [...outbox, '--json'], { org: shop.org }),
        cli.run('sync report', [...outbox, '--json'], { org: shop.org }),
      ]);
      for (const refused of [second, resumed]) {
        expect(refused.code).to.equal(69);
        expect(errorOf(refused).name).to.equal('OutboxBusyError');
        expect(errorOf(refused).message)
          .to.include(cli.path('till.sqlite'))
          .and.to.include(`process ${pid} on`)
          .and.to.match(/\. Wait until it has ended, or end it, then try again\.$/);
      }
      const { ending, counts } = reportOf(report);
      expect(ending).to.equal('running');
      expect(counts.items).to.include({ new: 8, sent: 4, ready: 4 });
    });
    const ended = await running.ended;
    expect(ended.code).to.equal(0);
    expect(reportOf(ended).counts.items.done).to.equal(8);
    expect(journalRequests(shop.org)).to.equal(2);
  });

  it('ends after Ctrl-C while it reads a named pipe that says nothing', async function () {
    if (process.platform === 'win32') this.skip();
    for (const hasWriter of [false, true]) {
      const pipe = cli.path(`till-${hasWriter}.csv`);
      execFileSync('mkfifo', [pipe]);
      await using writer = hasWriter ? await open(pipe, 'r+') : undefined;
      const args = ['--file', pipe, '--map', harbourMap, '--outbox', cli.path(`${hasWriter}.sqlite`)];
      const running = cli.start('sync start', args, { org: shop.org });
      const printed: string[] = [];
      for await (const line of running.lines()) {
        if (printed.push(line) === 1) running.kill('SIGINT');
      }
      expect((await running.ended).code, printed.join('\n')).to.equal(130);
      expect(printed.join('\n')).to.match(/^Run \S+ in Harbour Rewards: interrupted\.$/m);
      expect(writer === undefined).to.equal(!hasWriter);
    }
  });
});
