import { expect } from 'chai';
import { copyFile } from 'node:fs/promises';
import { packageSource } from '../../src/cli/packageSource.js';
import { Cli, errorOf } from '../support/cli.js';
import type { Ended, Running, Target } from '../support/cli.js';
import { cups, feedOf, harbourMap, reportOf } from '../support/cliFeed.js';
import { journalRequests, openShop } from '../support/cliOrg.js';
import type { Shop } from '../support/cliOrg.js';
import { Relay } from '../support/cliRelay.js';

const marker = 'Loyalty_Sync_Source__c';

describe('loyalty sync in an org with a marker object and a unique field', function () {
  this.timeout(120_000);

  let shop: Shop;
  let cli: Cli;
  let feed: string;

  beforeEach(async () => {
    [shop, cli] = await Promise.all([openShop({ members: 6, source: packageSource, effects: true }), Cli.create()]);
    feed = await cli.file('till.csv', feedOf(cups(shop.members)));
  });

  afterEach(async () => {
    await cli[Symbol.asyncDispose]();
    await shop[Symbol.asyncDispose]();
  });

  const start = (
    outbox: string,
    args: readonly string[] = [],
    { org = shop.org, file = feed }: { org?: Target; file?: string } = {},
  ): Running =>
    cli.start('sync start', ['-f', file, '-m', harbourMap, '--outbox', cli.path(outbox), '--json', ...args], { org });
  const noteCodes = (ended: Ended): string[] => reportOf(ended).notes.map(({ code }) => code);
  const keys = (): string[] =>
    shop.org.store.find('TransactionJournal', {}).map((row) => String(row['ExternalTransactionNumber']));
  const expectOneOfEach = (): void => {
    expect([...new Set(keys())]).to.have.lengthOf(6);
    expect(keys()).to.have.lengthOf(6);
  };
  const markers = () => shop.org.store.find(marker, {});

  it('names the level, and after a clean end does not wait, even with the outbox of another machine', async () => {
    expect(noteCodes(await start('till.sqlite', ['--limit', '3']).ended)).to.include('level-1');
    expect(markers()[0]?.['Clean_End__c']).to.be.a('string');
    await copyFile(cli.path('till.sqlite'), cli.path('moved.sqlite'));
    // With the default settle time of twelve minutes, any wait would end the test.
    const report = reportOf(await start('moved.sqlite').ended);
    expect(report).to.include({ ending: 'complete' });
    expect(report.counts.items).to.include({ sentNow: 3 });
    expectOneOfEach();
  });

  /** Starts a command whose first requests are answered. The next one is held back until the test lets it go. */
  async function sending(
    answered: number,
    work: (running: Running, release: () => void) => Promise<void>,
  ): Promise<void> {
    const [arrived, released] = [Promise.withResolvers<undefined>(), Promise.withResolvers<undefined>()];
    await using relay = await Relay.open(shop.org, {
      before: async ({ isJournals }) => {
        if (!isJournals || answered-- > 0) return;
        arrived.resolve(undefined);
        await released.promise;
      },
    });
    const running = start('till.sqlite', ['--batch-size', '2', '--concurrency', '1', '--settle', '1'], { org: relay });
    await arrived.promise;
    await work(running, () => {
      released.resolve(undefined);
    });
    released.resolve(undefined);
    await running.ended;
  }

  it('refuses a second process with 69, names the first, and suggests --take-over if that one is dead', async () => {
    await sending(0, async (first, release) => {
      const second = await start('other.sqlite', ['--settle', '1']).ended;
      expect(second.code).to.equal(69);
      const error = errorOf(second);
      expect(error.message).to.include(`The source harbour is being sent by`).and.include(`process ${first.pid}`);
      expect(error.actions?.join(' ')).to.include('--take-over');
      expect(journalRequests(shop.org)).to.equal(0);
      release();
    });
    expectOneOfEach();
  });

  it('with --take-over continues beside a process with a recent heartbeat, which otherwise means 69', async () => {
    await sending(1, async (first, release) => {
      // What the org already has is found there. Only missing journals would have to wait for the other process.
      const sent = cups(shop.members).filter((_, index) => keys().includes(`harbour:${700_001 + index}:CUP-01:1`));
      const file = await cli.file('sent.csv', feedOf(sent));
      const refused = await start('other.sqlite', ['--settle', '1'], { file }).ended;
      expect(refused.code).to.equal(69);
      expect(errorOf(refused).message).to.include(`process ${first.pid}`);
      const taken = await start('other.sqlite', ['--settle', '1', '--take-over'], { file }).ended;
      expect(taken.code).to.equal(0);
      expect(reportOf(taken)).to.include({ ending: 'complete' });
      expect(reportOf(taken).counts.items).to.include({ new: 2, found: 2, sentNow: 0 });
      expect(markers().map((row) => row['Epoch__c'])).to.have.members([1, 2]);
      release();
    });
    expectOneOfEach();
  });

  it('at level 2 uses a restored outbox without waiting, and the org refuses copies', async () => {
    const level2 = ['--unique-field', 'Loyalty_Sync_Key__c'];
    await start('till.sqlite', ['--limit', '2', ...level2]).ended;
    await copyFile(cli.path('till.sqlite'), cli.path('backup.sqlite'));
    await start('till.sqlite', level2).ended;
    const [restored, empty] = await Promise.all([
      start('backup.sqlite', level2).ended,
      start('empty.sqlite', ['--empty-outbox', 'trust', ...level2]).ended,
    ]);
    for (const ended of [restored, empty]) {
      expect(noteCodes(ended)).to.include('level-2');
      expect(reportOf(ended)).to.include({ ending: 'complete' });
      expect(reportOf(ended).counts.items).to.include({ sentNow: 0, doubled: 0 });
    }
    expectOneOfEach();
  });
});
