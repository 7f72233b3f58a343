/** `npm run test:hostile -- 200 7`: the number of commands, and the seed. */
import { hostileRun } from './hostileRun.js';
import { wholeNumbers } from '../../support/wholeNumbers.js';

const [count = 200, seed = Date.now() % 1_000_000] = wholeNumbers(process.argv.slice(2));
console.log(`${count} commands from seed ${seed}`);
const failures = await hostileRun({ count, seed, onEnded: (line) => console.log(line) });
console.log(failures.length === 0 ? 'no failure' : ['failures:', ...failures].join('\n  '));
process.exitCode = failures.length === 0 ? 0 : 1;
