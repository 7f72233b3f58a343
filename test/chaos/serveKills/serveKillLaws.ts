import { expect } from 'chai';
import { expectEachOnceInOrder } from '../kills/killLaws.js';
import type { Purchase } from '../machines/story.js';
import type { ServeKillResult } from './serveKillStory.js';

/** Checks that what was accepted is in the org once, as it was pushed and in order, and that nothing else is there. */
export function expectEachAnswerKept({ senders, committed, last }: ServeKillResult): void {
  expect(
    senders.flatMap(({ strange }) => strange),
    'answers that no push should have',
  ).to.deep.equal([]);
  const accepted = senders.flatMap(({ accepted: its }) => its);
  const ending = last.code === 0 ? 'complete' : `${last.code}: ${last.stdout}${last.stderr}`;
  expectEachOnceInOrder({ fed: accepted.map(ofPusher), committed: committed.map(ofPusher), last: ending });
  const amounts = new Map(accepted.map(({ key, amount }) => [key, amount]));
  const others = committed.filter(({ key, amount }) => Number(amounts.get(key)) !== Number(amount));
  expect(others, 'with another amount than was pushed').to.deep.equal([]);
}

/** The order of a member's sales is known for each pusher only, because pushers do not wait for each other. */
function ofPusher({ key, member }: Purchase): Purchase {
  return { key, member: `${key.slice(0, 'till:a'.length)} ${member}` };
}
