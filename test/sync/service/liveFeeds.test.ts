import { expect } from 'chai';
import { ServiceClosedError } from '../../../src/sync/index.js';
import { failureOf } from '../../client/loopback.js';
import { arrayFeed, purchase, purchases } from '../org/arrayFeed.js';
import { liveWorld, members, openService } from './liveWorld.js';

describe('a feed that is added to a sync service', () => {
  it('is refused if one of its name was added before', async () => {
    await using world = liveWorld();
    await using service = await openService(world);
    expect(await service.feed(arrayFeed(purchases(3, members)))).to.equal(3);
    expect(await failureOf(service.feed(arrayFeed(purchases(3, members))))).to.be.instanceOf(RangeError);
  });

  it('is refused if it does not fit the org, and the service goes on', async () => {
    await using world = liveWorld();
    await using service = await openService(world);
    const misfit = new Error('The org has no such field.');
    const check = (): never => {
      throw misfit;
    };
    expect(await failureOf(service.feed({ ...arrayFeed(purchases(3, members)), check }))).to.equal(misfit);
    expect((await service.push(purchase('9', 'M1'))).is).to.equal('accepted');
  });

  it('is refused once the service is being drained', async () => {
    await using world = liveWorld();
    const service = await openService(world);
    const report = service.drain();
    expect(await failureOf(service.feed(arrayFeed(purchases(3, members))))).to.be.instanceOf(ServiceClosedError);
    expect((await report).counts.rows.read).to.equal(0);
  });
});
