import { expectEachAnswerKept } from './serveKillLaws.js';
import { tellServeKillStory } from './serveKillStory.js';

describe('A sync serve that is killed again and again under load', function () {
  this.timeout(120_000);

  it('has every transaction that it answered for in the org once, in order, and nothing else: 3 kills', async () => {
    expectEachAnswerKept(await tellServeKillStory({ seed: 1, kills: 3 }));
  });
});
