import { expect } from 'chai';
import { exitCode, killed, makeReport, presentRuns } from '../../src/sync/index.js';
import type { Outbox } from '../../src/sync/index.js';
import { purchases } from './org/arrayFeed.js';
import { World } from './org/world.js';

const members = ['A1'];

describe('a run without an end', () => {
  it('is running while somebody is at work, and then interrupted', async () => {
    await using world = new World(purchases(1, members));
    const run = await world.outbox.runs.begin({ program: 'Harbour Rewards' });
    {
      using _lock = await world.outbox.lock();
      const report = await makeReport(world.outbox, run);
      expect(report.ending).to.equal('running');
      expect(exitCode(report)).to.equal(69);
    }
    const report = await makeReport(world.outbox, run);
    expect(report).to.deep.include({ ending: 'interrupted', stopped: killed });
    expect(report).to.not.have.property('endedAt');
    expect(exitCode(report)).to.equal(130);
  });

  it('is not running while a later one is at work', async () => {
    await using world = new World(purchases(1, members));
    const [dead, atWork, ended] = [
      await world.outbox.runs.begin({}),
      await world.outbox.runs.begin({}),
      await world.outbox.runs.begin({}),
    ];
    await world.outbox.runs.end(ended.id, 'complete');
    using _lock = await world.outbox.lock();
    const { runs, leftOut } = await presentRuns(world.outbox, 3);
    expect(runs.map(({ id, ending }) => [id, ending])).to.deep.equal([
      [ended.id, 'complete'],
      [atWork.id, undefined],
      [dead.id, 'interrupted'],
    ]);
    expect(leftOut).to.equal(0);
  });

  it('is running if it was resumed, although a later one was killed', async () => {
    await using world = new World(purchases(1, members));
    const { outbox } = world;
    const older = await outbox.runs.begin({});
    const killedLater = await outbox.runs.begin({});
    using _lock = await outbox.lock();
    await outbox.runs.resume(older.id);
    expect((await presentRuns(outbox, 2)).runs.map(({ id, ending }) => [id, ending])).to.deep.equal([
      [killedLater.id, 'interrupted'],
      [older.id, undefined],
    ]);
  });

  it('has its end if it ends while it is looked at', async () => {
    await using world = new World(purchases(1, members));
    const { outbox } = world;
    const run = await outbox.runs.begin({});
    const isHeld = async (): Promise<boolean> => {
      await outbox.runs.end(run.id, 'complete');
      return false;
    };
    const ending = Object.create(outbox, { isHeld: { value: isHeld }, runs: { value: outbox.runs } }) as Outbox;
    expect((await presentRuns(ending, 1)).runs[0]).to.include({ ending: 'complete', stopped: undefined });
  });
});
