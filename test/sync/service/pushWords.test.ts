import { expect } from 'chai';
import type { PushResult, SyncService, Transaction } from '../../../src/sync/index.js';
import { purchase } from '../org/arrayFeed.js';
import { failure } from '../org/answers.js';
import { expectToAddUp } from '../org/counts.js';
import type { World } from '../org/world.js';
import { liveWorld, openService } from './liveWorld.js';

/** Pushes, and waits until what was pushed is settled as far as it can be. */
async function pushAndWait(world: World, service: SyncService, given: Transaction): Promise<PushResult> {
  const result = await service.push(given);
  await world.clock.sleep(5000);
  return result;
}

const refusal = failure(400, 'FIELD_CUSTOM_VALIDATION_EXCEPTION', 'No sales on Sundays.');

describe('a push of a key that is known', () => {
  it('in this run: repeated and accepted, replaced while it was never sent, else in conflict', async () => {
    await using world = liveWorld();
    const service = await openService(world);
    const [first, again, other] = await Promise.all([
      service.push(purchase('1', 'M1')),
      service.push(purchase('1', 'M1')),
      service.push(purchase('1', 'M1', 'tea')),
    ]);
    expect([first.is, again.is, other.is]).to.deep.equal(['accepted', 'repeatAccepted', 'corrected']);
    expect(again.known).to.include({ key: 'till:1', member: 'M1', isOpen: true });
    await world.clock.sleep(5000);
    const done = await service.push(purchase('1', 'M1', 'tea'));
    expect(done).to.deep.include({ is: 'repeatAccepted' });
    expect(done.known).to.include({ is: 'done', isOpen: false });
    const conflict = await service.push(purchase('1', 'M1', 'cake'));
    expect(conflict.is).to.equal('conflict');
    expect(conflict.known).to.include({ is: 'done' });
    expect(conflict.known?.journalId).to.be.a('string');
    const { counts } = await service.drain();
    expectToAddUp(counts);
    expect(counts.transactions).to.include({ made: 5, new: 1, corrected: 1, repeatAccepted: 2, conflict: 1 });
    expect(world.effects()).to.deep.equal({ 'till:1': 1 });
  });

  it('from an earlier run: known, or in conflict', async () => {
    await using world = liveWorld();
    {
      await using service = await openService(world);
      await service.push(purchase('1', 'M1'));
    }
    await using service = await openService(world);
    expect((await service.push(purchase('1', 'M1'))).is).to.equal('known');
    expect((await service.push(purchase('1', 'M1', 'tea'))).is).to.equal('conflict');
  });

  it('while it is open from an earlier run: open before, with its state', async () => {
    await using world = liveWorld();
    world.org.fate = () => ({ answersAt: 100, answer: failure(503, 'SERVER_UNAVAILABLE') });
    const first = await openService(world, { wait: 0 });
    await first.push(purchase('1', 'M1'));
    expect((await first.drain()).ending).to.equal('unfinished');
    const service = await openService(world, { wait: 0 });
    const result = await service.push(purchase('1', 'M1'));
    expect(result.is).to.equal('openBefore');
    expect(result.known).to.include({ isOpen: true });
    await service.drain();
  });

  it('refused in this run: refused before with its reason, and corrected with other content', async () => {
    await using world = liveWorld();
    const { org } = world;
    org.fate = (execution) => (org.executions.length > 1 ? org.honest(execution) : { answersAt: 100, answer: refusal });
    const service = await openService(world);
    await pushAndWait(world, service, purchase('1', 'M1'));
    const again = await service.push(purchase('1', 'M1'));
    expect(again.is).to.equal('refusedBefore');
    expect(again.known).to.include({ is: 'refused', message: 'No sales on Sundays.', isOpen: false });
    expect((await pushAndWait(world, service, purchase('1', 'M1', 'tea'))).is).to.equal('corrected');
    expect(await service.outcome('till:1')).to.include({ is: 'done' });
    const { counts } = await service.drain();
    expectToAddUp(counts);
    expect(counts.items).to.include({ done: 1, replaced: 1 });
  });

  it('refused in this run because its member did not exist: goes out once the member exists', async () => {
    await using world = liveWorld({ members: ['M1'] });
    const service = await openService(world);
    await pushAndWait(world, service, purchase('1', 'M99'));
    expect(await service.outcome('till:1')).to.include({ is: 'refused', code: 'UNKNOWN_MEMBER' });
    expect((await pushAndWait(world, service, purchase('1', 'M99'))).is).to.equal('corrected');
    expect(await service.outcome('till:1')).to.include({ is: 'refused', code: 'UNKNOWN_MEMBER' });
    world.org.tables.enrol('M99');
    await pushAndWait(world, service, purchase('1', 'M99'));
    expect(await service.outcome('till:1')).to.include({ is: 'done' });
    const { counts } = await service.drain();
    expectToAddUp(counts);
    expect(counts.items).to.include({ done: 1, replaced: 2 });
    expect(world.effects()).to.deep.equal({ 'till:1': 1 });
  });

  it('of a member who was erased: forgotten, and never sent', async () => {
    await using world = liveWorld();
    {
      await using service = await openService(world);
      await service.push(purchase('1', 'M1'));
    }
    await world.outbox.forget('M1');
    await using service = await openService(world);
    expect((await service.push(purchase('1', 'M1'))).is).to.equal('forgotten');
  });
});
