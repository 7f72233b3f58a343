import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { OrgMessage } from './orgProcess.js';
import { typeScriptArgs } from '../support/typeScriptArgs.js';

/** The org that receives the random requests. */
export class FuzzedOrg implements AsyncDisposable {
  /** Its defects in its own words, and its end, if it has ended. */
  readonly defects: string[] = [];

  readonly #child: ChildProcess;

  private constructor(
    child: ChildProcess,
    readonly url: string,
    readonly token: string,
  ) {
    this.#child = child;

    child.on('message', (message: OrgMessage) => {
      if ('defect' in message) this.defects.push(`defect: ${message.defect}`);
    });
    child.on('exit', (code, signal) => this.defects.push(`the org has ended: ${signal ?? code}`));
  }

  static async start(): Promise<FuzzedOrg> {
    const program = new URL('./orgProcess.ts', import.meta.url);
    // Warnings arrive as messages.
    const child = fork(program, { execArgv: [...typeScriptArgs] });
    const [message] = (await once(child, 'message')) as [OrgMessage];
    if ('defect' in message) throw new Error(message.defect);
    return new FuzzedOrg(child, message.url, message.token);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = once(this.#child, 'exit');
    this.#child.disconnect();
    // A process that hangs does not notice that its parent has gone.
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), 5_000);
    await ended;
    clearTimeout(timer);
  }
}
