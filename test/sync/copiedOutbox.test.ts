import { copyFileSync, renameSync } from 'node:fs';
import { expect } from 'chai';
import { StoppedError } from '../../src/sync/index.js';
import type { StopReason, SyncReport } from '../../src/sync/index.js';
import { failureOf } from '../client/loopback.js';
import { purchases } from './org/arrayFeed.js';
import { diesWhen, ended, Machines } from './org/machines.js';

const minutes = 60_000;
const members = ['A1', 'B2', 'C3', 'D4', 'E5', 'F6'];

/** Machine `a` has sent the source before, and `b` gets a copy of its outbox. */
async function withCopy(): Promise<Machines> {
  const machines = await Machines.with(purchases(6, members), { hasMarkers: true });
  await machines.start('a');
  copyFileSync(machines.path('a'), machines.path('b'));
  machines.rows = purchases(60, members);
  return machines;
}

async function refusal(running: Promise<SyncReport | 'died'>): Promise<StopReason> {
  const error = await failureOf(running);
  expect(error).to.be.instanceOf(StoppedError);
  return (error as StoppedError).reason;
}

describe('a copy of an outbox at level 1', () => {
  it('is refused while the outbox is in use, and the process of the outbox goes on', async () => {
    await using machines = await withCopy();
    const first = machines.start('a');
    await machines.clock.sleep(2000);
    expect((await refusal(machines.start('b'))).code).to.equal('SOURCE_HELD');
    expect(ended(await first).ending).to.equal('complete');
    expect({ doubled: machines.doubled, missing: machines.missing }).to.deep.equal({ doubled: [], missing: [] });
  });

  it('takes the source over if a person says so', async () => {
    await using machines = await withCopy();
    const first = machines.start('a');
    await machines.clock.sleep(2000);
    expect(ended(await machines.start('b', { takeOver: true })).ending).to.equal('complete');
    await first;
    expect({ doubled: machines.doubled, missing: machines.missing }).to.deep.equal({ doubled: [], missing: [] });
  });

  it('goes on at once after a run that has ended by itself', async () => {
    await using machines = await withCopy();
    expect(ended(await machines.start('b')).ending).to.equal('complete');
    expect({ doubled: machines.doubled, missing: machines.missing }).to.deep.equal({ doubled: [], missing: [] });
  });
});

describe('an outbox at level 1 whose process was killed', () => {
  async function killed(): Promise<Machines> {
    const machines = await Machines.with(purchases(40, members), { hasMarkers: true });
    const life = diesWhen(() => machines.org.effects.length >= 10);
    expect(await machines.run('a', {}, life)).to.equal('died');
    return machines;
  }

  async function expectToGoOn(machines: Machines, machine: string): Promise<void> {
    expect(ended(await machines.run(machine)).ending).to.equal('complete');
    expect({ doubled: machines.doubled, missing: machines.missing }).to.deep.equal({ doubled: [], missing: [] });
  }

  it('goes on at once under another name', async () => {
    await using machines = await killed();
    renameSync(machines.path('a'), machines.path('b'));
    await expectToGoOn(machines, 'b');
  });

  it('goes on elsewhere when the heartbeats of that process are old, at the time that the refusal names', async () => {
    await using machines = await killed();
    copyFileSync(machines.path('a'), machines.path('b'));
    const { code, action = '' } = await refusal(machines.run('b'));
    expect(code).to.equal('SOURCE_HELD');
    const [free = ''] = /\d{4}-\S+Z/.exec(action) ?? [];
    const left = Date.parse(free) - machines.clock.now();
    expect(left).to.be.within(minutes, 2 * minutes);
    await machines.clock.sleep(left);
    await expectToGoOn(machines, 'b');
  });
});
