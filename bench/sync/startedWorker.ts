import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { spawnCommand } from './syncCommand.js';

/** A `sf loyalty sync worker` that runs. At the end of the block it is killed, and what it left is removed. */
export class StartedWorker implements AsyncDisposable {
  readonly #home: string;
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #closed: Promise<unknown>;
  readonly #active = Promise.withResolvers<undefined>();
  readonly #standby = Promise.withResolvers<undefined>();
  readonly #said: string[] = [];

  private constructor(home: string, child: ChildProcessWithoutNullStreams) {
    this.#home = home;
    this.#child = child;
    this.#closed = once(child, 'close').then(() => this.#end());
    for (const stream of [child.stdout, child.stderr])
      createInterface({ input: stream }).on('line', (line) => this.#hear(line));
    for (const { promise } of [this.#active, this.#standby]) promise.catch(() => undefined);
  }

  static async start(url: string, outbox: string, flags: readonly string[] = []): Promise<StartedWorker> {
    const home = await mkdtemp(join(tmpdir(), 'loyalty-bench-'));
    const args = ['worker', '--source', 'harbour', '--outbox', outbox, ...flags];
    return new StartedWorker(home, await spawnCommand(home, url, args));
  }

  /** Resolves when it delivers. */
  get active(): Promise<undefined> {
    return this.#active.promise;
  }

  /** Resolves when it stands by, and has its copy of the outbox. */
  get standsBy(): Promise<undefined> {
    return this.#standby.promise;
  }

  /** Its present memory, where the kernel tells it. */
  async megabytes(): Promise<number | undefined> {
    if (process.platform !== 'linux') return undefined;
    const [, kilobytes] = /^VmRSS:\s+(\d+) kB$/m.exec(await readFile(`/proc/${this.#child.pid}/status`, 'utf8')) ?? [];
    return Number(kilobytes) / 1024;
  }

  /** Returns when it was killed, in milliseconds since the epoch. */
  kill(): number {
    this.#child.kill('SIGKILL');
    return performance.timeOrigin + performance.now();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.kill();
    await this.#closed;
    await rm(this.#home, { recursive: true });
  }

  #hear(line: string): void {
    this.#said.push(line);
    if (line.startsWith('Active:')) this.#active.resolve(undefined);
    if (line.startsWith('Standby:')) this.#standby.resolve(undefined);
  }

  #end(): void {
    const error = new Error(`The worker has ended.\n${this.#said.join('\n')}`);
    this.#active.reject(error);
    this.#standby.reject(error);
  }
}
