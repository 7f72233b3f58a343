import { expect } from 'chai';
import { expectToAddUp } from '../sync/org/counts.js';
import type { ChaosResult } from './chaosRun.js';

/** Checks what must be true after every run, whatever failed in it. */
export function holdsTheLaws(result: ChaosResult): void {
  const { report, accepted, committed } = result;
  expect(report.ending, 'ending').to.equal('complete');
  countsAddUp(result);
  const done = accepted.filter(({ state }) => state === 'done').map(({ key }) => key);
  const stored = committed.map(({ key }) => key);
  const inOrg = new Set(stored);
  expect(
    stored.filter((key, index) => stored.indexOf(key) !== index),
    'duplicates',
  ).to.deep.equal([]);
  expect(
    done.filter((key) => !inOrg.has(key)),
    'lost',
  ).to.deep.equal([]);
  expect(
    stored.filter((key) => !done.includes(key)),
    'in the org, but not done',
  ).to.deep.equal([]);
  expect(byMember(committed), 'order').to.deep.equal(byMember(accepted.filter(({ state }) => state === 'done')));
}

/** Returns the keys that the org has more than once. */
export function duplicatesIn({ committed }: ChaosResult): string[] {
  const seen = new Set<string>();
  return committed.map(({ key }) => key).filter((key) => seen.size === seen.add(key).size);
}

function countsAddUp({ report, accepted, committed }: ChaosResult): void {
  expectToAddUp(report.counts);
  const { new: made, done, refused, ready, sent, unknown, held, parked } = report.counts.items;
  expect(made).to.equal(accepted.length);
  expect({ refused, ready, sent, unknown, held, parked }).to.deep.equal({
    ...{ refused: 0, ready: 0, sent: 0, unknown: 0, held: 0, parked: 0 },
  });
  expect(done).to.equal(committed.length);
}

/** Returns the keys of each member in order. */
function byMember(transactions: readonly { key: string; member: string }[]): Record<string, string[]> {
  const keys: Record<string, string[]> = {};
  for (const { key, member } of transactions) (keys[member] ??= []).push(key);
  return keys;
}
