import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import PQueue from 'p-queue';

export interface HostedCommand {
  /** Folder of the plugin. */
  readonly root: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
}

export interface HostedEnd {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface HostAnswer extends HostedEnd {
  /** What would have kept a process of its own from ending. */
  readonly left: readonly string[];
}

/** Processes with one width of the window, each of which runs one command at a time. */
class CommandHosts {
  /** Commands that wait for an org need little of the processor. */
  readonly #few = new PQueue({ concurrency: 3 });
  readonly #idle: ChildProcess[] = [];
  readonly #columns: number | undefined;

  constructor(columns: number | undefined) {
    this.#columns = columns;
  }

  run(command: HostedCommand): Promise<HostedEnd> {
    return this.#few.add(async () => {
      const host = this.#idle.pop() ?? this.#start(command.env);
      const end = await endOf(host, command);
      this.#idle.push(host);
      return end;
    });
  }

  #start(env: NodeJS.ProcessEnv): ChildProcess {
    const host = fork(join(import.meta.dirname, 'commandHost.ts'), {
      env: { ...env, ...(this.#columns && { COLUMNS: String(this.#columns) }) },
      execArgv: [],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    host.unref();
    host.channel?.unref();
    return host;
  }
}

async function endOf(host: ChildProcess, command: HostedCommand): Promise<HostedEnd> {
  const over = new AbortController();
  const ended = once(host, 'message', over).then(([end]) => end as HostAnswer);
  const died = once(host, 'exit', over).then(() => undefined);
  host.send(command);
  const end = await Promise.race([ended, died]);
  over.abort();
  await Promise.allSettled([ended, died]);
  if (end === undefined) throw new Error(`The process ended in: ${command.args.join(' ')}`);
  const { left, ...rest } = end;
  if (left.length === 0) return rest;
  throw new Error(`${command.args.join(' ')} keeps its process from ending by: ${left.join(', ')}`);
}

const byWidth = new Map<number | undefined, CommandHosts>();

/** Commands read the width of the window once, when the process starts. */
export function hostsOfWidth(columns: number | undefined): CommandHosts {
  const hosts = byWidth.get(columns) ?? new CommandHosts(columns);
  byWidth.set(columns, hosts);
  return hosts;
}
