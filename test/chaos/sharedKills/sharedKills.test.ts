import { expect } from 'chai';
import { expectEachOnceInOrder } from '../kills/killLaws.js';
import { tellSharedKillStory } from './sharedKillStory.js';

/** `npm run test:shared-kills` tells longer stories. Like the tests of commands, this runs the compiled package. */
describe('Three machines that share an outbox', function () {
  this.timeout(120_000);

  it('lose, double and reorder nothing while they are killed and stopped, and the database crashes', async () => {
    const kinds = ['killed', 'stopped', 'database crashed'] as const;
    const result = await tellSharedKillStory({ seed: 3, rows: 500, settle: 4000, troubles: 3, kinds });
    expectEachOnceInOrder(result);
    expect(result.tally).to.include.keys('killed', 'stopped', 'database crashed');
  });

  it('lose, double and reorder nothing while one of them loses its network', async () => {
    const kinds = ['network lost', 'answers lost'] as const;
    const result = await tellSharedKillStory({ seed: 8, rows: 300, settle: 4000, troubles: 2, kinds });
    expectEachOnceInOrder(result);
    // Both at once for longer than a settle window, and then the database alone.
    expect(result.tally).to.include({
      'network lost': 1,
      'without both': 1,
      'answers lost': 1,
      'without the database': 1,
    });
    expect(result.tally).to.include.keys('beyond the settle window');
  });
});
