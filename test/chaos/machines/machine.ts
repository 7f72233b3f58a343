import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { Ending } from './job.js';
import type { Job } from './job.js';
import { typeScriptArgs } from '../../support/typeScriptArgs.js';

const main = fileURLToPath(new URL('./main.ts', import.meta.url));

/** A process that carries out a job. For the org, it is a machine of its own. */
export class Machine {
  readonly #child: ChildProcess;
  readonly #sending = Promise.withResolvers<undefined>();
  /** How it ended. Undefined for a machine that was killed. */
  readonly ended: Promise<Ending | undefined>;

  constructor(job: Job) {
    const args = [...typeScriptArgs, main, JSON.stringify(job)];
    this.#child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    let ending: Ending | undefined;
    this.#child.on('message', (news) => {
      if (news === 'sending') this.#sending.resolve(undefined);
      else ending = Ending.parse(news);
    });
    this.ended = once(this.#child, 'close').then(() => {
      this.#sending.resolve(undefined);
      return ending;
    });
  }

  /** Resolves when the first request has been answered, or when there will be none. */
  get sending(): Promise<undefined> {
    return this.#sending.promise;
  }

  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.ended;
  }

  /** Suspends the process while its clocks go on, as when a laptop is closed. */
  suspend(): void {
    this.#child.kill('SIGSTOP');
  }

  wake(): void {
    this.#child.kill('SIGCONT');
  }
}
