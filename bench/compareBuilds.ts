import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { OrgLoad } from './orgLoad.js';
import { message, say } from './processes.js';

const rounds = 12;
const records = 10_000;

const detachedMain = 'lib/emulator/detached/detachedMain.js';
/** Answers any message with what the process has used so far: milliseconds of processor time, and memory in MB. */
const usageAnswer = `process.on('message', () => {
  const { user, system } = process.cpuUsage();
  process.send({ processor: (user + system) / 1000, memory: process.memoryUsage().rss / 2 ** 20 });
});`;

interface Usage {
  readonly processor: number;
  readonly memory: number;
}

/** What one start of a local org used. */
interface StartUsage {
  readonly ready: Usage;
  readonly afterBulk: Usage;
}

/**
 * Compares the local org of this build with that of another build of this package, whose folder is the argument: processor
 * time until it listens, and its memory then and after a bulk job. Both take turns.
 */
export async function compareBuilds([folder]: readonly string[]): Promise<void> {
  if (folder === undefined) {
    say('\nThe local org beside another build is left out: npm run bench -- builds FOLDER, with a build in FOLDER/lib');
    return;
  }
  const builds = [resolve(folder), join(import.meta.dirname, '..')];
  const csv = ['Name', ...Array.from({ length: records }, (_, index) => `Account ${index}`)].join('\n');
  const measured = builds.map((): StartUsage[] => []);
  for (let round = 0; round < rounds; round++) {
    for (const [index, build] of builds.entries()) measured[index]?.push(await startOnce(build, csv));
  }
  say(`\n| the local org, median of ${rounds} starts | other build | this build | ratio |\n|---|---|---|---|`);
  row('processor time until it listens, ms', measured, ({ ready }) => ready.processor);
  row('memory when it listens, MB', measured, ({ ready }) => ready.memory);
  row(`processor time of a bulk job of ${records} accounts, ms`, measured, ({ ready, afterBulk }) => {
    return afterBulk.processor - ready.processor;
  });
  row('memory after it, MB', measured, ({ afterBulk }) => afterBulk.memory);
}

async function startOnce(build: string, csv: string): Promise<StartUsage> {
  const execArgv = ['--import', `data:text/javascript,${encodeURIComponent(usageAnswer)}`];
  const child = fork(join(build, detachedMain), ['{"port":0}'], { execArgv });
  const usage = (): Promise<Usage> => {
    child.send('usage');
    return message<Usage>(child);
  };
  try {
    const { url, accessToken } = await message<{ url: string; accessToken: string }>(child);
    const ready = await usage();
    await using load = new OrgLoad(url, accessToken);
    await load.bulk('Account', csv);
    return { ready, afterBulk: await usage() };
  } finally {
    child.kill();
    // Whoever listens to messages ends only when no more can come.
    child.disconnect();
    await once(child, 'exit');
  }
}

function row(what: string, measured: readonly StartUsage[][], value: (usage: StartUsage) => number): void {
  const [other = NaN, ours = NaN] = measured.map((starts) => median(starts.map(value)));
  say(`| ${what} | ${other.toFixed(0)} | ${ours.toFixed(0)} | ${(ours / other).toFixed(2)} |`);
}

function median(values: number[]): number {
  const sorted = values.sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}
