/** Entry point of the process in which a detached local org runs (see `start.ts`). */
import { Emulator } from '../emulator.js';
import { DetachedOptions } from './detachedOptions.js';

try {
  const emulator = await Emulator.start(DetachedOptions.parse(JSON.parse(process.argv[2] ?? '{}')));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void emulator.stop());
  const { url, accessToken, warnings } = emulator;
  process.send?.({ url, accessToken, pid: process.pid, warnings });
} catch (error) {
  const { name, message, ...details } = error instanceof Error ? error : new Error(String(error));
  process.send?.({ error: { name, message, details } });
}
