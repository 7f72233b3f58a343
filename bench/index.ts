/**
 * Runs all benchmarks (`npm run bench`) or one (`npm run bench -- sync`, `-- emulator`, `-- insight`, `-- startup`, `-- builds`), or profiles a sync
 * (`-- profile`). See README.md in this folder.
 */
import { availableParallelism } from 'node:os';
import { compareBuilds } from './compareBuilds.js';
import { benchEmulator } from './emulator.js';
import { benchInsight } from './insight.js';
import { say } from './processes.js';
import { benchRules } from './rules.js';
import { benchStartup } from './startup.js';
import { profileSync } from './sync/profileSync.js';
import { benchSync } from './sync/syncBench.js';

const parts: Readonly<Record<string, (args: readonly string[]) => Promise<void>>> = {
  sync: benchSync,
  emulator: benchEmulator,
  rules: benchRules,
  insight: benchInsight,
  startup: benchStartup,
  builds: compareBuilds,
};
const [wanted, ...args] = process.argv.slice(2);

say(`Node ${process.version}, ${availableParallelism()} cores, ${new Date().toISOString().slice(0, 10)}`);
if (wanted === undefined) {
  for (const bench of Object.values(parts)) await bench([]);
} else {
  const bench = wanted === 'profile' ? profileSync : parts[wanted];
  if (!bench) throw new Error(`No benchmark ${wanted}. There are: ${Object.keys(parts).join(', ')}, profile.`);
  await bench(args);
}
