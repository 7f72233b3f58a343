import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { systemClock } from '../../src/base/clock.js';
import type { Clock } from '../../src/base/clock.js';
import {
  DataDirBrokenError,
  DataDirInUseError,
  Emulator,
  PortInUseError,
  stopEmulator,
} from '../../src/emulator/index.js';
import { BulkJobs } from './bulk/bulkJobs.js';
import { RestClient, seedProgram, sourceKey } from './restClient.js';

describe('Emulator', () => {
  it('listens on a free port of this machine only, and stops at the end of the block', async () => {
    let url: string;
    {
      await using org = await Emulator.start();
      url = org.url;
      expect(url).to.match(/^http:\/\/127\.0\.0\.1:\d+$/);
      expect((await fetch(`${url}/services/data`)).status).to.equal(200);
    }
    const refused = await fetch(`${url}/services/data`).then(
      () => false,
      () => true,
    );
    expect(refused).to.equal(true);
  });

  it('listens on a given port', async () => {
    const port = await freePort();
    await using org = await Emulator.start({ port });
    expect(org.url).to.equal(`http://127.0.0.1:${port}`);
  });

  it('names a port that is in use, and says what to do', async () => {
    await using first = await Emulator.start();
    const port = Number(new URL(first.url).port);
    const error: unknown = await Emulator.start({ port }).catch((reason: unknown) => reason);
    expect(error).to.be.instanceOf(PortInUseError);
    expect((error as Error).message).to.equal(
      `Port ${port} on 127.0.0.1 is in use: choose another port, or 0 for any free one.`,
    );
  });

  it('stops even if a client keeps its connection open', async () => {
    const org = await Emulator.start();
    const socket = connect(Number(new URL(org.url).port), '127.0.0.1');
    socket.write('GET /services/data HTTP/1.1\r\nHost: localhost\r\nConnection: keep-alive\r\n\r\n');
    await once(socket, 'data');
    const closed = once(socket, 'close');
    await org.stop();
    await closed;
  });

  it('leaves nothing waiting when it stops while a job waits for a row', async () => {
    const waiting = new Set<symbol>();
    const asked = Promise.withResolvers<undefined>();
    const sleep: Clock['sleep'] = async (milliseconds, signal) => {
      const sleeper = Symbol('sleeper');
      waiting.add(sleeper);
      if (waiting.size === 2) asked.resolve(undefined);
      await systemClock.sleep(milliseconds, signal);
      waiting.delete(sleeper);
    };
    const org = await Emulator.start({ customFields: sourceKey, clock: { ...systemClock, sleep } });
    const { memberId, programId } = seedProgram(org);
    org.locks.hold([memberId]);
    await fetch(`${org.url}/emulator/locks`, {
      method: 'POST',
      headers: { 'x-emulator-control': '1' },
      body: JSON.stringify({ ids: [programId], milliseconds: 60_000 }),
    });
    const jobs = new BulkJobs(org);
    const id = await jobs.create();
    await jobs.upload(id, `Src_Key__c,MemberId,ActivityDate\na,${memberId},2026-04-03T08:00:00Z\n`);
    await jobs.enter(id, 'UploadComplete');
    await asked.promise;
    await org.stop();
    expect(waiting.size).to.equal(0);
  });

  it('can be stopped by another process, but not by a web page', async () => {
    const org = await Emulator.start();
    const page = await fetch(`${org.url}/emulator/stop`, { method: 'POST' });
    expect(page.status).to.equal(403);
    expect(await stopEmulator(org.url)).to.deep.equal({ pid: process.pid });
    await org.stopped;
    const error: unknown = await stopEmulator(org.url).catch((reason: unknown) => reason);
    expect(error).to.have.property('name', 'NoEmulatorError');
  });

  it('can be stopped twice', async () => {
    const org = await Emulator.start();
    await org.stop();
    await org.stop();
  });

  it('counts the requests of each endpoint', async () => {
    await using org = await Emulator.start();
    const client = new RestClient(org);
    await client.get('/limits');
    await client.get('/limits');
    await client.get('/nowhere');
    expect(org.requests.count('GET', '/services/data/:version/limits')).to.equal(2);
    expect(org.requests.total).to.equal(3);
    expect(org.requests.toObject()).to.deep.equal({ 'GET /services/data/:version/limits': 2 });
  });

  it('reports each request', async () => {
    const seen: string[] = [];
    await using org = await Emulator.start({
      onRequest: ({ method, url, status }) => seen.push(`${method} ${url} ${status}`),
    });
    await new RestClient(org).get('/sobjects/Nothing');
    expect(seen).to.deep.equal(['GET /services/data/v66.0/sobjects/Nothing 404']);
  });
});

describe('Emulator with a data folder', () => {
  let dataDir: string;

  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'loyalty-emulator-'));
  });

  afterEach(() => rm(dataDir, { recursive: true }));

  it('keeps its rows and continues its ids after a restart', async () => {
    const first = await Emulator.start({ dataDir });
    const { memberId } = seedProgram(first);
    await first.stop();

    await using second = await Emulator.start({ dataDir });
    expect(second.store.get('LoyaltyProgramMember', memberId)).to.include({ MembershipNumber: 'M-77' });
    expect(second.store.count('Organization')).to.equal(1);
    const added = second.store.insert('Contact', { LastName: 'Later' });
    expect(second.store.find('Contact', {}).map(({ Id }) => Id))
      .to.have.lengthOf(2)
      .and.include(added);
  });

  it('keeps the unique Id of its organization', async () => {
    const idOf = ({ store }: Emulator): unknown => store.first('Organization', {})?.Id;
    const first = await Emulator.start({ dataDir });
    const id = idOf(first);
    await first.stop();
    await using again = await Emulator.start({ dataDir });
    await using other = await Emulator.start();
    expect(idOf(again)).to.equal(id);
    expect(again.accessToken.split('!')[0]).to.equal(id);
    expect(idOf(other))
      .to.match(/^00D\w{15}$/)
      .and.not.equal(id);
  });

  it('can only be used by one process', async () => {
    await using first = await Emulator.start({ dataDir });
    const error: unknown = await Emulator.start({ dataDir }).catch((reason: unknown) => reason);
    expect(error).to.be.instanceOf(DataDirInUseError);
    expect((error as Error).message).to.equal(
      `Another local org is using the data folder ${dataDir}: stop that one, or choose another folder.`,
    );
    seedProgram(first);
  });

  it('names a file that is not an org, and does not change it', async () => {
    const file = join(dataDir, 'org.sqlite');
    await writeFile(file, 'no database'.repeat(1000));
    const error: unknown = await Emulator.start({ dataDir }).catch((reason: unknown) => reason);
    expect(error).to.be.instanceOf(DataDirBrokenError);
    expect((error as Error).message).to.equal(
      `${file} cannot be read (file is not a database): choose another folder, or delete the file to start with an empty org.`,
    );
    expect(await readFile(file, 'utf8')).to.match(/^no database/);
  });

  it('names a damaged file', async () => {
    const org = await Emulator.start({ dataDir });
    await org.stop();
    await truncate(join(dataDir, 'org.sqlite'), 9000);
    const error: unknown = await Emulator.start({ dataDir }).catch((reason: unknown) => reason);
    expect(error).to.be.instanceOf(DataDirBrokenError);
  });

  it('creates the folder, and keeps one database in it', async () => {
    const nested = join(dataDir, 'not', 'yet');
    const org = await Emulator.start({ dataDir: nested });
    await org.stop();
    expect(await readdir(nested)).to.deep.equal(['org.sqlite']);
  });

  for (const umask of [0o000, 0o022]) {
    it(`keeps the folder and all files in it private, with the umask ${umask.toString(8)}`, async () => {
      const before = process.umask(umask);
      try {
        const nested = join(dataDir, 'org');
        await using org = await Emulator.start({ dataDir: nested });
        seedProgram(org);
        expect(await modesIn(nested)).to.deep.equal({ '.': '700', 'org.sqlite': '600', 'org.sqlite-wal': '600' });
      } finally {
        process.umask(before);
      }
    });
  }

  it('makes files of an earlier version private, but no files that are not its own', async () => {
    const [earlier, shared] = [join(dataDir, 'earlier'), join(dataDir, 'shared')];
    await (await Emulator.start({ dataDir: earlier })).stop();
    await chmod(earlier, 0o777);
    await chmod(join(earlier, 'org.sqlite'), 0o666);
    await mkdir(shared);
    await writeFile(join(shared, 'notes.txt'), 'mine', { mode: 0o644 });
    await chmod(shared, 0o755);
    for (const folder of [earlier, shared]) await (await Emulator.start({ dataDir: folder })).stop();
    expect(await modesIn(earlier)).to.deep.equal({ '.': '700', 'org.sqlite': '600' });
    expect(await modesIn(shared)).to.deep.equal({ '.': '755', 'notes.txt': '644', 'org.sqlite': '600' });
  });

  it('gets fields that the org did not have before', async () => {
    const first = await Emulator.start({ dataDir });
    const { memberId } = seedProgram(first);
    const journal = { MemberId: memberId, ActivityDate: '2026-04-03' };
    first.store.insert('TransactionJournal', journal);
    await first.stop();

    await using second = await Emulator.start({ dataDir, customFields: sourceKey });
    second.store.insert('TransactionJournal', { ...journal, Src_Key__c: 'till9-1' });
    expect(second.store.find('TransactionJournal', {}).map((row) => row['Src_Key__c'])).to.deep.equal([
      null,
      'till9-1',
    ]);
  });
});

async function freePort(): Promise<number> {
  await using org = await Emulator.start();
  return Number(new URL(org.url).port);
}

/** Name → mode of what is in the folder, and of the folder itself. */
async function modesIn(folder: string): Promise<Record<string, string>> {
  const names = ['.', ...(await readdir(folder)).toSorted()];
  const modes = names.map(async (name) => [name, ((await stat(join(folder, name))).mode & 0o777).toString(8)] as const);
  return Object.fromEntries(await Promise.all(modes));
}
