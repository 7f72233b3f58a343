/**
 * `npm run test:serve-kills -- 50 1`: how many kills, and the seed of the first story. Each story has one outbox, whose
 * process is killed ten times. Ends with 1 at the first story in which an answer was not kept.
 */
import { expectEachAnswerKept } from './serveKillLaws.js';
import { tellServeKillStory } from './serveKillStory.js';
import type { ServeKillResult } from './serveKillStory.js';
import { wholeNumbers } from '../../support/wholeNumbers.js';

const killsOfStory = 10;
const [kills = 50, first = 1] = wholeNumbers(process.argv.slice(2));

function summary({ kills: its, senders, committed }: ServeKillResult): string {
  const sum = (of: (sender: ServeKillResult['senders'][number]) => number): number =>
    senders.reduce((total, sender) => total + of(sender), 0);
  const accepted = sum(({ accepted: { length } }) => length);
  return [
    `killed ${Object.entries(its)
      .map(([moment, count]) => `${count} × ${moment}`)
      .join(', ')}`,
    `${accepted} accepted, ${committed.length} in the org`,
    `${sum(({ refused: { length } }) => length)} refused`,
    `${sum(({ repeated }) => repeated)} pushes repeated, and ${sum(({ storedUntold }) => storedUntold)} sales of them were stored before`,
  ].join('; ');
}

for (let left = kills, seed = first; left > 0; left -= killsOfStory, seed++) {
  const started = performance.now();
  const ofStory = Math.min(left, killsOfStory);
  const result = await tellServeKillStory({ seed, kills: ofStory });
  console.log(`Seed ${seed}: ${summary(result)}; ${Math.round((performance.now() - started) / 1000)} s`);
  try {
    expectEachAnswerKept(result);
  } catch (error) {
    console.log(`${String(error)}\nTo repeat it: npm run test:serve-kills -- ${ofStory} ${seed}`);
    process.exit(1);
  }
}
console.log(`Every answer of ${kills} killed processes was kept.`);
