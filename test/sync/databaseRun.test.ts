import { expect } from 'chai';
import { databaseFeed } from '../../src/sync/index.js';
import type { DatabaseFeedOptions, Feed } from '../../src/sync/index.js';
import { FeedDatabase, purchasesMapping } from '../support/feedDatabase.js';
import { PostgresServer } from '../support/postgresServer.js';
import { expectToAddUp } from './org/counts.js';
import { Life } from './org/life.js';
import { World } from './org/world.js';

const members = Array.from({ length: 100 }, (_, index) => `M${index}`);

describe('a run that reads a database', function () {
  this.timeout(30_000);

  let server: PostgresServer;
  let database: FeedDatabase;
  before(async () => {
    server = await PostgresServer.start();
    database = await FeedDatabase.create(server);
  });
  after(async () => {
    await database[Symbol.asyncDispose]();
    await server[Symbol.asyncDispose]();
  });
  beforeEach(() => database.reset());

  const insert = (count: number): Promise<unknown> =>
    database.run(`INSERT INTO purchases (card, amount) SELECT 'M' || n % 100, n FROM generate_series(1, ${count}) n`);
  const open = (options: DatabaseFeedOptions = {}): Promise<Feed> =>
    databaseFeed(database.url, purchasesMapping(), options);

  it('delivers 10,000 rows, each once, although the server is restarted in the middle', async () => {
    await insert(10_000);
    await using world = new World([], { members });
    let restarted: Promise<void> | undefined;
    const restart = async (): Promise<void> => {
      await server.end();
      await server.begin();
    };
    const report = await world.start({
      feeds: [await open()],
      onProgress: ({ read }) => {
        if (read >= 3000) restarted ??= restart();
      },
    });
    await restarted;
    expect(restarted).to.not.equal(undefined);
    expectToAddUp(report.counts);
    expect(report.counts.rows).to.include({ read: 10_000, used: 10_000 });
    expect(report.counts.items.done).to.equal(10_000);
    const effects = Object.values(world.effects());
    expect(effects).to.have.length(10_000);
    expect(new Set(effects)).to.deep.equal(new Set([1]));
  });

  it('reads each row once, wherever its process is killed', async () => {
    await insert(30);
    for (const instant of [1, 2, 3, 4]) {
      await using world = new World([], { members });
      let left = instant;
      const life = new Life((moment) => moment.endsWith(' accept') && --left === 0);
      const run = world.start({ feeds: [await open({ pageRows: 10 })] }, life);
      await Promise.race([life.death, run]);
      const { counts } = await world.resume({ feeds: [await open({ pageRows: 7 })] });
      expect(counts.rows, `killed at ${instant}`).to.include({ read: 30, used: 30 });
      expect(Object.values(world.effects())).to.deep.equal(Array.from({ length: 30 }, () => 1));
    }
  });

  it('goes on behind the run before it, also behind one that was limited, and reads all again if it is told to', async () => {
    await insert(30);
    await using world = new World([], { members });
    const read = async (feed: Feed, limit?: number): Promise<number> => {
      const { counts } = await world.start({ feeds: [feed], limit });
      return counts.rows.read;
    };
    expect(await read(await open(), 12)).to.equal(12);
    expect(await read(await open())).to.equal(18);
    expect(await read(await open())).to.equal(0);
    expect(await read(await open({ readAll: true }))).to.equal(30);
    expect(await read(await open())).to.equal(0);
    await insert(1);
    expect(await read(await open())).to.equal(1);
    expect(Object.values(world.effects())).to.have.length(31);
  });

  it('keeps nothing of a limit of rejected rows that is about rows which were read before', async () => {
    await database.run(`INSERT INTO purchases (card, amount) VALUES ('', 1), ('M1', 2)`);
    await using world = new World([], { members });
    await world.start({ feeds: [await open()] });
    await insert(2);
    const { counts } = await world.start({ feeds: [await open()], maxRejects: { rows: 0 } });
    expect(counts.rows).to.include({ read: 2, rejected: 0 });
  });
});
