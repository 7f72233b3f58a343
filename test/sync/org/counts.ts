import { expect } from 'chai';
import type { RunCounts } from '../../../src/sync/index.js';

/** Law 1: what was read became something, and what was made is somewhere. */
export function expectToAddUp({ rows, transactions }: RunCounts): void {
  const { made, accepted, duplicate, conflict, done, refused, ready, sent, unknown, held, parked } = transactions;
  expect(rows.read, 'rows').to.equal(rows.used + rows.skipped + rows.rejected);
  expect(made, 'made').to.equal(rows.used);
  expect(made, 'transactions').to.equal(accepted + duplicate + conflict);
  expect(accepted, 'items').to.equal(done + refused + ready + sent + unknown + held + parked);
}
