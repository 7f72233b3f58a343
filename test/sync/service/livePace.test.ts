import { expect } from 'chai';
import { ServiceBusyError } from '../../../src/sync/index.js';
import { failureOf } from '../../client/loopback.js';
import { failure } from '../org/answers.js';
import { purchase, purchases } from '../org/arrayFeed.js';
import { liveWorld, members, openService } from './liveWorld.js';

const busy = failure(503, 'SERVER_UNAVAILABLE');

describe('a sync service sends', () => {
  it('what was pushed within flushAfter in one request, and no later', async () => {
    await using world = liveWorld();
    await using service = await openService(world, { flushAfter: 500 });
    await service.push(purchase('0', 'M0'));
    await world.clock.sleep(5000);
    const begun = world.clock.now();
    for (const each of purchases(4, ['M1', 'M2', 'M3', 'M4'])) {
      await service.push(each);
      await world.clock.sleep(100);
    }
    await world.clock.sleep(5000);
    const [, next, ...more] = world.org.executions;
    expect(next?.journals).to.have.length(4);
    expect(more).to.have.length(0);
    expect((next?.at ?? 0) - begun).to.be.within(500, 800);
  });

  it('a full request at once', async () => {
    await using world = liveWorld();
    await using service = await openService(world, { flushAfter: 60_000, batchSize: 10 });
    await Promise.all(purchases(10, members).map((each) => service.push(each)));
    await world.clock.sleep(2000);
    expect(world.org.executions.map(({ journals }) => journals.length)).to.deep.equal([10]);
  });

  it('while another request takes long', async () => {
    await using world = liveWorld();
    const { org } = world;
    await using service = await openService(world);
    await service.push(purchase('0', 'M0'));
    await world.clock.sleep(5000);
    org.fate = (execution) => org.honest(execution, execution.journals[0]?.member === 'M1' ? 20_000 : 100);
    await service.push(purchase('1', 'M1'));
    await world.clock.sleep(1000);
    await service.push(purchase('2', 'M2'));
    await world.clock.sleep(1000);
    expect(Object.keys(world.effects())).to.include('till:2').and.not.include('till:1');
  });

  it('when few calls are left, too', async () => {
    await using world = liveWorld();
    await using service = await openService(world, { prefer: 'calls' });
    await service.push(purchase('1', 'M1'));
    await world.clock.sleep(2000);
    expect(world.effects()).to.deep.equal({ 'till:1': 1 });
  });

  it('for days, although nothing happens for longer than a run may wait', async () => {
    await using world = liveWorld();
    const { org } = world;
    await using service = await openService(world, { wait: 60_000 });
    await world.clock.sleep(86_400_000);
    org.fate = () => ({ answersAt: 100, answer: busy });
    await service.push(purchase('1', 'M1'));
    await world.clock.sleep(3_600_000);
    org.fate = (execution) => org.honest(execution);
    await world.clock.sleep(120_000);
    expect(world.effects()).to.deep.equal({ 'till:1': 1 });
    expect(service.closed).to.equal(undefined);
  });
});

describe('a sync service is busy', () => {
  it('while too much is open: a push waits until there is room', async () => {
    await using world = liveWorld();
    const { org } = world;
    await using service = await openService(world, { mostOpen: 20, batchSize: 5 });
    await Promise.all(purchases(5, members).map((each) => service.push(each)));
    await world.clock.sleep(5000);
    org.fate = () => ({ answersAt: 100, answer: busy });
    const all = purchases(40, members).slice(5);
    await Promise.all(all.slice(0, 25).map((each) => service.push(each)));
    await world.clock.sleep(60_000);
    expect(service.canPush).to.equal(false);
    expect(await failureOf(service.tryPush(all[25]!)))
      .to.be.instanceOf(ServiceBusyError)
      .and.include({ open: 25 });
    let isStored = false;
    const waiting = service.push(all[26]!).then(() => (isStored = true));
    await world.clock.sleep(600_000);
    expect(isStored).to.equal(false);
    org.fate = (execution) => org.honest(execution);
    await waiting;
    await world.clock.sleep(120_000);
    expect(service.canPush).to.equal(true);
    expect((await service.tryPush(all[25]!)).is).to.equal('accepted');
  });

  it('while too many pushes wait', async () => {
    await using world = liveWorld();
    await using service = await openService(world, { mostWaiting: 3 });
    const [one, two, three] = purchases(3, members).map((each) => service.tryPush(each));
    expect(service.canPush).to.equal(false);
    expect(await failureOf(service.tryPush(purchase('4', 'M4'))))
      .to.be.instanceOf(ServiceBusyError)
      .and.include({ waiting: 3 });
    await Promise.all([one, two, three]);
    expect(service.canPush).to.equal(true);
  });
});
