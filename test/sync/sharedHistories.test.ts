import { historyKinds, repeatCommand } from './manySeeds/historyKinds.js';
import { Marks } from './org/marks.js';

/** `npm run test:simulation` tells thousands. */
const histories = 12;

describe('machines that share an outbox', () => {
  const { tell, required } = historyKinds.shared;
  const marks = new Marks();

  for (let seed = 1; seed <= histories; seed++) {
    it(`lose nothing, double nothing and keep the order, seed ${seed}`, async () => {
      await tell(seed, marks).catch((error: unknown) => {
        console.log(`To repeat it: ${repeatCommand(seed, 'shared')}`);
        throw error;
      });
    });
  }

  it('are killed, stopped beyond their leases, refused, and without their log for a while', () => {
    marks.expectAll(required, 1);
  });
});
