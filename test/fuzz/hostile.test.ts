import { expect } from 'chai';
import { hostileRun } from './hostile/hostileRun.js';

/** A short version of `npm run test:hostile`. */
describe('Hostile cells, mappings and answers, given to the real commands', function () {
  this.timeout(300_000);

  it('neither hang them nor reach the terminal, end in a stack, show a token, or make a file outside their folder', async () => {
    expect(await hostileRun({ count: 12, seed: 1 })).to.deep.equal([]);
  });
});
