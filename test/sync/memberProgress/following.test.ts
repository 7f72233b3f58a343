import { setTimeout } from 'node:timers/promises';
import { expect } from 'chai';
import type { CountedProgress } from '../../../src/client/index.js';
import { startSync, SqliteOutbox, SyncService } from '../../../src/sync/index.js';
import type { CrossedThreshold, MemberProgressOptions, ServiceEvent } from '../../../src/sync/index.js';
import { cups, ProgressShop, quick, regular, said } from './progressShop.js';

const thresholds = [50, 80, 100];
const member = 'HR-100001';

/** Gathers what a handler hears. */
function listener(options: MemberProgressOptions = {}) {
  const heard: CrossedThreshold[] = [];
  return { heard, follow: { thresholds, ...options, onThreshold: (each: CrossedThreshold) => heard.push(each) } };
}

/** Replaces how the client reads progress. Returns how many members each reading had. */
function readingsOf(
  { shop }: ProgressShop,
  read: (honest: () => Promise<CountedProgress[]>) => Promise<CountedProgress[]> = (honest) => honest(),
) {
  const { progress } = shop.client;
  const sizes: number[] = [];
  const honest = progress.ofMembers.bind(progress);
  progress.ofMembers = async (program, numbers) => {
    const members = [...numbers];
    sizes.push(members.length);
    return read(() => honest(program, members));
  };
  return sizes;
}

describe('following the progress of members', () => {
  let world: ProgressShop;

  beforeEach(async () => {
    world = await ProgressShop.open();
  });
  afterEach(() => world[Symbol.asyncDispose]());

  const run = (times: number, follow?: MemberProgressOptions) =>
    startSync({ ...world.options(world.buys(member, times), follow), settle: 1 });

  it('does not tell what was crossed before the outbox knew the member', async () => {
    await run(6);
    world.outbox = SqliteOutbox.inMemory();
    const { heard, follow } = listener();
    await run(1, follow);
    expect(heard).to.deep.equal([]);
    await run(1, follow);
    expect(heard.map(said)).to.deep.equal([`${member} ${cups} 80 %`]);
  });

  it('does not tell what was crossed before anybody followed', async () => {
    await run(7);
    const { heard, follow } = listener();
    await run(1, follow);
    expect(heard.map(said)).to.deep.equal([`${member} ${cups} 80 %`]);
  });

  it('tells what the very first transaction crosses, because the progress before it was read', async () => {
    await run(7);
    world.outbox = SqliteOutbox.inMemory();
    const { heard, follow } = listener();
    await run(1, follow);
    expect(heard.map(said)).to.deep.equal([`${member} ${cups} 80 %`]);
  });

  it('does not follow what was only found in the org', async () => {
    const bought = world.buys(member, 6);
    await startSync(world.options(bought));
    world.outbox = SqliteOutbox.inMemory();
    const sizes = readingsOf(world);
    const { counts } = await startSync({ ...world.options(bought, { thresholds }), settle: 1 });
    expect(counts.items.found).to.equal(6);
    // The first reading, before anything would be sent.
    expect(sizes).to.deep.equal([1]);
  });

  it('reads again, and not for ever, while the org has not computed the progress yet', async () => {
    const stale: CountedProgress[][] = [];
    let late = 3;
    const sizes = readingsOf(world, async (honest) => {
      const rows = await honest();
      stale.push(rows);
      return late-- > 0 ? (stale[0] ?? []) : rows;
    });
    const { heard, follow } = listener();
    await run(5, follow);
    expect(heard.map(said)).to.deep.equal([`${member} ${cups} 50 %`]);

    late = Infinity;
    const before = sizes.length;
    await run(1, follow);
    expect(sizes.length - before).to.be.within(3, 5);
    expect(await world.outbox.followed.nextDue()).to.equal(undefined);
  });

  it('reads again where the org has counted only the first of several transactions', async () => {
    let isLate = true;
    readingsOf(world, async (honest) => {
      const rows = await honest();
      if (!isLate || !rows.some(({ completed }) => completed === 5)) return rows;
      isLate = false;
      return rows.map((row) => ({ ...row, completed: 4 }));
    });
    const { heard, follow } = listener();
    await run(5, { ...follow, every: 100 });
    expect(heard.map(said)).to.deep.equal([`${member} ${cups} 50 %`]);
  });

  it('reads many members at once, and never twice at a time', async () => {
    await using many = await ProgressShop.open({ members: 60 });
    let [now, most] = [0, 0];
    const sizes = readingsOf(many, async (honest) => {
      most = Math.max(most, ++now);
      return honest().finally(() => (now -= 1));
    });
    const bought = many.shop.members.flatMap((each) => many.buys(each, 5));
    const { heard, follow } = listener();
    await startSync({ ...many.options(bought, { ...follow, every: 50 }), batchSize: 20 });
    expect(heard).to.have.length(60);
    expect(most).to.equal(1);
    expect(sizes.length).to.be.below(60);
  });

  it('never waits for a handler', async () => {
    const all = Promise.withResolvers<undefined>();
    let done = 0;
    const bought = world.shop.members.flatMap((each) => world.buys(each, 8));
    const report = await startSync({
      ...world.options(bought, { thresholds: [10], onThreshold: () => all.promise }),
      batchSize: 3,
      onOutcome: (outcomes) => {
        done += outcomes.length;
        if (done === bought.length) all.resolve(undefined);
      },
    });
    expect(report.notes.map(({ code }) => code)).not.to.include('thresholds-untold');
  });

  it('calls a handler again that fails, with the same id, and acknowledges once', async () => {
    const calls: string[] = [];
    const onThreshold = async ({ id }: CrossedThreshold): Promise<void> => {
      calls.push(id);
      await setTimeout(1);
      if (calls.length < 3) throw new Error('Busy.');
    };
    const { notes } = await run(5, { thresholds: [50], onThreshold });
    expect(calls).to.have.length(3);
    expect(new Set(calls).size).to.equal(1);
    expect(notes.map(({ code }) => code)).not.to.include('thresholds-untold');
    await run(1, { thresholds: [50], onThreshold });
    expect(calls).to.have.length(3);
  });

  it('reports a handler that fails for ever or never answers, and tells the next process', async () => {
    const failed = await run(5, { thresholds, onThreshold: () => Promise.reject(new Error('No way.')) });
    expect(failed.ending).to.equal('complete');
    expect(failed.notes.find(({ code }) => code === 'thresholds-untold')?.message).to.match(
      /^1 threshold could not be told, .* No way\./,
    );
    const hangs = await run(1, { thresholds, onThreshold: () => new Promise(() => undefined), handlerTimeout: 5 });
    expect(hangs.notes.map(({ code }) => code)).to.include('thresholds-untold');
    const { heard, follow } = listener();
    const { notes } = await run(1, follow);
    expect(heard.map(said)).to.deep.equal([`${member} ${cups} 50 %`]);
    expect(notes.map(({ code }) => code)).not.to.include('thresholds-untold');
  });

  it('leaves the calls of a scarce day to the deliveries, and reads later', async () => {
    const sizes = readingsOf(world);
    const { heard, follow } = listener();
    await run(4, follow);
    const before = sizes.length;
    const { limit = 0, used = 0 } = world.shop.client.apiUsage ?? {};
    const reserve = limit - used - 30;
    expect((await startSync({ ...world.options(world.buys(member, 4), follow), reserve })).ending).to.equal('complete');
    expect(sizes).to.have.length(before);
    expect(heard).to.deep.equal([]);
    await run(0, follow);
    expect(heard.map(said)).to.deep.equal([`${member} ${cups} 50 %`, `${member} ${cups} 80 %`]);
  });

  it('delivers even if the org refuses to show progress, and says so', async () => {
    const { heard, follow } = listener();
    await run(1, follow);
    world.shop.client.progress.ofMembers = () => world.shop.client.progress.list('No such program').then(() => []);
    const { ending, notes } = await run(5, follow);
    expect(ending).to.equal('complete');
    expect(notes.map(({ code }) => code)).to.include('progress-unread');
    expect(heard).to.deep.equal([]);
  });

  it('is heard by the readers of a service', async () => {
    const { heard, follow } = listener();
    const { feeds: _none, ...options } = world.options([], { ...quick, ...follow });
    const service = await SyncService.open(options);
    const events = service.events();
    for (const each of world.buys(member, 8)) await service.push(each);
    await service.drain();
    const all: ServiceEvent[] = await Array.fromAsync(events);
    const progress = all.flatMap((each) => (each.type === 'memberProgress' ? each : []));
    expect(progress.findLast(({ promotionName }) => promotionName === cups)).to.include({ percent: 80, toGo: 2 });
    expect(progress.findLast(({ promotionName }) => promotionName === regular)).to.include({ completed: 8 });
    const crossed = all.flatMap((each) => (each.type === 'threshold' ? each.id : []));
    expect(crossed)
      .to.deep.equal(heard.map(({ id }) => id))
      .and.have.length(2);
  });

  it('knows the rounds of a promotion that starts again', async () => {
    const { client } = world.shop;
    const [row] = await client.query.all(`SELECT Id FROM Promotion WHERE Name = '${cups}'`);
    const limit = { PromotionId: String(row?.['Id']), Category: 'CustomerLevel', Type: 'UsagePerCustomer', Value: 9 };
    await client.sobjects.create('PromotionLimit', limit);
    const { heard, follow } = listener({ thresholds: [80] });
    await run(0, follow);
    await run(29, { ...follow, thresholds: [80] });
    expect(heard.map(said)).to.deep.equal([
      ...[`${member} ${cups} 80 %`, `${member} ${cups} 80 %, round 2`, `${member} ${cups} 80 %, round 3`],
    ]);
    expect(new Set(heard.map(({ id }) => id)).size).to.equal(3);
  });

  it('is forgotten with the member', async () => {
    await run(5, { thresholds });
    await world.outbox.forget(member);
    const runs = await world.outbox.runs.find();
    expect([...world.outbox.followed.thresholds(runs?.id ?? '')]).to.deep.equal([]);
    expect(await world.outbox.followed.unread([member])).to.deep.equal([member]);
  });

  for (const bad of [{ thresholds: [0] }, { thresholds: [101] }, { thresholds: [12.5] }, { every: -1 }])
    it(`refuses ${JSON.stringify(bad)}`, async () => {
      const error: unknown = await run(0, bad).catch((thrown: unknown) => thrown);
      expect(error).to.be.instanceOf(RangeError);
    });
});
