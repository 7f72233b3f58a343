import { expect } from 'chai';
import { systemClock } from '../../../src/base/clock.js';
import { SqliteOutbox, startSync } from '../../../src/sync/index.js';
import type { CrossedThreshold } from '../../../src/sync/index.js';
import { Life } from '../org/life.js';
import { cups, ProgressShop, said } from './progressShop.js';

const thresholds = [50, 80];
/** Not every moment of a process is tried, but every kind of moment of the following is. */
const step = 9;
const kinds = ['before storeFirst', 'after storeFirst', 'after settle', 'before store', 'after store', 'before told'];

describe('a process that is killed while it follows members', function () {
  this.timeout(60_000);
  let world: ProgressShop;

  before(async () => {
    world = await ProgressShop.open({ members: 150 });
  });
  after(() => world[Symbol.asyncDispose]());

  /** Kills a process, starts the next one, and returns what each has heard. */
  async function killed(dies: (moment: string, count: number) => boolean, member: string) {
    await using outbox = SqliteOutbox.inMemory();
    world.outbox = outbox;
    const life = new Life(dies);
    const [first, second]: [CrossedThreshold[], CrossedThreshold[]] = [[], []];
    const bought = world.buys(member, 8);
    const options = (heard: CrossedThreshold[]) => ({
      ...world.options(bought, { thresholds, onThreshold: (each) => heard.push(each) }),
      settle: 1,
    });
    const mortal = { outbox: life.outbox(outbox), clock: life.clock(systemClock) };
    const living = startSync({ ...options(first), ...mortal }).then(() => 'lived');
    const end = await Promise.race([living, life.death]);
    const report = await startSync(options(second));
    expect(report.ending).to.equal('complete');
    return { first, second, moments: end === 'lived' ? life.moments : Infinity };
  }

  function expectToBeHeard(first: readonly CrossedThreshold[], second: readonly CrossedThreshold[], member: string) {
    const all = [...first, ...second];
    const texts = [...new Set(all.map(said))].sort();
    expect(texts).to.deep.equal(thresholds.map((each) => `${member} ${cups} ${each} %`));
    for (const heard of [first, second]) expect(new Set(heard.map(({ id }) => id)).size).to.equal(heard.length);
    expect(new Set(all.map(({ id }) => id)).size, 'ids').to.equal(2);
  }

  it('at any moment: each threshold is heard, once in each process, and always with the same id', async () => {
    let moments = Infinity;
    for (let [at, next] = [1, 0]; at <= moments; at += step) {
      const member = world.shop.members[next++] ?? expect.fail('There are too few members.');
      const dies = at;
      const heard = await killed((_, count) => count === dies, member);
      ({ moments } = heard);
      expectToBeHeard(heard.first, heard.second, member);
    }
  });

  for (const [index, kind] of kinds.entries())
    it(`${kind}: twice only if it was told and that was not stored`, async () => {
      const member = world.shop.members.at(-1 - index) ?? '';
      const { first, second } = await killed((moment) => moment === kind, member);
      expectToBeHeard(first, second, member);
      expect(first.length + second.length).to.equal(kind === 'before told' ? 2 + first.length : 2);
      if (kind === 'before told') expect(first).to.have.length(1);
    });
});
