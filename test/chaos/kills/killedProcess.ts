import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FeedJob, FeedNews, FeedState } from './feedJob.js';

/** Hundreds of processes start with the same code. */
const env = { ...process.env, NODE_COMPILE_CACHE: join(tmpdir(), 'loyalty-kills-cache') };
const program = fileURLToPath(new URL('feedProcess.ts', import.meta.url));

export type FeedEnd = Extract<FeedNews, { is: 'ended' }>;

/** A process that waits for a job, carries it out, and can be killed at any moment. */
export class KilledProcess {
  readonly #child: ChildProcess;
  readonly #ready = Promise.withResolvers<undefined>();
  /** How it ended. Undefined if it was killed. */
  readonly ended: Promise<FeedEnd | undefined>;
  /** What it was doing last. Undefined before it has read or sent anything. */
  state: FeedState | undefined;
  readonly #working = Promise.withResolvers<undefined>();

  constructor() {
    // Node 22 warns that it strips types.
    const args = ['--disable-warning=ExperimentalWarning', program];
    this.#child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'], env });
    let end: FeedEnd | undefined;
    this.#child.on('message', (news: FeedNews) => {
      if (news.is === 'ready') this.#ready.resolve(undefined);
      else if (news.is === 'ended') end = news;
      else {
        this.state = news;
        this.#working.resolve(undefined);
      }
    });
    this.ended = once(this.#child, 'close').then(() => {
      this.#ready.resolve(undefined);
      this.#working.resolve(undefined);
      return end;
    });
  }

  /** Resolves when it begins to read, or has ended. */
  get working(): Promise<undefined> {
    return this.#working.promise;
  }

  async begin(job: FeedJob): Promise<void> {
    await this.#ready.promise;
    this.#child.send(job, () => undefined);
  }

  kill(): void {
    this.#child.kill('SIGKILL');
  }
}
