import { expect } from 'chai';
import { recordSyncMetrics } from '../../../src/sync/index.js';
import type { SyncMeter } from '../../../src/sync/index.js';
import { failure } from '../org/answers.js';
import { arrayFeed, purchase, purchases } from '../org/arrayFeed.js';
import { World } from '../org/world.js';
import { liveWorld, members, openService } from './liveWorld.js';

type Attributes = Record<string, string | number>;
type Look = (result: { observe(value: number): void }) => void | Promise<void>;

/** A meter that remembers what it is told. */
class NotedMeter implements SyncMeter {
  readonly #counted = new Map<string, number>();
  readonly #gauges = new Map<string, Set<Look>>();
  readonly units = new Map<string, string>();
  /** Values of the histogram, with their status. */
  readonly durations: [number, Attributes | undefined][] = [];

  createCounter(name: string, { unit }: { unit: string }) {
    this.units.set(name, unit);
    return {
      add: (value: number, attributes: Attributes = {}): void => {
        const series = [name, ...Object.values(attributes)].join(' ');
        this.#counted.set(series, (this.#counted.get(series) ?? 0) + value);
      },
    };
  }

  createHistogram(name: string, { unit }: { unit: string }) {
    this.units.set(name, unit);
    return { record: (value: number, attributes?: Attributes): void => void this.durations.push([value, attributes]) };
  }

  createObservableGauge(name: string, { unit }: { unit: string }) {
    this.units.set(name, unit);
    const looks = new Set<Look>();
    this.#gauges.set(name, looks);
    return {
      addCallback: (look: Look) => void looks.add(look),
      removeCallback: (look: Look) => void looks.delete(look),
    };
  }

  get counted(): Record<string, number> {
    return Object.fromEntries([...this.#counted].map(([name, value]) => [name.replace('loyalty.sync.', ''), value]));
  }

  async look(name: string): Promise<number[]> {
    const seen: number[] = [];
    for (const look of this.#gauges.get(`loyalty.sync.${name}`) ?? [])
      await look({ observe: (value) => seen.push(value) });
    return seen;
  }
}

describe('the metrics of a sync', () => {
  it('count rows, outcomes, requests, locks and what had to be sent again', async () => {
    await using world = new World(purchases(10, [...members.slice(0, 9), 'nobody']), { strangers: ['nobody'] });
    const { org } = world;
    org.fate = (execution) =>
      org.executions.length === 1
        ? { answersAt: 100, answer: failure(400, 'UNABLE_TO_LOCK_ROW', 'locked') }
        : org.honest(execution);
    const meter = new NotedMeter();
    using _metrics = await recordSyncMetrics({ meter });
    await world.start({ feeds: [arrayFeed(world.rows)] });
    expect(meter.counted).to.deep.equal({
      rows: 10,
      'transactions done': 9,
      'transactions refused': 1,
      'locks UNABLE_TO_LOCK_ROW': 1,
      retries: 9,
    });
    expect(meter.durations.map(([, attributes]) => Object.values(attributes ?? {}))).to.deep.equal([
      ['later', 'UNABLE_TO_LOCK_ROW'],
      ['done'],
    ]);
    expect(meter.durations[0]?.[0]).to.equal(0.1);
    expect(meter.units.get('loyalty.sync.request.duration')).to.equal('s');
  });

  it('show what is open, and how long the oldest has been', async () => {
    await using world = liveWorld();
    const meter = new NotedMeter();
    using _metrics = await recordSyncMetrics({ meter, outbox: world.outbox, clock: world.clock });
    const look = async () => [await meter.look('open'), await meter.look('open.oldest')];
    const service = await openService(world);
    expect(await look()).to.deep.equal([[0], [0]]);
    world.org.fate = () => ({ answersAt: 100, answer: failure(503, 'SERVER_UNAVAILABLE') });
    await service.push(purchase('1', 'M1'));
    await world.clock.sleep(60_000);
    await service.push(purchase('2', 'M2'));
    await world.clock.sleep(30_000);
    expect(await look()).to.deep.equal([[2], [90]]);
    world.org.fate = (execution) => world.org.honest(execution);
    await service.drain();
    expect(await look()).to.deep.equal([[0], [0]]);
  });

  it('end when they are disposed', async () => {
    await using world = liveWorld();
    const meter = new NotedMeter();
    const metrics = await recordSyncMetrics({ meter, outbox: world.outbox });
    metrics[Symbol.dispose]();
    const service = await openService(world);
    await service.push(purchase('1', 'M1'));
    await service.drain();
    expect(meter.counted).to.deep.equal({});
    expect(await meter.look('open')).to.deep.equal([]);
  });

  it('name no member and no key', async () => {
    await using world = liveWorld();
    const meter = new NotedMeter();
    using _metrics = await recordSyncMetrics({ meter });
    const service = await openService(world);
    await service.push(purchase('4711', 'M1'));
    await service.push(purchase('4712', 'nobody'));
    await service.drain();
    const told = JSON.stringify([meter.counted, meter.durations]);
    expect(told)
      .to.include('refused')
      .and.not.match(/4711|4712|M1|nobody/);
  });
});
