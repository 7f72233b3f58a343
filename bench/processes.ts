import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';

/** Starts a file of this folder in a separate process, because an engine and its org must not share a core. */
export function start(file: string, args: readonly string[] = [], nodeOptions: readonly string[] = []): ChildProcess {
  return fork(join(import.meta.dirname, file), args, { execArgv: [...nodeOptions, '--import', 'tsx'] });
}

/**
 * Returns the next message of a process.
 * @throws {Error} when it ends without one
 */
export async function message<T>(child: ChildProcess): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  const onMessage = (content: unknown): void => resolve(content as T);
  const onExit = (code: number | null): void =>
    reject(new Error(`The process ended with ${code}, and sent no message.`));
  child.once('message', onMessage).once('exit', onExit);
  try {
    return await promise;
  } finally {
    child.off('message', onMessage).off('exit', onExit);
  }
}

export function say(line = ''): void {
  console.log(line);
}

/** Writes a whole number as `12,345`. */
export function whole(number: number): string {
  return Math.round(number).toLocaleString('en');
}

/** Returns the seconds that `work` takes. */
export async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return (performance.now() - startedAt) / 1000;
}
