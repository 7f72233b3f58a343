import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { say } from '../processes.js';
import { FeedFiles } from './feedFiles.js';
import { runSync } from './runSync.js';
import { selfTimes } from './selfTimes.js';
import type { CpuProfile } from './selfTimes.js';
import { withServer } from './serverProcess.js';

const most = 40;
const profiled = {
  even: { spread: 'even', options: {} },
  skewed: { spread: 'skewed', options: {} },
  single: { spread: 'even', options: { batchSize: 1, concurrency: 16 } },
} as const;

/**
 * Runs one sync under `--cpu-prof`, and prints the time in each function and module, not counting what it calls. Each
 * thread has a profile of its own.
 * @param args `even` (default), `skewed` or `single`, and `--rows N`
 */
export async function profileSync(args: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    ...{ args: [...args], allowPositionals: true },
    options: { rows: { type: 'string', default: '100000' } },
  });
  const name = positionals[0] ?? 'even';
  if (!(name in profiled))
    throw new Error(`No sync ${name} to profile. There are: ${Object.keys(profiled).join(', ')}.`);
  const { spread, options } = profiled[name as keyof typeof profiled];
  const folder = await mkdtemp(join(tmpdir(), 'loyalty-bench-'));
  try {
    const feed = await new FeedFiles(folder).make(spread, Number(values.rows));
    const profiles = join(folder, 'profiles');
    const result = await withServer({}, ({ url }) => {
      return runSync(url, feed, options, ['--cpu-prof', `--cpu-prof-dir=${profiles}`]);
    });
    const processor = (result.processorSeconds / feed.rows) * 1e6;
    say(`${feed.rows} rows in ${result.seconds.toFixed(2)} s, processor ${processor.toFixed(1)} µs a row (profiled)`);
    for (const file of await readdir(profiles)) {
      print(JSON.parse(await readFile(join(profiles, file), 'utf8')) as CpuProfile, feed.rows);
    }
  } finally {
    await rm(folder, { recursive: true });
  }
}

function print(profile: CpuProfile, rows: number): void {
  const { functions, modules, total } = selfTimes(profile);
  say(`\nA thread: ${(total / 1e6).toFixed(2)} s busy; self time in µs a row, and its share`);
  for (const times of [functions, modules]) {
    say();
    for (const [what, time] of [...times].sort(([, one], [, other]) => other - one).slice(0, most)) {
      say(`${(time / rows).toFixed(2).padStart(8)} ${((time / total) * 100).toFixed(1).padStart(5)} %  ${what}`);
    }
  }
}
