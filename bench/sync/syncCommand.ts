import { spawn } from 'node:child_process';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { shippedPlugin } from '../../test/support/shippedPlugin.js';
import { fileBytes } from './fileBytes.js';
import { harbourMapping } from './feedFiles.js';
import type { FeedFile } from './feedFiles.js';
import { TreeMemory } from './treeMemory.js';

export interface CommandResult {
  /** From the start of the process to its end. */
  readonly seconds: number;
  /** With all that it has started. Not a number where the kernel does not tell it. */
  readonly peakMegabytes: number;
  /** Of the outbox with its log, after the end. */
  readonly outboxBytes: number;
}

/**
 * Runs `sf loyalty sync start` for a feed of the example program, as it is shipped, with a home folder of its own.
 * @throws {Error} if it does not end with 0, which means that the org has all rows
 */
export async function syncCommand(url: string, feed: FeedFile, flags: readonly string[] = []): Promise<CommandResult> {
  await using command = await StartedCommand.start(url, feed, flags);
  return await command.end();
}

/** A command that runs. At the end of the block it is killed, and what it left is removed. */
export class StartedCommand implements AsyncDisposable {
  /** Milliseconds since the epoch at which the process was started. */
  readonly startedAt = performance.timeOrigin + performance.now();
  readonly #home: string;
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #memory: TreeMemory;
  readonly #closed: Promise<unknown>;
  readonly #output: Promise<string[]>;

  private constructor(home: string, child: ChildProcessWithoutNullStreams) {
    this.#home = home;
    this.#child = child;
    this.#memory = new TreeMemory(child.pid ?? 0);
    this.#closed = once(child, 'close');
    this.#output = Promise.all([text(child.stdout), text(child.stderr)]);
  }

  static async start(url: string, feed: FeedFile, flags: readonly string[]): Promise<StartedCommand> {
    const home = await mkdtemp(join(tmpdir(), 'loyalty-bench-'));
    const files = ['--file', feed.path, '--map', harbourMapping, '--outbox', join(home, 'outbox.sqlite')];
    return new StartedCommand(home, await spawnCommand(home, url, ['start', ...files, ...flags]));
  }

  /** Waits for its end. @throws {Error} if it does not end with 0 */
  async end(): Promise<CommandResult> {
    await this.#closed;
    const seconds = (performance.timeOrigin + performance.now() - this.startedAt) / 1000;
    const { exitCode } = this.#child;
    if (exitCode !== 0) throw new Error(`The command ended with ${exitCode}.\n${(await this.#output).join('\n')}`);
    const outbox = join(this.#home, 'outbox.sqlite');
    return { seconds, peakMegabytes: this.#memory.peakMegabytes, outboxBytes: fileBytes(outbox, `${outbox}-wal`) };
  }

  /** Waits until it has ended, or as long as told. */
  async wait(milliseconds: number): Promise<'ended' | 'runs'> {
    return Promise.race([this.#closed.then(() => 'ended' as const), sleep(milliseconds, 'runs' as const)]);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#memory[Symbol.dispose]();
    this.#child.kill('SIGKILL');
    await this.#closed;
    await rm(this.#home, { recursive: true });
  }
}

/** Starts a command of `sf loyalty sync` for the example program, as it is shipped. */
export async function spawnCommand(
  home: string,
  url: string,
  args: readonly string[],
): Promise<ChildProcessWithoutNullStreams> {
  const plugin = await shippedPlugin();
  const org = ['--target-org', '00D9z0000000001!bench', '--program', 'Harbour Rewards'];
  const argv = [join(plugin, 'bin/run.js'), 'loyalty', 'sync', ...args, ...org];
  return spawn(process.execPath, argv, { cwd: home, env: environment(home, url) });
}

function environment(home: string, url: string): NodeJS.ProcessEnv {
  return {
    PATH: process.env['PATH'],
    HOME: home,
    TMPDIR: tmpdir(),
    TZ: 'UTC',
    SF_USE_GENERIC_UNIX_KEYCHAIN: 'true',
    SF_DISABLE_TELEMETRY: 'true',
    SF_ORG_INSTANCE_URL: url,
  };
}
