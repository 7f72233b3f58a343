import fs from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { TransactionsDraft, writeResults } from '../../src/sync/index.js';
import { purchases } from './org/arrayFeed.js';
import { failure } from './org/answers.js';
import { World } from './org/world.js';

const members = Array.from({ length: 40 }, (_, index) => `M${index}`);

describe('the draft of transactions.csv', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'draft-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  /** Runs, and writes a draft meanwhile. Returns the run, and how many rows were written before its end. */
  async function drafted(world: World, draft: TransactionsDraft): Promise<{ run: string; early: number }> {
    let early = 0;
    const { run } = await world.start({
      batchSize: 10,
      onProgress: ({ run: id, settled }) => {
        if (settled < 150) early += draft.writeOn(world.outbox, id);
      },
    });
    return { run, early };
  }

  const written = (name: string): Promise<string> => readFile(join(folder, name, 'transactions.csv'), 'utf8');

  it('is completed to the same file that is written at the end of a run', async () => {
    await using world = new World(purchases(200, members));
    using draft = new TransactionsDraft(() => join(folder, 'early'));
    const { run, early } = await drafted(world, draft);
    expect(early).to.be.within(20, 199);
    await writeResults(world.outbox, run, join(folder, 'late'));
    expect(await draft.complete(world.outbox, run, join(folder, 'early'))).to.equal(true);
    expect(await written('early')).to.equal(await written('late'));
    expect((await written('late')).split('\n')).to.have.length(202);
  });

  it('stops at what is not done, which is written at the end', async () => {
    await using world = new World(purchases(200, members));
    const { org } = world;
    org.fate = (execution) => {
      const isRefused = execution.journals.some(({ number }) => number === 'till:100');
      return isRefused ? { answersAt: 300, answer: failure(400, 'INVALID_FIELD') } : org.honest(execution);
    };
    using draft = new TransactionsDraft(() => join(folder, 'early'));
    const { run } = await drafted(world, draft);
    await writeResults(world.outbox, run, join(folder, 'late'));
    await writeResults(world.outbox, run, join(folder, 'early'), 'csv', draft);
    expect(await written('early')).to.equal(await written('late'));
    expect(await written('early')).to.include('"refused"');
  });

  it('is not used if anything has changed that was written', async () => {
    await using world = new World(purchases(200, members));
    using draft = new TransactionsDraft(() => join(folder, 'early'));
    const { run } = await drafted(world, draft);
    await world.outbox.delivery.markDoubled(['till:1'], run);
    expect(await draft.complete(world.outbox, run, join(folder, 'early'))).to.equal(false);
    await writeResults(world.outbox, run, join(folder, 'early'), 'csv', draft);
    expect(await written('early')).to.match(/"till:1","M0","doubled"/);
  });

  it('leaves nothing if the run fails', async () => {
    await using world = new World(purchases(200, members));
    const draft = new TransactionsDraft(() => join(folder, 'early'));
    await drafted(world, draft);
    expect(await readdir(join(folder, 'early'))).to.have.length(1);
    draft[Symbol.dispose]();
    expect(await readdir(folder)).to.deep.equal([]);
  });

  describe('on a disk that fails', () => {
    const { appendFileSync, rmSync } = fs;
    const fails = (name: 'appendFileSync' | 'rmSync'): void => {
      fs[name] = () => {
        throw new Error('The disk has failed.');
      };
      syncBuiltinESMExports();
    };
    afterEach(() => {
      Object.assign(fs, { appendFileSync, rmSync });
      syncBuiltinESMExports();
    });

    it('leaves nothing if not even its first line can be written', async () => {
      await using world = new World(purchases(20, members));
      const { run } = await world.start();
      const draft = new TransactionsDraft(() => join(folder, 'early'));
      fails('appendFileSync');
      expect(() => draft.writeOn(world.outbox, run)).to.throw('The disk has failed.');
      draft[Symbol.dispose]();
      expect(await readdir(folder)).to.deep.equal([]);
    });

    it('ends no run because it cannot be removed', async () => {
      await using world = new World(purchases(20, members));
      const { run } = await world.start();
      const draft = new TransactionsDraft(() => join(folder, 'early'));
      draft.writeOn(world.outbox, run);
      fails('rmSync');
      expect(() => draft[Symbol.dispose]()).not.to.throw();
    });
  });
});
