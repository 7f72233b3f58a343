import { expect } from 'chai';
import type { Transaction } from '../../../src/sync/index.js';
import type { World } from './world.js';

interface Sold {
  readonly members: readonly string[];
  /** What each till, feed, file or folder has sold, in its order. */
  readonly sources: readonly (readonly Transaction[])[];
}

/** Everything has had its effect once, for each member in the order of each source. */
export function expectAllOnce(world: World, { members, sources }: Sold): void {
  const all = sources.flat().map(({ key }) => world.numberOf(key));
  expect(world.effects(), 'effects').to.deep.equal(Object.fromEntries(all.map((number) => [number, 1])));
  for (const member of members) {
    const order = world.order(member);
    for (const source of sources) {
      const own = source.filter((each) => each.member === member).map(({ key }) => world.numberOf(key));
      const isOwn = new Set(own);
      expect(
        order.filter((number) => isOwn.has(number)),
        `order of ${member}`,
      ).to.deep.equal(own);
    }
  }
}

/** A process that says that everything is done, and that it has left nothing, has delivered these. */
export function expectInOrg(world: World, transactions: readonly Transaction[]): void {
  const effects = world.effects();
  const missing = transactions.map(({ key }) => key).filter((key) => effects[world.numberOf(key)] === undefined);
  expect(missing, 'complete files that a complete process has not read').to.deep.equal([]);
}
