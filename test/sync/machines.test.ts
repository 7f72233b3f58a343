import { historyKinds, repeatCommand } from './manySeeds/historyKinds.js';
import { Marks } from './org/marks.js';

/** Of each kind. `npm run test:simulation` tells thousands. The other kinds have tests of their own. */
const histories = 30;
const kinds = ['level0', 'level1', 'level2', 'notHonored'] as const;

describe('outboxes that are lost, restored or not alone, and a feed that changes', () => {
  for (const kind of kinds) {
    for (let seed = 1; seed <= histories; seed++) {
      it(`${kind} doubles nothing without naming it, and loses nothing silently, seed ${seed}`, async () => {
        await historyKinds[kind].tell(seed, new Marks()).catch((error: unknown) => {
          console.log(`To repeat it: ${repeatCommand(seed, kind)}`);
          throw error;
        });
      });
    }
  }
});
