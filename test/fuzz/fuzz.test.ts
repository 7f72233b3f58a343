import { expect } from 'chai';
import { fuzzRun } from './fuzzRun.js';

/** A short version of `npm run test:fuzz`. */
describe('Random and mutated requests over the socket', function () {
  this.timeout(120_000);

  it('never crash the org, never keep it busy, and never lead to an internal error', async () => {
    const { requests, failures } = await fuzzRun({ count: 3_000, seed: 1 });
    expect(failures).to.deep.equal([]);
    expect(requests).to.equal(3_000);
  });
});
