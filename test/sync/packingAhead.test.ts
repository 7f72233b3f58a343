import { expect } from 'chai';
import { OutboxTakenError } from '../../src/outbox/index.js';
import type { Outbox } from '../../src/outbox/index.js';
import { failureOf } from '../client/loopback.js';
import { purchases } from './org/arrayFeed.js';
import { World } from './org/world.js';

const members = Array.from({ length: 200 }, (_, index) => `M${index}`);
const settings = { batchSize: 2, concurrency: 4 };

/** Calls back for each batch whose intent is stored while every connection waits for an answer. */
class AheadWatch {
  /** Requests that the org has not answered. */
  #underWay = 0;
  readonly keys: string[] = [];
  readonly #world: World;

  constructor(world: World, onAhead: () => void = () => undefined) {
    this.#world = world;
    const { org } = world;
    const { fate } = org;
    org.fate = (execution) => {
      this.#underWay += 1;
      const decided = fate(execution);
      world.clock.after(decided.answersAt, () => (this.#underWay -= 1));
      return decided;
    };
    world.seenBySync = (outbox) =>
      withDelivery(outbox, {
        pack: async (options) => {
          const isAhead = this.#underWay >= settings.concurrency;
          const batches = await outbox.delivery.pack(options);
          if (!isAhead || batches.length === 0) return batches;
          this.keys.push(...batches.flatMap(({ items }) => items.map(({ key }) => key)));
          onAhead();
          return batches;
        },
      });
  }

  /** Those of the watched keys that the org has received. */
  get sent(): string[] {
    const numbers = new Set(this.#world.org.executions.flatMap(({ journals }) => journals.map(({ number }) => number)));
    return this.keys.filter((key) => numbers.has(this.#world.numberOf(key)));
  }
}

function withDelivery(outbox: Outbox, others: Partial<Outbox['delivery']>): Outbox {
  const instead = <T extends object>(target: T, members: Partial<T>): T =>
    new Proxy(target, {
      get(_, name): unknown {
        if (Object.hasOwn(members, name)) return Reflect.get(members, name);
        const member: unknown = Reflect.get(target, name, target);
        return typeof member === 'function' ? (member.bind(target) as unknown) : member;
      },
    });
  return instead(outbox, { delivery: instead(outbox.delivery, others) });
}

describe('a batch that is made ready while all connections wait', () => {
  it('is stored before an answer comes, leaves with it, and is sent once', async () => {
    await using world = new World(purchases(200, members));
    const watch = new AheadWatch(world);
    const report = await world.start(settings);
    expect(watch.keys).to.not.be.empty;
    expect(watch.sent).to.deep.equal(watch.keys);
    expect(report.counts.items).to.deep.include({ done: 200, sent: 0, ready: 0 });
    expect(Object.values(world.effects())).to.deep.equal(Array(200).fill(1));
  });

  it('is ready again if the run is interrupted before it leaves, and the next process sends it', async () => {
    await using world = new World(purchases(200, members));
    const interrupt = new AbortController();
    const watch = new AheadWatch(world, () => interrupt.abort());
    const report = await world.start({ ...settings, signal: interrupt.signal });
    expect(watch.keys).to.have.length(settings.batchSize);
    expect(watch.sent).to.deep.equal([]);
    expect(report.counts.items).to.deep.include({ sent: 0, unknown: 0 });
    const states = await Promise.all(watch.keys.map((key) => world.outbox.find(key)));
    expect(states.map((item) => [item?.state, item?.attempts])).to.deep.equal([
      ['ready', 0],
      ['ready', 0],
    ]);
    const { clock } = world;
    const before = clock.monotonic();
    expect((await world.resume(settings)).counts.items.done).to.equal(200);
    // Nothing was in doubt.
    expect(clock.monotonic() - before).to.be.below(60_000);
    expect(Object.values(world.effects())).to.deep.equal(Array(200).fill(1));
  });

  it('does not leave once another process has the outbox', async () => {
    await using world = new World(purchases(200, members));
    let isTaken = false;
    const watch = new AheadWatch(world, () => (isTaken = true));
    const { seenBySync } = world;
    world.seenBySync = (outbox) =>
      withDelivery(seenBySync(outbox), {
        mustBeOurs: () => {
          if (isTaken) throw new OutboxTakenError(outbox.name, 'another process works on it');
        },
      });
    expect(await failureOf(world.start(settings))).to.be.instanceOf(OutboxTakenError);
    expect(watch.keys).to.have.length(settings.batchSize);
    expect(watch.sent).to.deep.equal([]);
  });

  it('is not given back to an outbox that has failed, and the first failure is told', async () => {
    await using world = new World(purchases(60, members));
    const [first, second] = ['first', 'second'].map((name) => new Error(name));
    const watch = new AheadWatch(world);
    const { seenBySync } = world;
    let hasFailed = false;
    const givenBack: unknown[] = [];
    world.seenBySync = (outbox) =>
      withDelivery(seenBySync(outbox), {
        dueUnknown: async (...asked) => {
          hasFailed ||= watch.keys.length > 0;
          if (hasFailed) throw first!;
          return outbox.delivery.dueUnknown(...asked);
        },
        settle: async (outcomes, touched) => {
          const kept = outcomes.filter((outcome) => 'neverLeft' in outcome && outcome.neverLeft);
          if (!hasFailed || kept.length === 0) return outbox.delivery.settle(outcomes, touched);
          givenBack.push(...kept);
          throw second!;
        },
      });
    expect(await failureOf(world.start(settings))).to.equal(first);
    expect(givenBack).to.deep.equal([]);
  });
});
