import { expect } from 'chai';
import { startSync } from '../../../src/sync/index.js';
import type { CrossedThreshold, MemberProgress } from '../../../src/sync/index.js';
import { cups, ProgressShop, regular, said } from './progressShop.js';

const thresholds = [50, 80, 100];

describe('progress while a run delivers', () => {
  it('tells how far members are, and each threshold once when it is crossed', async () => {
    await using world = await ProgressShop.open();
    const changed: MemberProgress[] = [];
    const crossed: CrossedThreshold[] = [];
    const follow = {
      thresholds,
      onProgress: (news: readonly MemberProgress[]) => changed.push(...news),
      onThreshold: (each: CrossedThreshold) => crossed.push(each),
    };
    const run = (times: number) => startSync(world.options(world.buys('HR-100001', times), follow));

    expect((await run(4)).counts.items.done).to.equal(4);
    const latest = changed.findLast(({ promotionName }) => promotionName === cups);
    expect(latest).to.deep.include({ member: 'HR-100001', completed: 4, target: 10, percent: 40, toGo: 6 });
    expect(crossed).to.deep.equal([]);

    await run(4);
    expect(crossed.map(said)).to.deep.equal([`HR-100001 ${cups} 50 %`, `HR-100001 ${cups} 80 %`]);
    expect(crossed.at(-1)?.id).to.match(/^[0-9a-f]{64}$/);

    await run(2);
    expect(crossed.map(said)).to.have.length(3).and.include(`HR-100001 ${cups} 100 %`);
    await run(12);
    expect(crossed.map(said).slice(3)).to.deep.equal([`HR-100001 ${regular} 50 %`]);
    expect(new Set(crossed.map(({ id }) => id)).size).to.equal(4);
  });
});
