import { fork } from 'node:child_process';
import type { ChildProcess, ForkOptions } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { setFaults, stopEmulator } from '../control/localOrg.js';
import { ChildErrors } from './childErrors.js';
import { DetachedMessage } from './detachedOptions.js';
import type { DetachedOptions } from './detachedOptions.js';

/** A local org that outlives the process that started it. */
export interface DetachedEmulator {
  readonly url: string;
  readonly accessToken: string;
  readonly pid: number;
  /** What the org leaves out of the source folder, or handles differently. */
  readonly warnings: readonly string[];
}

/** Creates the records that the org starts with. */
export type DetachedSeed = (org: Pick<DetachedEmulator, 'accessToken' | 'url'>) => Promise<unknown>;

/**
 * Starts a local org in a separate process and returns when it listens and `seed` is done. To end it, call
 * `stopEmulator(url)` or send a signal to its process.
 *
 * @throws {Error} with the reason, such as a port in use, when the org cannot start; the error of `seed` when that
 *   fails, in which case the org is ended
 */
export async function startDetached(options: DetachedOptions, seed?: DetachedSeed): Promise<DetachedEmulator> {
  if (!seed) return launch(options);
  // Faults are set only after the seed, so they do not disturb it.
  const { faults, ...others } = options;
  const org = await launch(others);
  try {
    await seed(org);
    if (faults) await setFaults(org.url, faults);
    return org;
  } catch (error) {
    // The caller does not get the URL, so the org must not keep running.
    await stopEmulator(org.url).catch(() => undefined);
    throw error;
  }
}

async function launch(options: DetachedOptions): Promise<DetachedEmulator> {
  using errors = new ChildErrors();
  const child = forkMain(options, errors.descriptor);
  const answer = DetachedMessage.parse(await firstMessage(child, errors));
  child.disconnect();
  child.unref();
  if (!('error' in answer)) return answer;
  const { name, message, details } = answer.error;
  throw Object.assign(new Error(message), details, { name });
}

function forkMain(options: DetachedOptions, stderr: number): ChildProcess {
  const isSource = import.meta.url.endsWith('.ts');
  const main = fileURLToPath(new URL(`./detachedMain${isSource ? '.ts' : '.js'}`, import.meta.url));
  return fork(main, [JSON.stringify(options)], {
    detached: true,
    // On Windows, a process that outlives its parent would get a window.
    windowsHide: true,
    stdio: ['ignore', 'ignore', stderr, 'ipc'],
    // Node options of the calling process must not be inherited.
    execArgv: [],
    ...(isSource && fromSources()),
  });
}

/**
 * Options for running from sources, during development or as a linked plugin. The CLI may run a linked plugin in any
 * folder, so the compiler and its settings must not be searched for in the current folder.
 */
function fromSources(): ForkOptions {
  const settings = fileURLToPath(new URL('../../../tsconfig.json', import.meta.url));
  const compiler = createRequire(import.meta.url).resolve('tsx');
  return {
    execArgv: ['--import', pathToFileURL(compiler).href],
    env: { ...process.env, TSX_TSCONFIG_PATH: settings },
  };
}

/** @throws {Error} when the process ends before it sends a message, or cannot be started */
async function firstMessage(child: ChildProcess, errors: ChildErrors): Promise<unknown> {
  const heard = new AbortController();
  const { signal } = heard;
  try {
    return await Promise.race([
      once(child, 'message', { signal }).then(([message]) => message as unknown),
      once(child, 'exit', { signal }).then(() => {
        throw new Error(endOf(child.signalCode ?? `exit code ${child.exitCode}`, errors.tail()));
      }),
    ]);
  } finally {
    // The process keeps running, so its end must no longer be watched.
    heard.abort();
  }
}

function endOf(how: string, said: string): string {
  const sentence = `The local org ended before it listened (${how}).`;
  return said === '' ? sentence : `${sentence} Its last output:\n${said}`;
}
