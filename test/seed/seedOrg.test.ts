import { expect } from 'chai';
import { cp, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LoyaltyClient } from '../../src/client/index.js';
import { Emulator } from '../../src/emulator/index.js';
import {
  claimSeedResults,
  hasDrift,
  IncompleteSeedError,
  planProgram,
  readSeeds,
  SeedError,
  seedExitCode,
  seedFolder,
  SeedFolderError,
  seedOrg,
  writeSeedResults,
} from '../../src/seed/index.js';
import type { SeedProgress, SeedReport } from '../../src/seed/index.js';
import { FeedError, SqliteOutbox } from '../../src/sync/index.js';
import { seen, writes } from '../support/cliOrg.js';

const example = join(import.meta.dirname, '../../examples/seed');
const program = 'Summit Club';

describe('seedOrg', function () {
  this.timeout(120_000);

  let home: string;
  let org: Emulator;
  let client: LoyaltyClient;

  before(async () => {
    home = await mkdtemp(join(tmpdir(), 'loyalty-seed-'));
  });
  after(() => rm(home, { recursive: true }));
  beforeEach(async () => {
    org = await Emulator.start();
    client = await LoyaltyClient.connect({ instanceUrl: org.url, clientId: 'test', clientSecret: 'none' });
  });
  afterEach(() => org.stop());

  /** Copies the example, with other files in it. */
  async function seeds(name: string, files: Readonly<Record<string, string>> = {}): Promise<string> {
    const folder = join(home, name);
    await cp(example, folder, { recursive: true });
    for (const [file, text] of Object.entries(files)) await writeFile(join(folder, file), text);
    return folder;
  }

  it('creates the program, enrolls the members and mirrors the history', async () => {
    const { stages, ...report } = await seedOrg(client, example);
    expect(report).to.deep.equal({ program, folder: example });
    expect(Object.values(stages).map(({ status }) => status)).to.deep.equal(['done', 'done', 'done']);
    expect(stages.program.objects).to.deep.include({
      object: 'LoyaltyTier',
      ...{ created: 3, changed: 0, unchanged: 0 },
    });
    expect(stages.members.counts).to.include({ enrolled: 40, failed: 0 });
    expect(stages.history.report?.counts.items).to.include({ done: 300, sentNow: 300 });
    expect(await client.query.count("SELECT COUNT() FROM TransactionJournal WHERE Status = 'Processed'")).to.equal(300);
  });

  it('does nothing the second time, with the outbox or without it', async () => {
    await using outbox = SqliteOutbox.inMemory();
    await seedOrg(client, example, { outbox });
    const journals = 'SELECT COUNT() FROM TransactionJournal';
    const before = await client.query.count(journals);
    const same = await seedOrg(client, example, { outbox });
    expect(same.stages.history.report?.counts).to.have.nested.property('items.sentNow', 0);

    org.requests.reset();
    const lost = await seedOrg(client, example);
    expect(lost.stages.history.report?.counts.items).to.include({ sentNow: 0, found: 300 });
    expect(lost.stages.members.counts).to.include({ enrolled: 0, exists: 40 });
    expect(lost.stages.program.objects.filter(({ created, changed }) => created + changed > 0)).to.deep.equal([]);
    expect([seedExitCode(same), seedExitCode(lost)]).to.deep.equal([0, 0]);
    // Several lists of numbers are looked up in one call of /composite.
    expect(writes(org)).to.equal(seen(org, 'POST', '/composite'));
    expect(await client.query.count(journals)).to.equal(before);
    const { definition } = await readSeeds(example);
    expect(hasDrift(await planProgram(client, definition))).to.equal(false);
  });

  it('skips what the folder does not have', async () => {
    const folder = await seeds('program-only');
    await rm(join(folder, 'members.csv'));
    await rm(join(folder, 'history'), { recursive: true });
    const report = await seedOrg(client, folder);
    expect([report.stages.members.status, report.stages.history.status]).to.deep.equal(['absent', 'absent']);
    expect(seedExitCode(report)).to.equal(0);
  });

  it('takes all other rows, and says where the bad ones are', async () => {
    const members = await readFile(join(example, 'members.csv'), 'utf8');
    const feed = await readFile(join(example, 'history/september.csv'), 'utf8');
    const folder = await seeds('bad-rows', {
      'members.csv': `${members}HR-900001,No,Date,,2026-13-45\n`,
      'history/september.csv': `${feed}T7-X,yesterday,HR-100001,Accrual,Purchase,1,Pier 4,\nT7-Y,2026-09-30T10:00:00Z,NOBODY,Accrual,Purchase,1,Pier 4,\n`,
    });
    const report = await seedOrg(client, folder);
    expect(report.stages.members).to.deep.include({ status: 'attention' });
    expect(report.stages.members.problems).to.have.lengthOf(1);
    expect(report.stages.members.problems[0]).to.include({ key: 'HR-900001', line: 42 });
    expect(report.stages.history.feeds).to.deep.equal([
      { feed: join(folder, 'history/september.csv'), rejected: 1, refused: 1 },
    ]);
    expect([0, 2, 3].map((most) => seedExitCode(report, most))).to.deep.equal([68, 68, 0]);

    await writeSeedResults(report, join(home, 'results'));
    const summary = await readFile(join(home, 'results', 'summary.md'), 'utf8');
    expect(summary).to.contain('# Seed of Summit Club');
    expect(summary).to.match(/\| members \| needs a person \| \d+\.\d s \|/);
    expect(summary).to.contain('| september.csv | 1 | 1 |');
    expect(summary).to.match(/HR-900001 \| INVALID\\_ROW: .*line 42/);
    const junit = await readFile(join(home, 'results', 'junit.xml'), 'utf8');
    expect(junit).to.match(/<testsuite name="members" tests="1" failures="1" errors="0"/);
    expect(junit).to.match(
      /<testcase classname="seed\.history" name="september\.csv"><failure message="1 row rejected/,
    );
    await writeSeedResults(report, join(home, 'results'), 3);
    expect(await readFile(join(home, 'results', 'junit.xml'), 'utf8')).to.not.contain('<failure');
    // A seed that ends before it has a result must not leave those of another one.
    await claimSeedResults(join(home, 'results'));
    expect(await readdir(join(home, 'results'))).to.deep.equal([]);
  });

  it('goes on after a failure, and says which stage it was and what is done', async () => {
    const mapping = await readFile(join(example, 'history/mapping.yml'), 'utf8');
    const folder = await seeds('broken', { 'history/mapping.yml': `${mapping}  Till__c: Location\n` });
    const error: unknown = await seedOrg(client, folder).catch((thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(SeedError);
    const { stage, report } = error as SeedError;
    expect(stage).to.equal('history');
    expect(statuses(report)).to.deep.equal(['done', 'done', 'failed']);
    expect(seedExitCode(report)).to.equal(1);

    await cp(join(example, 'history'), join(folder, 'history'), { recursive: true });
    const next = await seedOrg(client, folder);
    expect(next.stages.members.counts).to.include({ enrolled: 0, exists: 40 });
    expect(next.stages.history.report?.counts.items).to.include({ sentNow: 300 });
  });

  it('refuses a folder that cannot be used before it writes anything', async () => {
    const folder = await seeds('no-mapping');
    await rm(join(folder, 'history/mapping.yml'));
    const error: unknown = await seedOrg(client, folder).catch((thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(SeedFolderError);
    expect(error).to.have.property('message').that.contains('mapping.yml');
    const columns = await seeds('no-columns', { 'history/september.csv': 'Transaction,Date\n1,2\n' });
    const other: unknown = await seedOrg(client, columns).catch((thrown: unknown) => thrown);
    expect(other).to.be.instanceOf(FeedError).with.property('code', 'missing-column');
    const noFeeds = await seeds('no-feeds');
    await rename(join(noFeeds, 'history/september.csv'), join(noFeeds, 'history/september.txt'));
    const none: unknown = await seedOrg(client, noFeeds).catch((thrown: unknown) => thrown);
    expect(none).to.be.instanceOf(SeedFolderError).with.property('message').that.contains('no name ends in .csv');
    for (const members of ['', 'HR-100001,Kwame,Chen\n']) {
      const folder = await seeds('bad-members', { 'members.csv': members });
      expect(await seedOrg(client, folder).catch((thrown: unknown) => thrown)).to.be.instanceOf(FeedError);
    }
    expect(writes(org)).to.equal(0);
  });

  it('stops between two requests when it is interrupted, and goes on the next time', async () => {
    const controller = new AbortController();
    const options = { signal: controller.signal, onProgress: () => controller.abort() };
    const error: unknown = await seedOrg(client, example, options).catch((thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(SeedError).with.property('stage', 'program');
    expect(seedExitCode(await seedOrg(client, example))).to.equal(0);
  });
});

describe('seedOrg in an org with markers', function () {
  this.timeout(120_000);

  it('is interrupted in the history, and goes on with an empty disk: each transaction once', async () => {
    await using org = await Emulator.start({ source: join(import.meta.dirname, '../../force-app') });
    const client = await LoyaltyClient.connect({ instanceUrl: org.url, clientId: 'test', clientSecret: 'none' });
    const controller = new AbortController();
    const onProgress = (progress: SeedProgress): void => {
      if (progress.stage === 'history' && progress.sync.settled > 0) controller.abort();
    };
    const first = await seedOrg(client, example, { signal: controller.signal, onProgress });
    expect([seedExitCode(first), first.stages.history.status]).to.deep.equal([130, 'unfinished']);
    const before = await client.query.count('SELECT COUNT() FROM TransactionJournal');
    expect(before).to.be.within(1, 299);

    const { stages } = await seedOrg(client, example);
    expect(stages.history.report?.counts.items).to.include({ done: 300, found: before, sentNow: 300 - before });
    expect(await client.query.count('SELECT COUNT() FROM TransactionJournal')).to.equal(300);
  });
});

describe('seedFolder', function () {
  this.timeout(120_000);

  it('is a seed for Emulator.start', async () => {
    await using org = await Emulator.start({ seed: seedFolder(example) });
    expect(org.store.count('LoyaltyProgramMember')).to.equal(40);
    expect(org.store.count('TransactionJournal')).to.equal(300);
  });

  it('refuses to start an org that lacks rows of the folder', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'loyalty-seed-'));
    try {
      await cp(example, folder, { recursive: true });
      await writeFile(join(folder, 'members.csv'), 'membershipNumber,lastName\nHR-100001,\n');
      const error: unknown = await Emulator.start({ seed: seedFolder(folder) }).catch((thrown: unknown) => thrown);
      expect(error).to.be.instanceOf(IncompleteSeedError);
      expect(error).to.have.property('message').that.contains('lastName');
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

function statuses({ stages }: SeedReport): string[] {
  return Object.values(stages).map(({ status }) => status);
}
