/**
 * `npm run test:kills -- 1000 1`: how many kills, and the seed of the first feed. Each feed is one story with 25 kills.
 * Ends with 1 at the first feed of which something was lost, doubled or reordered.
 */
import { fileURLToPath } from 'node:url';
import { runJobs } from '../../support/jobPool.js';
import { killKindOf } from './killKinds.js';
import type { KillJob, KillTally } from './killProcess.js';
import { wholeNumbers } from '../../support/wholeNumbers.js';

const killsOfFeed = 25;
const [kills = 1000, first = 1] = wholeNumbers(process.argv.slice(2));
const feeds = Math.ceil(kills / killsOfFeed);
const started = performance.now();
const tally: Record<string, number> = {};
let told = 0;

function* jobs(): Iterable<KillJob> {
  for (let seed = first; seed < first + feeds; seed++) yield { seed, kills: killsOfFeed };
}

const failure = await runJobs({
  program: fileURLToPath(new URL('./killProcess.ts', import.meta.url)),
  jobs: jobs(),
  patience: 600_000,
  onResult: (result) => {
    told += 1;
    for (const [name, count] of Object.entries(result as KillTally)) tally[name] = (tally[name] ?? 0) + count;
    if (told % 10 === 0) console.log(`${told * killsOfFeed} kills`);
  },
});
const whiles = Object.entries(tally).map(([name, count]) => `${count} ${name}`);
if (failure) {
  const { seed } = failure.job;
  console.log(
    `${failure.message}\nFailed: ${killKindOf(seed)}. To repeat it: npm run test:kills -- ${killsOfFeed} ${seed}`,
  );
} else {
  const seconds = Math.round((performance.now() - started) / 1000);
  console.log(
    `Nothing was lost, doubled or reordered by ${told * killsOfFeed} kills (${whiles.join(', ')}), ${seconds} s`,
  );
}
process.exitCode = failure ? 1 : 0;
