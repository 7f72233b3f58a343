import { expect } from 'chai';
import { hostileRun } from './hostile/hostileRun.js';

/** A short version of `npm run test:hostile`. */
describe('The real commands, with hostile cells, mappings and answers', function () {
  this.timeout(300_000);

  it('do not hang, obey hostile text, print a stack or a token, or write outside their folder', async () => {
    expect(await hostileRun({ count: 12, seed: 1 })).to.deep.equal([]);
  });
});
