import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect } from 'chai';
import { LoyaltyClient } from '../../src/client/index.js';
import {
  InsightCacheError,
  openInsight,
  programReport,
  readPeriod,
  readProgramFacts,
  refreshCache,
} from '../../src/insight/index.js';
import type { InsightCache, RefreshReport } from '../../src/insight/index.js';
import { openShop } from '../support/cliOrg.js';
import type { Shop } from '../support/cliOrg.js';
import { immediateClock } from './immediateClock.js';

const period = readPeriod('2026-01');

describe('the file of an insight cache', () => {
  let shop: Shop;
  let client: LoyaltyClient;
  let programId: string;
  let folder: string;
  /** The org's time, in milliseconds. */
  let now = Date.parse('2026-11-28T08:00:00Z');

  before(async () => {
    shop = await openShop({ members: 3, clock: { ...immediateClock, now: () => now } });
    ({ client } = shop);
    programId = (await client.programs.get('Harbour Rewards')).Id;
    folder = await mkdtemp(join(tmpdir(), 'insight-cache-'));
  });
  after(async () => {
    await shop.org.stop();
    await rm(folder, { recursive: true });
  });

  const open = (name: string, id = programId): Promise<InsightCache> =>
    openInsight({ client, programId: id, path: join(folder, name) });
  const refresh = (cache: InsightCache): Promise<RefreshReport> =>
    refreshCache({ client, cache, clock: immediateClock });
  const membersOf = async (cache: InsightCache): Promise<number | null | undefined> =>
    programReport(cache, await readProgramFacts(client, programId), { period }).measures[0]?.value;

  it('is never another kind of file, which stays as it is', async () => {
    const notes = join(folder, 'notes.txt');
    await writeFile(notes, 'mine '.repeat(400));
    const database = join(folder, 'own.sqlite');
    using own = new DatabaseSync(database);
    own.exec('CREATE TABLE precious (a)');
    for (const path of [notes, database]) {
      await chmod(path, 0o644);
      const bytes = await readFile(path);
      const error: unknown = await open(path.slice(folder.length)).catch((reason: unknown) => reason);
      expect(error).to.be.instanceOf(InsightCacheError).with.property('message').that.includes('left as it is');
      expect(await readFile(path)).to.deep.equal(bytes);
      expect((await stat(path)).mode & 0o777).to.equal(0o644);
    }
  });

  it('that is damaged is said to be', async () => {
    const path = join(folder, 'damaged.sqlite');
    {
      using cache = await open('damaged.sqlite');
      await refresh(cache);
    }
    const bytes = await readFile(path);
    await writeFile(path, bytes.fill(0x55, 4096));
    const damaged = async (): Promise<number | null | undefined> => {
      using cache = await open('damaged.sqlite');
      await refresh(cache);
      return await membersOf(cache);
    };
    const error: unknown = await damaged().catch((reason: unknown) => reason);
    expect(error).to.be.instanceOf(InsightCacheError).with.property('message').that.includes('damaged.sqlite');
    expect((error as InsightCacheError).actions.join()).to.include('Delete the file');
  });

  it('never mixes the records of two programs', async () => {
    using first = await open('two.sqlite');
    await refresh(first);
    using second = await open('two.sqlite', shop.org.store.insert('LoyaltyProgram', { Name: 'Other' }));
    await refresh(second);
    const writing: unknown = await refresh(first).catch((reason: unknown) => reason);
    expect(writing).to.be.instanceOf(InsightCacheError).with.property('message').that.includes('another program');
    expect(await membersOf(first).catch((reason: unknown) => reason)).to.be.instanceOf(InsightCacheError);
    expect(second.count('member')).to.equal(0);
  });

  it('has the records that came back without a change of their own', async () => {
    using cache = await open('restored.sqlite');
    now += 3_600_000;
    await refresh(cache);
    cache.db.exec('DELETE FROM member WHERE id = (SELECT max(id) FROM member)');
    expect((await refresh(cache)).rereadObjects).to.deep.equal(['LoyaltyProgramMember']);
    expect(await membersOf(cache)).to.equal(3);
    expect((await refresh(cache)).rereadObjects).to.deep.equal([]);
  });

  it('keeps its records for other processes while it reads all anew', async () => {
    using cache = await open('anew.sqlite');
    await refresh(cache);
    cache.db.exec("INSERT INTO member (id, status) VALUES ('gone', 'Active')");
    using other = await open('anew.sqlite');
    const counts: number[] = [];
    const onProgress = (): void => void counts.push(other.count('member'));
    const report = await refreshCache({ client, cache, clock: immediateClock, onProgress });
    expect(report.rereadObjects).to.deep.equal(['LoyaltyProgramMember']);
    expect(Math.min(...counts)).to.equal(3);
    expect(await membersOf(other)).to.equal(3);
  });

  it('keeps what another process has read while it reads all anew', async () => {
    using cache = await open('other.sqlite');
    await refresh(cache);
    cache.db.exec("INSERT INTO member (id, status) VALUES ('gone', 'Active')");
    using other = await open('other.sqlite');
    let parts = 0;
    const onProgress = (): void => {
      parts += 1;
      if (parts === 2) other.db.exec("INSERT INTO member (id, status) VALUES ('new', 'Active')");
    };
    await refreshCache({ client, cache, clock: immediateClock, onProgress });
    expect(cache.db.prepare("SELECT id FROM member WHERE id IN ('gone', 'new')").all()).to.deep.equal([{ id: 'new' }]);
  });

  it('has what the org changed while its clock was wrong', async () => {
    using cache = await open('clock.sqlite');
    const right = now;
    now += 30 * 86_400_000;
    await refresh(cache);
    now = right + 3_600_000;
    const { store } = shop.org;
    const { Id = '' } = store.first('LoyaltyProgramMember', { MembershipNumber: 'HR-100002' }) ?? {};
    store.update('LoyaltyProgramMember', Id, { EnrollmentChannel: 'Partner' }, { as: 'org' });
    // Its answer is the first one by which the client knows the org's time.
    await client.programs.get('Harbour Rewards');
    await refresh(cache);
    expect(cache.db.prepare("SELECT count(*) AS n FROM member WHERE channel = 'Partner'").get()).to.deep.equal({
      n: 1,
    });
    expect((await refresh(cache)).plan.rows).to.be.below(12);
  });

  it('is filled even if the org takes too long to count all records in one call', async () => {
    const hasty = await LoyaltyClient.connect({
      ...{ instanceUrl: shop.org.url, clientId: 'test', clientSecret: 'none' },
      timeout: 500,
    });
    const { faults } = shop.org;
    faults.replace({ rules: [{ fault: 'silence', connection: 'hang', match: { path: '/composite' } }] });
    using cache = await open('slow.sqlite');
    await refreshCache({ client: hasty, cache, clock: immediateClock });
    faults.replace({ rules: [] });
    expect(await membersOf(cache)).to.equal(3);
  });

  it('takes the refreshes of two commands at once', async () => {
    const caches = await Promise.all([open('both.sqlite'), open('both.sqlite')]);
    await Promise.all(caches.map(refresh));
    for (const cache of caches) {
      expect(await membersOf(cache)).to.equal(3);
      cache[Symbol.dispose]();
    }
  });
});
