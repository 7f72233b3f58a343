import { historyKinds, repeatCommand } from './manySeeds/historyKinds.js';
import { Marks } from './org/marks.js';

/** `npm run test:simulation` tells more. */
const histories = 60;

describe('receipts of members who are enrolled on the way, in an org with faults', () => {
  const { tell, required } = historyKinds.enrolling;
  const marks = new Marks();

  for (let seed = 1; seed <= histories; seed++) {
    it(`are in the org once, whole and in order, seed ${seed}`, async () => {
      await tell(seed, marks).catch((error: unknown) => {
        console.log(`To repeat it: ${repeatCommand(seed, 'enrolling')}`);
        throw error;
      });
    });
  }

  it('includes every case', () => {
    marks.expectAll(required, 1);
  });
});
