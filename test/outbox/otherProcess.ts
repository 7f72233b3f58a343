import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { typeScriptArgs } from '../support/typeScriptArgs.js';

const outboxRoom = new URL('../../src/outbox/index.ts', import.meta.url).href;

/** A process that runs `code` with `SqliteOutbox` and `say`, until it is done or killed. */
export class OtherProcess implements AsyncDisposable {
  readonly #child: ChildProcess;
  readonly #ended: Promise<unknown>;
  readonly #said: Promise<unknown>;

  constructor(code: string) {
    const program = `
      const { SqliteOutbox } = await import('${outboxRoom}');
      const outboxRoom = '${outboxRoom}';
      const say = (word) => process.send(word);
      // An unreferenced outbox would be garbage-collected, and its locks would be released.
      const forEver = (held) => setInterval(() => held, 1000);
      ${code}`;
    const args = [...typeScriptArgs, '--input-type=module', '--eval', program];
    this.#child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    this.#ended = once(this.#child, 'exit');
    this.#said = once(this.#child, 'message').then(([word]) => word as unknown);
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** Returns its first message. */
  async said(): Promise<unknown> {
    return Promise.race([this.#said, this.#ended.then(() => 'nothing')]);
  }

  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#ended;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill();
  }
}
