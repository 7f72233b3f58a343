/**
 * `npm run test:shared-kills -- 20000 1 3`: how many transactions, the first seed, and how many stories. Ends with 1 at
 * the first story in which something was lost, doubled or reordered.
 */
import { expectEachOnceInOrder } from '../kills/killLaws.js';
import { tellSharedKillStory } from './sharedKillStory.js';
import { wholeNumbers } from '../../support/wholeNumbers.js';

const kinds = [
  ...(['killed', 'network lost', 'stopped', 'answers lost'] as const),
  ...(['database crashed', 'network held back', 'stopped for long', 'connections reset'] as const),
];
const [rows = 20_000, first = 1, stories = 1] = wholeNumbers(process.argv.slice(2));
for (let seed = first; seed < first + stories; seed++) {
  const result = await tellSharedKillStory({ seed, rows, settle: 4000, troubles: Math.ceil(rows / 120), kinds });
  expectEachOnceInOrder(result);
  const tally = Object.entries(result.tally).map(([what, count]) => `${what} ${count}`);
  console.log(`Seed ${seed}: ${rows} transactions once and in order (${tally.join(', ')}), ${result.seconds} s`);
}
