/**
 * `npm test`, after the build: the checks and three parts of the tests, side by side, so that no core waits for long.
 * The output of a part is printed when it ends; what failed is printed at the end.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { testTotals } from './testTotals.js';
import type { TestPart } from './testTotals.js';

/** Runs a script of package.json. */
async function run(name: string): Promise<TestPart> {
  const child = spawn(`npm run ${name} 2>&1`, { shell: true, stdio: ['ignore', 'pipe', 'inherit'] });
  const [output] = await Promise.all([text(child.stdout), once(child, 'close')]);
  const part = { name, hasFailed: child.exitCode !== 0, output };
  if (!part.hasFailed) process.stdout.write(output);
  return part;
}

const parts = await Promise.all(['test:checks', 'test:commands', 'test:sync', 'test:others'].map(run));
const failed = parts.filter(({ hasFailed }) => hasFailed);
for (const { output } of failed) process.stdout.write(output);
if (failed.length > 0) console.log(`Failed: ${failed.map(({ name }) => `npm run ${name}`).join(', ')}`);
console.log(testTotals(parts));
process.exitCode = failed.length > 0 ? 1 : 0;
