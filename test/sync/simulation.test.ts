import { historyKinds, repeatCommand } from './manySeeds/historyKinds.js';
import { Marks } from './org/marks.js';

/** `npm run test:simulation` tells thousands. */
const histories = 260;

describe('a sync in an org with faults', () => {
  const { tell, required } = historyKinds.plain;
  const marks = new Marks();

  for (let seed = 1; seed <= histories; seed++) {
    it(`loses nothing, doubles nothing and keeps the order, seed ${seed}`, async () => {
      await tell(seed, marks).catch((error: unknown) => {
        console.log(`To repeat it: ${repeatCommand(seed, 'plain')}`);
        throw error;
      });
    });
  }

  it('includes every verdict, every change of state, every cell of the table and every pair of faults', () => {
    marks.expectAll(required, 1);
  });
});
