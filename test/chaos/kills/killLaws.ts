import { expect } from 'chai';
import type { Purchase } from '../machines/story.js';
import type { KillResult } from './killStory.js';

/** Checks that each purchase is in the org once, and that those of each member are in the order of the feed. */
export function expectEachOnceInOrder({ fed, committed, last }: Pick<KillResult, 'fed' | 'committed' | 'last'>): void {
  expect(doubledIn(committed), 'doubled').to.deep.equal([]);
  // What a process has left open is not lost.
  expect(last, 'the last process').to.equal('complete');
  const inOrg = new Set(committed.map(({ key }) => key));
  expect(
    fed.flatMap(({ key }) => (inOrg.has(key) ? [] : key)),
    'lost',
  ).to.deep.equal([]);
  expect(byMember(committed), 'in the order of the feed').to.deep.equal(byMember(fed));
}

export function doubledIn(committed: readonly Purchase[]): string[] {
  const seen = new Set<string>();
  return committed.map(({ key }) => key).filter((key) => seen.size === seen.add(key).size);
}

function byMember(purchases: readonly Purchase[]): Record<string, string[]> {
  const keys: Record<string, string[]> = {};
  for (const { key, member } of purchases) (keys[member] ??= []).push(key);
  return keys;
}
