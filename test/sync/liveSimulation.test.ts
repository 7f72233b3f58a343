import { historyKinds, repeatCommand } from './manySeeds/historyKinds.js';
import { Marks } from './org/marks.js';

/** `npm run test:simulation` tells more. */
const histories = 40;

describe('services that follow each other, in an org with faults', () => {
  const { tell, required } = historyKinds.live;
  const marks = new Marks();

  for (let seed = 1; seed <= histories; seed++) {
    it(`lose no push, no line and no threshold, seed ${seed}`, async () => {
      await tell(seed, marks).catch((error: unknown) => {
        console.log(`To repeat it: ${repeatCommand(seed, 'live')}`);
        throw error;
      });
    }).timeout(120_000);
  }

  it('includes every case', () => {
    marks.expectAll(required, 1);
  });
});
