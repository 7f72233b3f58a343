import { expect } from 'chai';
import type { SyncReport } from '../../src/sync/index.js';
import { failure } from './org/answers.js';
import { purchase } from './org/arrayFeed.js';
import { Life } from './org/life.js';
import { World } from './org/world.js';

const minutes = 60_000;
const window = 12 * minutes;

/** Returns a world in which the org holds a failed journal of another sender under the key, with other content. */
async function failedInOrg(): Promise<World> {
  const world = new World([purchase('1', 'A1')]);
  const content = { ActivityDate: '2026-04-03T08:00:00.000+0000', JournalType: 'Accrual', TransactionAmount: 99 };
  world.org.hold({ number: 'till:1', member: 'A1', status: 'Error', content });
  const report = await world.start();
  expect(report.records.map(({ error }) => error?.code)).to.deep.equal(['FAILED_WITH_OTHER_CONTENT']);
  return world;
}

/**
 * Checks that it is done because the journal was run by its Id, once, and that the journal does not change afterwards.
 */
async function expectDone(world: World, report: SyncReport): Promise<void> {
  expect(report.records).to.deep.equal([]);
  expect(report.counts.items).to.include({ takenUpAgain: 1, done: 1, parked: 0 });
  await expectRunOnce(world);
}

async function expectRunOnce(world: World): Promise<void> {
  await world.clock.sleep(2 * window);
  expect(world.effects()).to.deep.equal({ 'till:1': 1 });
  expect(world.org.tables.journals.map(({ status }) => status)).to.deep.equal(['Processed']);
  expect(world.org.executions.flatMap(({ journals }) => journals)).to.be.empty;
}

describe('a failed journal of the org that is given the content of a purchase', () => {
  it('is run by its Id', async () => {
    await using world = await failedInOrg();
    await expectDone(world, await world.retry());
    expect(world.clock.monotonic()).to.be.below(window + 2 * window + minutes);
  });

  it('is run by its Id after the window if the answer to the change is lost', async () => {
    await using world = await failedInOrg();
    let changedAt = 0;
    world.org.patchFate = (carryOut) => {
      changedAt ||= world.clock.monotonic();
      carryOut();
      return 'reset';
    };
    const report = await world.retry();
    const [run] = world.org.executions;
    expect(run!.at - world.clock.now() + world.clock.monotonic() - changedAt).to.be.at.least(window);
    await expectDone(world, report);
  });

  it('is changed again if the change was lost, and not by a change that arrives late', async () => {
    await using world = await failedInOrg();
    let changes = 0;
    world.org.patchFate = (carryOut) => {
      changes += 1;
      if (changes > 1) return undefined;
      world.clock.after(11 * minutes, carryOut);
      return 'timeout';
    };
    await expectDone(world, await world.retry());
    expect(changes).to.be.at.most(2);
  });

  it('is left alone if the org refuses the change, and the report says so', async () => {
    await using world = await failedInOrg();
    world.org.patchFate = () => failure(400, 'FIELD_INTEGRITY_EXCEPTION', 'Not this field.');
    const report = await world.retry();
    expect(report.records[0]?.error).to.include({ code: 'FIELD_INTEGRITY_EXCEPTION' });
    expect(report.records[0]?.error?.message).to.include(
      'could not be given the new content of till:1: Not this field.',
    );
    expect(world.effects()).to.deep.equal({});
  });

  it('is run once, whenever the process dies, and is never reported as untouched by this outbox', async () => {
    let last = 0;
    for (let isOver = false; !isOver;) {
      last += 1;
      await using world = await failedInOrg();
      const life = new Life((_, count) => count === last);
      await Promise.race([world.retry({}, life), life.death]);
      isOver = life.moments < last;
      await world.clock.sleep(window);
      const resumed = await world.resume({ feeds: [] });
      const codes = resumed.records.map(({ error }) => error?.code);
      expect(codes, `killed at ${last}`).to.not.include('PENDING_IN_ORG');
      await world.retry();
      await expectRunOnce(world);
    }
    expect(last, 'moments').to.be.greaterThan(15);
  });
});
