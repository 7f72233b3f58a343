/**
 * Runs all benchmarks (`npm run bench`) or only some (`npm run bench -- sync`, `-- emulator`, `-- startup`). See
 * README.md in this folder.
 */
import { availableParallelism } from 'node:os';
import { benchEmulator } from './emulator.js';
import { say } from './processes.js';
import { benchStartup } from './startup.js';
import { benchSync } from './sync.js';

const parts = { sync: benchSync, emulator: benchEmulator, startup: benchStartup };

say(`Node ${process.version}, ${availableParallelism()} cores, ${new Date().toISOString().slice(0, 10)}`);
const wanted = process.argv.slice(2);
for (const [name, bench] of Object.entries(parts)) {
  if (wanted.length === 0 || wanted.includes(name)) await bench();
}
