import { expect } from 'chai';
import type { RunCounts } from '../../../src/sync/index.js';

export const none = {
  ...{ made: 0, new: 0, corrected: 0, takenUpByItself: 0, known: 0, superseded: 0, repeatAccepted: 0, forgotten: 0 },
  ...{ openBefore: 0, refusedBefore: 0, repeated: 0, conflict: 0, detailsDiffer: 0 },
} satisfies RunCounts['transactions'];

export const noItems = {
  ...{ new: 0, corrected: 0, takenUpByItself: 0, takenUpAgain: 0, carriedOver: 0 },
  ...{
    held: 0,
    ready: 0,
    sent: 0,
    unknown: 0,
    parked: 0,
    done: 0,
    refused: 0,
    conflictInOrg: 0,
    doubled: 0,
    replaced: 0,
  },
  ...{ sentNow: 0, found: 0, withoutEffect: 0, cancelled: 0 },
} satisfies RunCounts['items'];

/** Checks law 1: every row that was read became something, and every transaction is counted somewhere. */
export function expectToAddUp(
  { rows, transactions: t, items: i }: RunCounts,
  {
    several = false,
  }: { /** Whether a row may become several transactions, or several rows one. */ several?: boolean } = {},
): void {
  expect(rows.read, 'rows').to.equal(rows.used + rows.skipped + rows.rejected);
  if (!several) expect(t.made, 'made').to.equal(rows.used);
  expect(t.made, 'transactions').to.equal(
    sum(t.new, t.corrected, t.takenUpByItself, t.known, t.superseded, t.repeatAccepted, t.forgotten) +
      sum(t.refusedBefore, t.openBefore, t.repeated, t.conflict),
  );
  expect(sum(i.new, i.corrected, i.takenUpByItself, i.takenUpAgain, i.carriedOver), 'items').to.equal(
    sum(i.done, i.refused, i.ready, i.sent, i.unknown, i.held, i.parked, i.conflictInOrg, i.doubled, i.replaced),
  );
  expect(i.done, 'done').to.equal(i.sentNow + i.found);
}

function sum(...numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
