import { expect } from 'chai';
import { expectEachOnceInOrder } from '../kills/killLaws.js';
import { tellSharedKillStory } from './sharedKillStory.js';

const kinds = ['killed', 'stopped', 'database crashed'] as const;

/** `npm run test:shared-kills` tells longer stories. Like the tests of commands, this runs the compiled package. */
describe('Three machines that share an outbox', function () {
  this.timeout(120_000);

  it('lose, double and reorder nothing while they are killed and stopped, and the database crashes', async () => {
    const result = await tellSharedKillStory({ seed: 3, rows: 500, settle: 4000, troubles: 3, kinds });
    expectEachOnceInOrder(result);
    expect(result.tally).to.include.keys('killed', 'stopped', 'database crashed');
  });
});
