import { expect } from 'chai';
import { hostname } from 'node:os';
import { SyncWorkerResult } from '../../src/cli/sync/syncWorkerResult.js';
import { SyncVerifyResult } from '../../src/cli/sync/verifyResult.js';
import { openInbox } from '../../src/outbox/index.js';
import type { PostgresInbox } from '../../src/outbox/index.js';
import { sale } from '../door/openDoor.js';
import { Cli, errorOf, resultOf } from '../support/cli.js';
import type { Running } from '../support/cli.js';
import { reportOf } from '../support/cliFeed.js';
import { openShop } from '../support/cliOrg.js';
import type { Shop } from '../support/cliOrg.js';
import { Relay } from '../support/cliRelay.js';
import { PostgresServer } from '../support/postgresServer.js';
import { expectToAddUp } from '../sync/org/counts.js';

const members = 20;
const tillMapping =
  'source: till\nkey: id\nmember: card\njournal:\n  ActivityDate: { date: at }\n  JournalTypeName: { value: Accrual }\n';

describe('loyalty sync worker', function () {
  this.timeout(60_000);

  let shop: Shop;
  let cli: Cli;
  let server: PostgresServer;
  /** Number of the latest transaction. */
  let latest = 0;

  before(async () => {
    [shop, cli, server] = await Promise.all([openShop({ members }), Cli.create(), PostgresServer.start()]);
  });

  after(async () => {
    await Promise.all([cli, shop, server].map((each) => each[Symbol.asyncDispose]()));
  });

  const worker = (outbox: string, more: readonly string[] = []): string[] => [
    ...['--source', 'till', '--outbox', outbox, '--settle', '1', '--results-dir', cli.path('results'), ...more],
  ];

  async function openedInbox(): Promise<{ inbox: PostgresInbox; outbox: string }> {
    const outbox = `${await server.createDatabase()}?lease=2`;
    return { inbox: await openInbox(outbox), outbox };
  }

  const sales = (count: number) =>
    Array.from({ length: count }, () => sale(`${++latest}`, `HR-${100_001 + (latest % members)}`));

  async function numbers(): Promise<string[]> {
    const journals = await shop.client.query.all(
      'SELECT ExternalTransactionNumber FROM TransactionJournal WHERE ExternalTransactionNumber != null',
    );
    return journals.map((journal) => String(journal['ExternalTransactionNumber']));
  }

  it('goes on when the active one is killed, and loses and doubles nothing', async () => {
    const { inbox, outbox } = await openedInbox();
    let sent = 0;
    const killed = Promise.withResolvers<undefined>();
    await using relay = await Relay.open(shop.org, {
      after: ({ isJournals }) => {
        if (!isJournals || ++sent !== 2) return undefined;
        first.kill('SIGKILL');
        killed.resolve(undefined);
        return 'cut';
      },
    });
    const first = cli.start('sync worker', worker(outbox, ['--batch-size', '10', '--concurrency', '1']), {
      org: relay,
    });
    await new Lines(first).find(/^Active: this process/);
    const second = cli.start('sync worker', worker(outbox, ['--exit-when-idle', '--json']), { org: shop.org });
    await new Lines(second).find(new RegExp(`process ${first.pid} on`));
    for (const count of [25, 25, 25, 25]) await inbox.add(sales(count));
    await killed.promise;
    const { timesActive, report } = resultOf(await second.ended, SyncWorkerResult);
    expect([timesActive, report?.ending]).to.deep.equal([1, 'complete']);
    expectToAddUp(report!.counts);
    expect(await inbox.backlog()).to.include({ entries: 0 });
    const stored = await numbers();
    expect([stored.length, new Set(stored).size]).to.deep.equal([100, 100]);
    await inbox.close();
  });

  it('drains on SIGTERM and gives the lease back; the pages tell what each is, and the report what was rejected', async () => {
    const outbox = `${await server.createDatabase()}?lease=3`;
    const inbox = await openInbox(outbox);
    const start = async () => {
      const running = cli.start('sync worker', worker(outbox, ['--port', '0']), { org: shop.org });
      const lines = new Lines(running);
      const url = (await lines.find(/(http:\S+)\/health/))[1] ?? '';
      return { running, lines, url };
    };
    const active = await start();
    await active.lines.find(/^Active: this process/);
    const standby = await start();
    await standby.lines.find(new RegExp(`^Standby: process ${active.running.pid} on `));
    const before = await numbers();
    await inbox.add([...sales(2), { ...sale('bad'), journal: { JournalTypeName: 'Accrual' } }]);
    await inbox.add(sales(1));

    const holder = { host: hostname(), pid: active.running.pid };
    expect(await ready(active.url)).to.deep.equal([200, { status: 'active', holder }]);
    expect(await ready(standby.url)).to.deep.equal([200, { status: 'standby', holder }]);
    let shown: string;
    do shown = await metrics(active.url);
    while (
      !shown.includes('loyalty_sync_transactions_total{loyalty_sync_outcome="done"} 3') ||
      !shown.includes('loyalty_sync_inbox_entries 0')
    );
    for (const series of ['worker_active 1', 'inbox_transactions 0', 'inbox_oldest 0', 'open 0', 'rows_total 4'])
      expect(shown.split('\n')).to.include(`loyalty_sync_${series}`);
    expect(shown)
      .to.match(/^loyalty_sync_lease_left [12]\.\d/m)
      .and.match(/^loyalty_sync_log_changes \d+$/m);
    expect(shown).to.match(/^loyalty_sync_request_duration_count\{loyalty_sync_request_status="done"\} \d+$/m);
    for (const series of ['worker_active 0', 'worker_sent_for_others 0'])
      expect((await metrics(standby.url)).split('\n')).to.include(`loyalty_sync_${series}`);

    active.running.kill('SIGTERM');
    const ended = await active.running.ended;
    expect(ended.code).to.equal(68);
    expect(ended.stdout)
      .to.match(/rejected +1$/m)
      .and.to.include('The transaction till:bad has no ActivityDate.');
    await standby.lines.find(/^Active: this process/);
    standby.running.kill('SIGTERM');
    expect((await standby.running.ended).code).to.equal(0);
    expect(await numbers()).to.have.lengthOf(before.length + 3);
    await inbox.close();
  });

  for (const mapping of ['none', 'a mapping'])
    it(`stops by itself, and "sync resume" delivers what is open, with ${mapping}; feeds wait for a worker`, async () => {
      const { inbox, outbox } = await openedInbox();
      const denied = { status: 403, errorCode: 'INSUFFICIENT_ACCESS', message: 'no access' };
      await using relay = await Relay.open(shop.org, { before: ({ isJournals }) => isJournals && denied });
      const map = mapping === 'none' ? [] : ['--map', await cli.file('till.yml', tillMapping)];
      await inbox.add([...sales(2), sale(`${++latest}`, 'HR-999999')]);
      const stopped = await cli.run('sync worker', worker(outbox, map), { org: relay });
      expect(stopped.code).to.equal(69);
      expect(stopped.stdout).to.match(/^Continue with: sf loyalty sync resume --run /m);

      const rows = `id,card,at\n${++latest},HR-100001,2026-09-01T07:05:00Z\n`;
      const handsIn = ['--file', await cli.file('till.csv', rows), '--map', await cli.file('till.yml', tillMapping)];
      const handedIn = await cli.run('sync start', [...handsIn, '--intake-only', '--outbox', outbox], {
        org: shop.org,
      });
      expect(handedIn.code, handedIn.stderr).to.equal(0);
      const results = ['--outbox', outbox, '--results-dir', cli.path('results')];
      const resumed = await cli.run('sync resume', [...results, '--settle', '1', '--json'], { org: shop.org });
      expect(resumed.code, resumed.stdout).to.equal(68);
      expect(reportOf(resumed).counts.items).to.include({ done: 2, refused: 1 });
      expect((await inbox.feeds.unread()).waiting).to.equal(1);
      const { stdout } = await cli.run('sync report', results, { org: shop.org });
      const mapped = mapping === 'none' ? 'MAP' : '\\S+till\\.yml';
      const handIn = `sf loyalty sync start --intake-only --file FILE --map ${mapped} --program 'Harbour Rewards' `;
      expect(stdout).to.match(new RegExp(`hand them in again, at a door or as a file: ${handIn}`));

      const next = await cli.run('sync worker', worker(outbox, ['--exit-when-idle', '--json']), { org: shop.org });
      expect(resultOf(next, SyncWorkerResult).report?.counts.items).to.include({ done: 1 });
      const verified = await cli.run('sync verify', ['--outbox', outbox, '--json'], { org: shop.org });
      const { results: differences } = resultOf(verified, SyncVerifyResult);
      expect(differences).to.match(/\/outbox-results\/verify-[^/]+\/differences\.csv$/);
      await inbox.close();
    });

  it('needs a shared outbox, and says so before it asks the org anything', async () => {
    const nobody = { url: 'http://127.0.0.1:1', accessToken: shop.org.accessToken };
    const ended = await cli.run('sync worker', worker(cli.path('till.sqlite'), ['--json']), { org: nobody });
    expect(errorOf(ended).status).to.equal(2);
    expect(errorOf(ended).message).to.include('till.sqlite is not the address of a shared outbox');
  });

  it('and the other commands refuse an address that cannot be one as a wrong flag, before they ask the org anything', async () => {
    const nobody = { url: 'http://127.0.0.1:1', accessToken: shop.org.accessToken };
    const outbox = 'postgres://till:s3cret@127.0.0.1:1/loyalty?lease=0.5';
    const commands = [
      ['sync worker', ['--source', 'till']],
      ['sync serve', ['--source', 'till']],
      ['sync report', []],
      ['sync resume', []],
    ] as const;
    for (const [command, args] of commands) {
      const ended = await cli.run(command, ['--outbox', outbox, ...args, '--json'], { org: nobody });
      const { status, name, message, actions } = errorOf(ended);
      expect({ command, status, name }).to.deep.equal({ command, status: 2, name: 'OutboxAddressError' });
      expect(message).to.equal(
        '--outbox: postgres://till:(hidden)@127.0.0.1:1/loyalty?lease=0.5: lease=0.5 is not valid.',
      );
      expect(actions).to.deep.equal(['Write seconds, from 1 to 300.']);
      expect(ended.stdout + ended.stderr).to.not.include('s3cret');
    }
  });

  it('says what TLS needs if the server has none', async () => {
    const outbox = `${await server.createDatabase()}?sslmode=verify-full`;
    const ended = await cli.run('sync worker', worker(outbox, ['--json']), { org: shop.org });
    expect(errorOf(ended).status).to.equal(69);
    expect(errorOf(ended).actions?.join()).to.include('sslmode=disable');
  });
});

async function ready(url: string): Promise<unknown> {
  const answer = await fetch(`${url}/ready`);
  return [answer.status, await answer.json()];
}

async function metrics(url: string): Promise<string> {
  return (await fetch(`${url}/metrics`)).text();
}

/** What a process has printed so far. */
class Lines {
  readonly #lines: string[] = [];
  #changed = Promise.withResolvers<undefined>();
  #isOver = false;

  constructor(running: Running) {
    void this.#read(running.lines());
    // With --json, standard output has only the document.
    void this.#read(running.errorLines());
    void running.ended.then(() => this.#change(true));
  }

  /** Returns the first line that matches, when it is there. */
  async find(pattern: RegExp): Promise<RegExpExecArray> {
    for (;;) {
      const changed = this.#changed.promise;
      for (const line of this.#lines) {
        const match = pattern.exec(line);
        if (match) return match;
      }
      if (this.#isOver) throw new Error(`It ended without a line like ${pattern}: ${this.#lines.join('\n')}`);
      await changed;
    }
  }

  async #read(lines: AsyncIterable<string>): Promise<void> {
    for await (const line of lines) {
      this.#lines.push(line);
      this.#change();
    }
  }

  #change(isOver = false): void {
    this.#isOver ||= isOver;
    this.#changed.resolve(undefined);
    this.#changed = Promise.withResolvers();
  }
}
