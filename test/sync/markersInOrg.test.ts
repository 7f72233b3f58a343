import { Connection } from '@jsforce/jsforce-node';
import { expect } from 'chai';
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../src/base/clock.js';
import type { MonotonicClock } from '../../src/base/clock.js';
import { packageSource } from '../../src/cli/packageSource.js';
import { LoyaltyClient } from '../../src/client/index.js';
import { createProgram, harbourRewards } from '../../src/program/index.js';
import { SqliteOutbox, startSync, StoppedError } from '../../src/sync/index.js';
import type { SyncReport } from '../../src/sync/index.js';
import { openShop } from '../support/cliOrg.js';
import type { Shop } from '../support/cliOrg.js';
import { Relay } from '../support/cliRelay.js';
import type { RelayHooks } from '../support/cliRelay.js';
import { arrayFeed, purchases } from './org/arrayFeed.js';

const marker = 'Loyalty_Sync_Source__c';

describe('The marker of a source, in the local org', function () {
  this.timeout(60_000);

  let shop: Shop;
  let folder: string;

  beforeEach(async () => {
    shop = await openShop({ members: 6, source: packageSource });
    folder = await mkdtemp(join(tmpdir(), 'markers-'));
  });

  afterEach(async () => {
    await shop[Symbol.asyncDispose]();
    await rm(folder, { recursive: true });
  });

  async function sync(
    url: string,
    outboxName: string,
    { clock = systemClock, program = harbourRewards.name }: { clock?: MonotonicClock; program?: string } = {},
  ): Promise<SyncReport> {
    await using outbox = await SqliteOutbox.open(join(folder, outboxName));
    const { accessToken } = shop.org;
    const client = new LoyaltyClient(new Connection({ instanceUrl: url, accessToken, version: '66.0' }));
    const rows = purchases(shop.members.length, shop.members).map(({ journal, ...row }) => {
      const { Item__c: _item, ...standard } = journal;
      return { ...row, journal: standard };
    });
    const feeds = [arrayFeed(rows)];
    return await startSync({
      ...{ client, outbox, program, feeds, source: 'till', settle: 100, clock },
      ...{ batchSize: 2, concurrency: 1 },
    });
  }

  async function behind<T>(hooks: RelayHooks, work: (url: string) => Promise<T>): Promise<T> {
    await using relay = await Relay.open(shop.org, hooks);
    return await work(relay.url);
  }

  it('stops its process with a specific error if it is deleted, and nothing more is sent', async () => {
    let late = 0;
    const hooks: RelayHooks = {
      after: ({ isJournals }) => {
        if (!isJournals) return;
        for (const { Id } of shop.org.store.find(marker, {})) shop.org.store.delete(marker, Id);
        late = 45_000;
      },
    };
    const clock = { ...systemClock, now: () => Date.now() + late };
    const report = await behind(hooks, (url) => sync(url, 'till.sqlite', { clock }));
    expect([report.ending, report.stopped?.code]).to.deep.equal(['stopped', 'MARKER_GONE']);
    expect(shop.org.store.count('TransactionJournal')).to.equal(2);
  });

  it('says nothing about a source of the same name in another program', async () => {
    const { accessToken } = shop.org;
    const client = new LoyaltyClient(new Connection({ instanceUrl: shop.org.url, accessToken, version: '66.0' }));
    await createProgram(client, { ...harbourRewards, name: 'Harbour Crew' });
    let other: SyncReport | undefined;
    const hooks: RelayHooks = {
      before: async ({ isJournals }) => {
        if (isJournals) other ??= await sync(shop.org.url, 'crew.sqlite', { program: 'Harbour Crew' });
      },
    };
    const report = await behind(hooks, (url) => sync(url, 'till.sqlite'));
    expect([report.ending, report.counts.items.done]).to.deep.equal(['complete', shop.members.length]);
    // Nobody is a member there: the question was asked and not refused.
    expect([other?.ending, other?.stopped, other?.counts.items.refused]).to.deep.equal(['complete', undefined, 6]);
  });

  it('is held by one process only, even if copies of one outbox raise it at the same time', async () => {
    // An outbox that knows the source and has ended cleanly, and its copy.
    await sync(shop.org.url, 'till.sqlite');
    await copyFile(join(folder, 'till.sqlite'), join(folder, 'copy.sqlite'));
    const both = Promise.withResolvers<undefined>();
    let raising = 0;
    const hooks: RelayHooks = {
      before: async ({ method, url }) => {
        if (method !== 'POST' || !url.endsWith(`/sobjects/${marker}`)) return;
        if (++raising === 2) both.resolve(undefined);
        await both.promise;
      },
    };
    const ended = await behind(hooks, (url) =>
      Promise.allSettled([sync(url, 'till.sqlite'), sync(url, 'copy.sqlite')]),
    );
    const refused = ended.flatMap((each) => (each.status === 'rejected' ? (each.reason as unknown) : []));
    expect(refused).to.have.lengthOf(1);
    expect(refused[0]).to.be.instanceOf(StoppedError).and.have.nested.property('reason.code', 'SOURCE_HELD');
  });
});
