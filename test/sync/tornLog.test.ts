import { expect } from 'chai';
import type { StartOptions } from '../../src/sync/index.js';
import { purchases } from './org/arrayFeed.js';
import type { FakeOrgOptions } from './org/fakeOrg.js';
import { diesWhen, Machines } from './org/machines.js';

const minutes = 60_000;
const settle = 12 * minutes;
const members = ['A1', 'B2', 'C3', 'D4', 'E5', 'F6'];
/** Bytes of the log's own header, and of a frame. */
const logHeader = 32;
const frame = 24 + 4096;

const levels: Readonly<Record<string, readonly [Partial<FakeOrgOptions>, Partial<StartOptions>]>> = {
  'level 0': [{}, {}],
  'level 1': [{ hasMarkers: true }, {}],
  'level 2': [{ uniqueField: 'honored' }, { uniqueField: 'Unique__c' }],
};

/**
 * A disk that has lied about what it had stored: power fails, and the log of the outbox is torn. Such an outbox is an
 * older one, and what holds is what holds for a backup.
 */
describe('an outbox whose log was torn by a power cut', () => {
  for (const [level, [org, options]] of Object.entries(levels)) {
    it(`${level}: wherever it is torn, each purchase reaches the org once, in its order`, async () => {
      for (let torn = 0, frames = Infinity; torn <= frames; torn++) {
        await using machines = await Machines.with(purchases(24, members), org);
        const life = diesWhen(() => machines.org.effects.length >= 9);
        expect(await machines.run('a', { settle, ...options }, life)).to.equal('died');
        expect(machines.losePower('a')).to.equal(true);
        machines.damage(
          'a',
          (log) => {
            // From everything but the last frame to nothing at all.
            frames = Math.floor((log.length - logHeader) / frame);
            return torn === frames ? Buffer.alloc(0) : log.subarray(0, log.length - torn * frame - 1);
          },
          '-wal',
        );
        // What the dead process had sent is carried out within this time. Level 0 assumes it of an older outbox.
        await machines.clock.sleep(settle + 3 * minutes);
        await untilDone(machines, { settle, ...options });
        const { doubled, missing } = machines;
        expect({ doubled, missing }, `torn by ${torn} frames`).to.deep.equal({ doubled: [], missing: [] });
        for (const member of members) {
          const own = machines.org.effects.filter((effect) => effect.member === member.toLowerCase());
          const keys = own.map(({ number }) => Number(number.slice('till:'.length)));
          expect(keys, `order of ${member}`).to.deep.equal(keys.toSorted((one, other) => one - other));
        }
      }
    }).timeout(120_000);
  }
});

/** Runs until nothing is left to do, as a supervisor would. */
async function untilDone(machines: Machines, options: Partial<StartOptions>): Promise<void> {
  for (let tries = 0; tries < 10; tries++) {
    const report = await machines.run('a', options);
    if (report !== 'died' && report.ending === 'complete') return;
  }
  throw new Error('It never came to its end.');
}
