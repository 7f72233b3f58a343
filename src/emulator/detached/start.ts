import { type ChildProcess, fork, type ForkOptions } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { setFaults, stopEmulator } from '../control/localOrg.js';
import { ChildErrors } from './childErrors.js';
import { DetachedMessage, type DetachedOptions } from './detachedOptions.js';

/** A local org that outlives the process that started it. */
export interface DetachedEmulator {
  readonly url: string;
  readonly accessToken: string;
  readonly pid: number;
  /** What of the source folder the org leaves out or does otherwise. */
  readonly warnings: readonly string[];
}

/** Puts in what the org begins with. */
export type DetachedSeed = (org: Pick<DetachedEmulator, 'accessToken' | 'url'>) => Promise<unknown>;

/**
 * Starts a local org in a process of its own and returns when it listens, and when `seed` is done. It ends by
 * `stopEmulator(url)`, or by a signal to its process.
 * @throws Error with the reason when it cannot start, such as a port in use; what `seed` throws, and then the org is gone
 */
export async function startDetached(options: DetachedOptions, seed?: DetachedSeed): Promise<DetachedEmulator> {
  if (!seed) return launch(options);
  // Nothing goes wrong before the org has what it begins with.
  const { faults, ...others } = options;
  const org = await launch(others);
  try {
    await seed(org);
    if (faults) await setFaults(org.url, faults);
    return org;
  } catch (error) {
    // Nobody would know of it.
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
  const main = fileURLToPath(new URL(`./main${isSource ? '.ts' : '.js'}`, import.meta.url));
  return fork(main, [JSON.stringify(options)], {
    detached: true,
    // On Windows, a process that outlives its parent would get a window.
    windowsHide: true,
    stdio: ['ignore', 'ignore', stderr, 'ipc'],
    // What the caller's Node was told is not meant for it.
    execArgv: [],
    ...(isSource && fromSources()),
  });
}

/**
 * For those who work on the sources, and for a linked plugin, which the CLI runs from them in any folder: so neither the
 * compiler nor its settings may be looked for in the folder of the caller.
 */
function fromSources(): ForkOptions {
  const settings = fileURLToPath(new URL('../../../tsconfig.json', import.meta.url));
  const compiler = createRequire(import.meta.url).resolve('tsx');
  return {
    execArgv: ['--import', pathToFileURL(compiler).href],
    env: { ...process.env, TSX_TSCONFIG_PATH: settings },
  };
}

/** @throws Error when the process ends, or cannot be started, before it says anything */
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
    // It goes on, and its end is not this function's business any more.
    heard.abort();
  }
}

function endOf(how: string, said: string): string {
  const sentence = `The local org ended before it listened (${how}).`;
  return said === '' ? sentence : `${sentence} Its last words:\n${said}`;
}
