import { expect } from 'chai';
import { readFile, symlink } from 'node:fs/promises';
import { Cli, errorOf } from '../support/cli.js';
import { cups, feedOf, harbourMap, reportOf } from '../support/cliFeed.js';
import { openShop } from '../support/cliOrg.js';
import type { Shop } from '../support/cliOrg.js';
import { Relay } from '../support/cliRelay.js';

describe('loyalty sync start, at its end', function () {
  this.timeout(120_000);

  let shop: Shop;
  let cli: Cli;

  beforeEach(async () => {
    shop = await openShop({ members: 2 });
    cli = await Cli.create();
  });

  afterEach(async () => {
    await cli[Symbol.asyncDispose]();
    await shop[Symbol.asyncDispose]();
  });

  async function start(rows: readonly string[], args: readonly string[] = [], outbox = 'till.sqlite') {
    const file = await cli.file('till.csv', feedOf(rows));
    const all = ['--file', file, '--map', harbourMap, '--outbox', cli.path(outbox), ...args];
    return cli.run('sync start', all, { org: shop.org });
  }

  it('prints a command that goes on as the run was told to deliver, in a later report too', async () => {
    const match = { method: 'POST', path: '/connect/realtime/*' } as const;
    shop.org.faults.replace({ rules: [{ fault: 'error', status: 400, errorCode: 'UNABLE_TO_LOCK_ROW', match }] });
    const words = ['--prefer', 'calls', '--per-member', '2', '--batch-size', '50', '--reserve', '10'];
    const ended = await start(cups(['HR-100001']), [...words, '--wait', '1', '--settle', '1']);
    const outbox = cli.path('till.sqlite');
    const later = await cli.run('sync report', ['--outbox', outbox], { org: shop.org });
    for (const { stdout } of [ended, later]) {
      const [line = ''] = stdout.split('\n').filter((each) => each.startsWith('Continue with: '));
      expect(line.replace(/--run \S+ --outbox \S+/, 'RUN')).to.equal(
        'Continue with: sf loyalty sync resume RUN --batch-size 50 --prefer calls --per-member 2 --settle 1 --wait 1 --reserve 10 --target-org TARGET_ORG',
      );
    }
  });

  it('reports what blocks every open transaction, and how often it was tried', async () => {
    const [status, errorCode, message] = [400, 'UNABLE_TO_LOCK_ROW', 'unable to obtain exclusive access'] as const;
    const match = { method: 'POST', path: '/connect/realtime/*' } as const;
    shop.org.faults.replace({ rules: [{ fault: 'error', status, errorCode, message, match }] });
    const ended = await start(cups(['HR-100001']), ['--wait', '4', '--settle', '1']);
    expect(ended.code).to.equal(69);
    expect(ended.stdout.replaceAll(/\s+/g, ' ')).to.match(
      /What needs attention: 1 × ready, not sent yet, UNABLE_TO_LOCK_ROW, tried \d+ times: \S+ \(till\.csv line 2\): unable to obtain/,
    );
    const args = ['--outbox', cli.path('till.sqlite'), '--json'];
    const report = reportOf(await cli.run('sync report', args, { org: shop.org }));
    expect(report.reasons[0]).to.include({ status: 'ready', code: 'UNABLE_TO_LOCK_ROW', count: 1 });
    expect(report.records[0]?.tries).to.be.above(1);

    shop.org.faults.clear();
    expect((await cli.run('sync resume', args, { org: shop.org })).code).to.equal(0);
  });

  it('counts sent and found transactions separately, and those without effect', async () => {
    const [cup = '', gift = ''] = cups(['HR-100001', 'HR-100002']);
    await start([cup], [], 'other.sqlite');
    const rows = [cup, gift.replace(',3.4,', ',0,')];
    const { code, stdout } = await start(rows, ['--settle', '1']);
    expect(code).to.equal(0);
    expect(stdout)
      .to.match(/^ +sent now +1$/m)
      .and.to.match(/^ +found in the org +1$/m)
      .and.to.match(/^ +without effect +1$/m);
    const another = gift.replace('700002', '700009').replace(',3.4,', ',0,');
    const fresh = await start([another], ['--fail-without-effect', '--settle', '1', '--json'], 'strict.sqlite');
    expect(fresh.code).to.equal(68);
    expect(reportOf(fresh).counts.items).to.include({ done: 1, sentNow: 1, withoutEffect: 1 });
  });

  it('does not change a calendar day of the feed', async () => {
    const mapping = (await readFile(harbourMap, 'utf8')).trimEnd();
    const map = await cli.file('day.yml', `${mapping}\n  InvoiceDate: { date: Date, format: d/M/yyyy HH:mm }\n`);
    const late = cups(['HR-100001'])[0]?.replace('1/9/2026 07:05', '1/9/2026 00:05') ?? '';
    const file = await cli.file('day.csv', feedOf([late]));
    const args = ['--file', file, '--map', map, '--outbox', cli.path('day.sqlite'), '--json'];
    expect((await cli.run('sync start', args, { org: shop.org })).code).to.equal(0);
    const [journal] = await shop.client.query.all('SELECT InvoiceDate, ActivityDate FROM TransactionJournal');
    expect(journal?.['InvoiceDate']).to.equal('2026-09-01');
    expect(journal?.['ActivityDate']).to.match(/^2026-08-31T23:05:00/);
  });

  it('refuses a second run on the same outbox under another name, and names the first', async () => {
    const told = Promise.withResolvers<undefined>();
    const stored = Promise.withResolvers<undefined>();
    await using relay = await Relay.open(shop.org, {
      after: async ({ isJournals }) => {
        if (!isJournals) return;
        stored.resolve(undefined);
        await told.promise;
      },
    });
    const file = await cli.file('till.csv', feedOf(cups(shop.members)));
    const args = ['--file', file, '--map', harbourMap, '--json', '--outbox'];
    const first = cli.start('sync start', [...args, cli.path('till.sqlite')], { org: relay });
    await Promise.race([stored.promise, first.ended]);
    await symlink(cli.path('till.sqlite'), cli.path('link.sqlite'));
    const second = await cli.run('sync start', [...args, cli.path('link.sqlite')], { org: shop.org });
    told.resolve(undefined);
    expect(errorOf(second).name).to.equal('OutboxBusyError');
    expect(errorOf(second).message).to.include(cli.path('till.sqlite')).and.to.include(`process ${first.pid} on`);
    expect((await first.ended).code).to.equal(0);
  });
});
