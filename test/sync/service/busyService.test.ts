import { expect } from 'chai';
import type { SyncReport, SyncService } from '../../../src/sync/index.js';
import { purchase } from '../org/arrayFeed.js';
import { World } from '../org/world.js';
import { members, openService } from './liveWorld.js';

const minutes = 60_000;

/** Somebody who buys something every second, so that requests always overlap. */
class Shop {
  readonly #world: World;
  readonly #service: SyncService;
  readonly #source: string;
  #purchases = 0;
  #isStopped = false;

  constructor(world: World, service: SyncService, source = 'till') {
    this.#world = world;
    this.#service = service;
    this.#source = source;
  }

  /** Whether the service takes nothing any more. */
  get isStopped(): boolean {
    return this.#isStopped;
  }

  async isBusy(milliseconds: number): Promise<void> {
    const { clock } = this.#world;
    const until = clock.now() + milliseconds;
    while (clock.now() < until && !this.#isStopped) {
      const number = ++this.#purchases;
      const { member, journal } = purchase(String(number), members[number % members.length]!);
      await this.#service.push({ key: `${this.#source}:${number}`, member, journal }).catch(() => {
        this.#isStopped = true;
      });
      await clock.sleep(1_000);
    }
  }
}

const ended = ({ ending, stopped }: SyncReport): unknown => [ending, stopped?.code];

describe('a service whose requests always overlap', () => {
  it('notices another sender of a source of which nothing is in flight, whatever is of another one', async () => {
    await using world = new World([purchase('1', 'M1')], { members });
    const { org } = world;
    await world.start();
    org.fate = (execution) => ({ ...org.honest(execution), storesAt: 5_500, answersAt: 6_000 });
    const service = await openService(world, { source: 'web' });
    const shop = new Shop(world, service, 'web');
    await shop.isBusy(minutes);
    org.hold({ number: 'till:1', member: 'M1', status: 'Processed' });
    await shop.isBusy(3 * minutes);
    expect(shop.isStopped).to.equal(true);
    expect(ended(await service.drain())).to.deep.equal(['stopped', 'ANOTHER_WRITER']);
  });

  for (const more of [1, 3])
    it(`notices another sender of as few as ${more}, although more is always in flight`, async () => {
      await using world = new World([], { members });
      const { org } = world;
      org.fate = (execution) => ({ ...org.honest(execution), storesAt: 5_500, answersAt: 6_000 });
      const shop = new Shop(world, await openService(world));
      await shop.isBusy(5 * minutes);
      for (let at = 1; at <= more; at++) org.hold({ number: `till:${at}`, member: members[at]!, status: 'Processed' });
      await shop.isBusy(6 * minutes);
      expect(shop.isStopped).to.equal(true);
    });

  it('is not deceived by a journal that somebody has deleted: it hides no other sender later', async () => {
    await using world = new World([], { members });
    const { org } = world;
    // The org stores at once, and answers late.
    org.fate = (execution) => ({ ...org.honest(execution), answersAt: 6_000 });
    const service = await openService(world);
    const shop = new Shop(world, service);
    await shop.isBusy(minutes);
    org.tables.journals.splice(0, 1);
    await shop.isBusy(6 * minutes);
    org.hold({ number: 'till:5', member: members[5]!, status: 'Processed' });
    await shop.isBusy(minutes);
    expect(ended(await service.drain())).to.deep.equal(['stopped', 'ANOTHER_WRITER']);
  });

  it('waits a moment every five minutes, and no longer than its requests take', async () => {
    await using world = new World([], { members });
    const { org } = world;
    org.fate = (execution) => ({ ...org.honest(execution), answersAt: 6_000 });
    const service = await openService(world);
    const shop = new Shop(world, service);
    await shop.isBusy(16 * minutes);
    const begun = org.executions.map(({ at }) => at).filter((at, _, [first = 0]) => at > first + minutes);
    const pauses = begun.slice(1).map((at, index) => at - begun[index]!);
    expect(pauses.filter((each) => each >= 6_000)).to.have.length(3);
    expect(Math.max(...pauses)).to.be.below(6_500);
    expect(ended(await service.drain())).to.deep.equal(['complete', undefined]);
  });
});
