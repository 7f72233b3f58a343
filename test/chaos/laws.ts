import { expect } from 'chai';
import type { ChaosResult } from './chaosRun.js';

/** What must hold of every run, whatever went wrong in it. */
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

/** Keys that the org has more than once. */
export function duplicatesIn({ committed }: ChaosResult): string[] {
  const seen = new Set<string>();
  return committed.map(({ key }) => key).filter((key) => seen.size === seen.add(key).size);
}

function countsAddUp({ report, accepted, committed }: ChaosResult): void {
  const { rows, transactions } = report.counts;
  expect(rows.read).to.equal(rows.used + rows.skipped + rows.rejected);
  expect(transactions.made).to.equal(transactions.accepted + transactions.duplicate + transactions.conflict);
  const { done, refused, ready, sent, unknown, held, parked } = transactions;
  expect(transactions.accepted).to.equal(done + refused + ready + sent + unknown + held + parked);
  expect(transactions.accepted).to.equal(accepted.length);
  expect({ refused, ready, sent, unknown, held, parked }).to.deep.equal({
    ...{ refused: 0, ready: 0, sent: 0, unknown: 0, held: 0, parked: 0 },
  });
  expect(done).to.equal(committed.length);
}

/** Keys in their order, for each member. */
function byMember(transactions: readonly { key: string; member: string }[]): Record<string, string[]> {
  const keys: Record<string, string[]> = {};
  for (const { key, member } of transactions) (keys[member] ??= []).push(key);
  return keys;
}
