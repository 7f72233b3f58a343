import { expect } from 'chai';
import { packageSource } from '../../../src/cli/packageSource.js';
import { SqliteOutbox } from '../../../src/sync/index.js';
import type { StartOptions, SyncReport } from '../../../src/sync/index.js';
import { Life } from '../org/life.js';
import { arrayFeed } from '../org/arrayFeed.js';
import { LocalWorld, sales } from './localWorld.js';

const members = ['A1', 'B2', 'C3'];
const bulk: Partial<StartOptions> = { route: 'bulk' };
const unique: Partial<StartOptions> = { ...bulk, uniqueField: 'Loyalty_Sync_Key__c' };

/** An org with the fields and objects of `force-app/`. */
async function open(count = 7): Promise<LocalWorld> {
  const world = await LocalWorld.open(sales(count, members), { source: packageSource });
  world.runInBatches();
  return world;
}

function levelOf({ notes }: SyncReport): string | undefined {
  return notes.map(({ code }) => code).find((code) => code.startsWith('level-'));
}

describe('the bulk route in an org with the objects of this package', () => {
  it('level 1: sends under its marker, and a process that was killed is waited for', async () => {
    const whole = new Life();
    {
      await using world = await open();
      const report = await world.start(bulk, whole);
      expect([levelOf(report), report.counts.items.done]).to.deep.equal(['level-1', 7]);
      await world.expectExactlyOnce();
    }
    for (const part of [0.5, 0.7, 0.9]) {
      await using world = await open();
      const last = Math.floor(whole.moments * part);
      const life = new Life((_, count) => count === last);
      await Promise.race([world.start(bulk, life), life.death]);
      const { counts, stopped } = await world.goOn({ ...bulk, takeOver: true });
      expect(counts.items.done, `killed at ${last}: ${JSON.stringify(stopped)}`).to.equal(7);
      await world.expectExactlyOnce();
    }
  });

  it('level 2: the org refuses copies within a job; they are found, and the rows beside them are sent', async () => {
    await using world = await open(9);
    await using other = SqliteOutbox.inMemory({ clock: world.clock });
    const first = world.rows.slice(0, 4);
    await world.start({ route: 'realtime', uniqueField: unique.uniqueField, outbox: other, feeds: [arrayFeed(first)] });
    // Told to trust its empty outbox, it does not look for what the other one has sent.
    const report = await world.start({ ...unique, emptyOutbox: 'trust' });
    expect(levelOf(report)).to.equal('level-2');
    expect(report.counts.items).to.include({ done: 9, found: 4, sentNow: 5 });
    await world.expectExactlyOnce();
  });

  it('level 2: can be killed', async () => {
    const whole = new Life();
    {
      await using world = await open();
      await world.start(unique, whole);
    }
    for (const part of [0.6, 0.8, 0.95]) {
      await using world = await open();
      const last = Math.floor(whole.moments * part);
      const life = new Life((_, count) => count === last);
      await Promise.race([world.start(unique, life), life.death]);
      expect((await world.goOn(unique)).counts.items.done, `killed at ${last}`).to.equal(7);
      await world.expectExactlyOnce();
    }
  });
});
