/** Entry of the process in which a detached local org runs: see `start.ts`. */
import { Emulator } from '../emulator.js';
import { DetachedOptions } from './start.js';

try {
  const emulator = await Emulator.start(DetachedOptions.parse(JSON.parse(process.argv[2] ?? '{}')));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void emulator.stop());
  const { url, accessToken, warnings } = emulator;
  process.send?.({ url, accessToken, pid: process.pid, warnings });
} catch (error) {
  process.send?.({ error: error instanceof Error ? error.message : String(error) });
}
