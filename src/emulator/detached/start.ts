import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { FaultPlan } from '../faults/index.js';

/** Options of an org in a process of its own: what can be written as text. */
export const DetachedOptions = z.object({
  port: z.number().int().optional(),
  host: z.string().optional(),
  dataDir: z.string().optional(),
  strictAuth: z.boolean().optional(),
  username: z.string().optional(),
  source: z.union([z.string(), z.array(z.string())]).optional(),
  faults: FaultPlan.optional(),
  effects: z.boolean().optional(),
  settings: z
    .object({ allowNegativeBalance: z.boolean().optional(), realtimeHonorsUniqueFields: z.boolean().optional() })
    .optional(),
});
export type DetachedOptions = z.infer<typeof DetachedOptions>;

/** A local org that outlives the process that started it. */
export interface DetachedEmulator {
  readonly url: string;
  readonly accessToken: string;
  readonly pid: number;
  /** What of the source folder the org leaves out or does otherwise. */
  readonly warnings: readonly string[];
}

const Message = z.union([
  z.object({ url: z.string(), accessToken: z.string(), pid: z.number(), warnings: z.array(z.string()) }),
  z.object({
    error: z.object({ name: z.string(), message: z.string(), details: z.record(z.string(), z.unknown()) }),
  }),
]);

/**
 * Starts a local org in a process of its own and returns when it listens. It ends by `stopEmulator(url)`, or by a signal
 * to its process.
 * @throws Error with the reason when it cannot start, such as a port in use
 */
export async function startDetached(options: DetachedOptions): Promise<DetachedEmulator> {
  const isSource = import.meta.url.endsWith('.ts');
  const main = fileURLToPath(new URL(`./main${isSource ? '.ts' : '.js'}`, import.meta.url));
  const child = fork(main, [JSON.stringify(options)], {
    detached: true,
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    // From the sources, for those who work on them.
    ...(isSource && { execArgv: ['--import', 'tsx'] }),
  });
  const message = await new Promise<unknown>((resolve, reject) => {
    child.once('message', resolve);
    child.once('error', reject);
    child.once('exit', (code) => {
      reject(new Error(`The local org ended before it listened (exit code ${code ?? 'none'}).`));
    });
  });
  child.disconnect();
  child.unref();
  const answer = Message.parse(message);
  if ('error' in answer) {
    const { name, message, details } = answer.error;
    throw Object.assign(new Error(message), details, { name });
  }
  return answer;
}
