import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** What each machine does. */
export interface SharedMachineJob {
  readonly orgUrl: string;
  readonly program: string;
  readonly feed: string;
  readonly mapping: string;
  /** Address of the outbox. */
  readonly outbox: string;
  /** Milliseconds. */
  readonly settle: number;
  /** Milliseconds after which a request is given up. */
  readonly timeout: number;
  readonly batchSize: number;
}

const program = fileURLToPath(new URL('sharedMachineProcess.ts', import.meta.url));

/** A process of a machine, which can be killed or stopped at any moment. */
export class SharedMachine {
  readonly #child: ChildProcess;
  #said = '';
  /** Names of the errors with which its attempts ended. */
  readonly errors: string[] = [];
  /** Requests that it has sent for others, as far as it has told. */
  sentForOthers = 0;
  /** Its exit code; null if it was killed. */
  readonly ended: Promise<number | null>;

  constructor(job: SharedMachineJob) {
    const args = ['--disable-warning=ExperimentalWarning', program, JSON.stringify(job)];
    this.#child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => (this.#said += text));
    this.#child.on('message', (told: string | { readonly sent: number }) => {
      if (typeof told === 'string') this.errors.push(told);
      else this.sentForOthers += told.sent;
    });
    this.ended = once(this.#child, 'close').then(([code]) => code as number | null);
  }

  /** What it has printed as errors. */
  get said(): string {
    return this.#said;
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  get isAlive(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  signal(name: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT'): void {
    this.#child.kill(name);
  }
}
