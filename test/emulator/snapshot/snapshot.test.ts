import { expect } from 'chai';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../../../src/base/sqlite/sqlite.js';
import { answerTo } from '../../../src/emulator/control/identityEndpoint.js';
import { Emulator, saveSnapshot, startDetached, stopEmulator } from '../../../src/emulator/index.js';
import { RestClient, seedProgram, sourceKey } from '../restClient.js';

/** Who the error names, and what it says; `undefined` when there is none. */
async function failureOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => undefined,
    (error: unknown) => error,
  );
}

/** Every row of the org, by object. */
function rowsOf({ store }: Emulator): Record<string, unknown> {
  const tables = store.model.types.map(({ name }) => [name, store.db.prepare(`SELECT rowid, * FROM "${name}"`).all()]);
  return Object.fromEntries(tables.filter(([, rows]) => (rows as unknown[]).length > 0)) as Record<string, unknown>;
}

describe('A snapshot of a local org', () => {
  let folder: string;
  let file: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'loyalty-snapshots-'));
    file = join(folder, "nightly's 100% org?.snapshot");
  });

  afterEach(() => rm(folder, { recursive: true }));

  /** An org with a program, a member, a deleted row, and values that the org computes. */
  async function filledOrg(options = {}): Promise<Emulator> {
    const org = await Emulator.start(options);
    const { memberId, programId } = seedProgram(org);
    const promotion = { Name: 'Ten', LoyaltyProgramId: programId, StartDate: '2026-01-01', IsActive: true };
    const PromotionId = org.store.insert('Promotion', { ...promotion, CumulativeUsageTarget: 10 });
    org.store.insert('LoyaltyProgramMbrPromotion', { LoyaltyProgramMemberId: memberId, PromotionId });
    org.store.delete('Contact', org.store.insert('Contact', { LastName: 'Gone' }));
    org.store.insert('Account', { FirstName: 'Ada', LastName: 'Nimbus' });
    return org;
  }

  it('keeps all rows: an org started from it has the same rows and continues with new ids', async () => {
    await using org = await filledOrg();
    org.save(file);
    await using copy = await Emulator.start({ from: file });
    expect(rowsOf(copy)).to.deep.equal(rowsOf(org));
    const id = copy.store.insert('Contact', { LastName: 'Later' });
    expect(org.store.get('Contact', id)).to.equal(undefined);
    // What the org computes is computed from now on too.
    const [promotion] = copy.store.find('Promotion', { Name: 'Ten' });
    copy.store.update('Promotion', promotion?.Id ?? '', { CumulativeUsageTarget: 20 });
    expect(copy.store.first('LoyaltyProgramMbrPromotion', {})).to.include({ CumulativeUsageTarget: 20 });
  });

  it('is saved from a running org in another process, and is private', async () => {
    const { url } = await startDetached({});
    const umask = process.umask(0o000);
    try {
      const bytes = await saveSnapshot(url, file);
      const { mode, size } = await stat(file);
      expect([mode & 0o777, size]).to.deep.equal([0o600, bytes]);
      expect(await readdir(folder)).to.have.length(1);
    } finally {
      process.umask(umask);
      await stopEmulator(url);
    }
    await using copy = await Emulator.start({ from: file });
    expect(copy.store.count('User')).to.equal(1);
  });

  it('is also private if the org itself writes it, and replaces a file with open permissions', async () => {
    await writeFile(file, 'before', { mode: 0o644 });
    await using org = await filledOrg();
    org.save(file);
    expect((await stat(file)).mode & 0o777).to.equal(0o600);
    expect(await readdir(folder)).to.have.length(1);
  });

  it('can fill a data folder, but only a new one', async () => {
    const dataDir = join(folder, 'org');
    await using org = await filledOrg();
    org.save(file);
    await (await Emulator.start({ from: file, dataDir })).stop();
    await using kept = await Emulator.start({ dataDir });
    expect(rowsOf(kept)).to.deep.equal(rowsOf(org));
    await kept.stop();
    expect(await failureOf(Emulator.start({ from: file, dataDir }))).to.include({
      name: 'SnapshotError',
      message: `The data folder ${dataDir} already has an org.`,
    });
  });

  it('changes nothing in a data folder if it is invalid', async () => {
    const dataDir = join(folder, 'org');
    await writeFile(file, 'no snapshot');
    await failureOf(Emulator.start({ from: file, dataDir }));
    await using org = await filledOrg({ dataDir });
    expect(org.store.count('Organization')).to.equal(1);
  });

  const strangers: Record<string, [how: (path: string) => void | Promise<void>, message: RegExp]> = {
    'no file': [() => undefined, /not a snapshot of a local org: there is no such file\.$/],
    'a file of something else': [(path) => writeFile(path, 'hello'.repeat(1000)), /file is not a database\.$/],
    'an empty file': [(path) => writeFile(path, ''), /it is a different kind of database\.$/],
    'a database of something else': [
      (path) => openDatabase(path).exec('CREATE TABLE "Contact" ("Id" TEXT)'),
      /it is a different kind of database\.$/,
    ],
    'a damaged snapshot': [
      async (path) => {
        await using org = await Emulator.start();
        org.save(path);
        await truncate(path, 9000);
      },
      /malformed/,
    ],
    'a snapshot of a newer format': [
      async (path) => {
        await using org = await Emulator.start();
        org.save(path);
        openDatabase(path).exec('PRAGMA user_version = 2');
      },
      /is a snapshot of format 2, and this version of the plugin reads format 1\.$/,
    ],
  };

  for (const [name, [make, message]] of Object.entries(strangers)) {
    it(`is refused with its name if it is ${name}`, async () => {
      await make(file);
      const error = await failureOf(Emulator.start({ from: file }));
      expect(error).to.have.property('name', 'SnapshotError');
      expect((error as Error).message)
        .to.match(message)
        .and.include(file);
      expect((error as { actions?: string[] }).actions).to.have.length(1);
    });
  }

  it('names a field that the org does not have, unless the field is unused', async () => {
    const customFields = sourceKey;
    const org = await filledOrg({ customFields });
    org.save(file);
    await (await Emulator.start({ from: file })).stop();
    const [member] = org.store.find('LoyaltyProgramMember', {});
    org.store.insert('TransactionJournal', {
      ...{ MemberId: member?.Id, ActivityDate: '2026-04-03', Src_Key__c: 'till9-1' },
    });
    org.save(file);
    await org.stop();
    const error = await failureOf(Emulator.start({ from: file }));
    expect((error as Error).message).to.equal(
      `${file} has values of TransactionJournal.Src_Key__c, a field that this org does not have.`,
    );
    await using fitting = await Emulator.start({ from: file, customFields });
    expect(fitting.store.find('TransactionJournal', {}).map((row) => row['Src_Key__c'])).to.deep.equal(['till9-1']);
  });

  it('is sent only to clients with the control header', async () => {
    await using org = await Emulator.start();
    expect((await fetch(`${org.url}/emulator/snapshot`)).status).to.equal(403);
    expect((await new RestClient(org).get('/limits')).status).to.equal(200);
  });

  it('is not left incomplete if the org ends while sending it', async () => {
    const server = createServer(({ url = '' }, response) => {
      const challenge = new URL(url, 'http://x').searchParams.get('challenge');
      if (challenge !== null) response.end(JSON.stringify({ pid: 1, answer: answerTo(challenge) }));
      else response.write('SQLite format 3', () => response.destroy());
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const error = await failureOf(saveSnapshot(url, file));
    server.close();
    expect(error).to.include({
      name: 'SnapshotError',
      message: `The local org at ${url} ended before the snapshot was complete. Nothing was saved.`,
    });
    expect(await readdir(folder)).to.deep.equal([]);
  });

  it('names the folder that does not exist', async () => {
    await using org = await Emulator.start();
    const path = join(folder, 'not', 'there.snapshot');
    expect(await failureOf(saveSnapshot(org.url, path))).to.include({ code: 'ENOFOLDER', path });
  });
});
