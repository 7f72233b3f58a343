import { expect } from 'chai';
import { exitCode } from '../../src/sync/index.js';
import type { RunEnding, SyncReport } from '../../src/sync/index.js';
import { noItems, none } from './org/counts.js';

describe('the exit code of a run', () => {
  const table: [RunEnding, Partial<typeof noItems & typeof none>, number, ReturnType<typeof exitCode>][] = [
    ['complete', { done: 3 }, 0, 0],
    ['complete', {}, 0, 0],
    ['complete', { done: 2, refused: 1 }, 0, 68],
    ['complete', { done: 3, conflict: 1 }, 0, 68],
    ['complete', { done: 3 }, 1, 68],
    ['complete', { done: 2, parked: 1 }, 0, 68],
    ['complete', { done: 2, parked: 1, ready: 1 }, 0, 69],
    ['complete', { done: 3, refusedBefore: 1 }, 0, 68],
    ['complete', { done: 3, repeated: 1 }, 0, 68],
    ['complete', { done: 3, known: 1, superseded: 1, repeatAccepted: 1, forgotten: 1, detailsDiffer: 1 }, 0, 0],
    ['complete', { done: 3, conflictInOrg: 1 }, 0, 68],
    ['complete', { done: 3, doubled: 1 }, 0, 68],
    ['complete', { done: 3, replaced: 1 }, 0, 0],
    ['unfinished', { done: 2, unknown: 1 }, 0, 69],
    ['unfinished', { refused: 2, unknown: 1 }, 1, 69],
    ['stopped', { ready: 3 }, 0, 69],
    ['interrupted', { done: 2, ready: 1 }, 0, 130],
    ['interrupted', { refused: 2, unknown: 1 }, 1, 130],
    ['failed', { done: 3 }, 0, 1],
    ['planned', { ready: 3 }, 0, 0],
    ['planned', { ready: 3 }, 1, 68],
    ['planned', { ready: 3, conflict: 1 }, 0, 68],
  ];
  for (const [ending, some, rejected, code] of table) {
    it(`${ending} with ${JSON.stringify(some)} and ${rejected} rejected as exit code ${code}`, () => {
      expect(exitCode(reportOf(ending, some, rejected))).to.equal(code);
    });
  }

  it('is 68 for transactions without effect only on request', () => {
    const report = reportOf('complete', { done: 3, withoutEffect: 1 }, 0);
    expect(exitCode(report)).to.equal(0);
    expect(exitCode(report, { failWithoutEffect: true })).to.equal(68);
  });
});

function reportOf(ending: RunEnding, some: Partial<typeof noItems & typeof none>, rejected: number): SyncReport {
  return {
    run: 'r',
    program: 'p',
    outbox: 'o',
    ending,
    startedAt: '2026-04-03T08:00:00.000Z',
    counts: {
      rows: { read: rejected, used: 0, skipped: 0, rejected },
      transactions: { ...none, ...some },
      items: { ...noItems, ...some },
    },
    notes: [],
    records: [],
    reasons: [],
    recordsLeftOut: 0,
  };
}
