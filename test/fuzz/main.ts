/** `npm run test:fuzz -- 1000000 7`: the number of requests, and the seed. */
import { fuzzRun } from './fuzzRun.js';
import { wholeNumbers } from '../support/wholeNumbers.js';

const [count = 200_000, seed = Date.now() % 1_000_000] = wholeNumbers(process.argv.slice(2));
console.log(`${count} requests from seed ${seed}`);
const onProgress = (done: number): void => {
  if (done % 20_000 === 0) console.log(`${done} done`);
};
const { requests, seconds, statuses, slowest, failures } = await fuzzRun({ count, seed, onProgress });
console.log(`${requests} requests in ${seconds} s`);
console.log('by status (0: the connection ended, -1: the client would not send it):', statuses);
console.log(['the slowest:', ...slowest].join('\n  '));
console.log(failures.length === 0 ? 'no failure' : ['failures:', ...failures].join('\n  '));
process.exitCode = failures.length === 0 ? 0 : 1;
