import { expect } from 'chai';
import { killKinds } from './killKinds.js';
import type { KillKindName } from './killKinds.js';
import { doubledIn, expectEachOnceInOrder } from './killLaws.js';
import { tellKillStory } from './killStory.js';

/** `npm run test:kills` kills thousands of processes. Like the tests of commands, these run the compiled package. */
const stories: Partial<Record<KillKindName, number>> = {
  growingFile: 20,
  skewedMembers: 14,
  lostOutbox: 12,
  markers: 4,
};

describe('A process that is killed again and again while it reads and sends a feed', function () {
  this.timeout(180_000);

  for (const [name, kills] of Object.entries(stories)) {
    it(`loses, doubles and reorders nothing: ${name}, ${kills} kills`, async () => {
      expectEachOnceInOrder(await tellKillStory({ seed: 1, kills, kind: killKinds[name as KillKindName] }));
    });
  }

  it('is judged by laws that a careless engine breaks: without a settle window, purchases are doubled', async () => {
    const careless = { ...killKinds.growingFile, isCareless: true };
    // A kill doubles something only if it hits a request whose answer is under way.
    for (let seed = 1; seed <= 12; seed++) {
      const result = await tellKillStory({ seed, kills: 6, kind: careless });
      if (doubledIn(result.committed).length === 0) continue;
      expect(() => expectEachOnceInOrder(result)).to.throw('doubled');
      return;
    }
    expect.fail('No kill has doubled anything.');
  });
});
