import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { inspect } from 'node:util';
import { typeScriptArgs } from './typeScriptArgs.js';

export interface JobFailure<J> {
  readonly job: J;
  readonly message: string;
}

/** What the process answers to a job. */
export type JobAnswer = { readonly result: unknown } | { readonly error: string };

export interface JobPool<J> {
  /** Path of a program that answers every message, which is a job, with a {@link JobAnswer}. */
  readonly program: string;
  readonly jobs: Iterable<J>;
  readonly onResult: (result: unknown, job: J) => void;
  readonly processes?: number;
  /** Milliseconds after which a process is given up, because it may be in an endless loop. Default 3 minutes. */
  readonly patience?: number;
}

/** Gives jobs to as many processes as there are cores. Stops at the first failure, and returns it. */
export async function runJobs<J>({
  program,
  jobs,
  onResult,
  processes = availableParallelism(),
  patience = 180_000,
}: JobPool<J>): Promise<JobFailure<J> | undefined> {
  const queue = Iterator.from(jobs);
  const children: ChildProcess[] = [];
  const failures: JobFailure<J>[] = [];

  const work = async (): Promise<void> => {
    const child = spawn(process.execPath, [...typeScriptArgs, program], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    children.push(child);
    for (let next = queue.next(); !next.done && failures.length === 0; next = queue.next()) {
      const answer = await ask(child, next.value, patience);
      if ('result' in answer) onResult(answer.result, next.value);
      else {
        failures.push({ job: next.value, message: answer.error });
        for (const each of children) each.kill('SIGKILL');
      }
    }
    child.kill('SIGKILL');
  };
  await Promise.all(Array.from({ length: processes }, work));
  return failures[0];
}

function ask(child: ChildProcess, job: unknown, patience: number): Promise<JobAnswer> {
  return new Promise((resolve) => {
    const end = (answer: JobAnswer): void => {
      clearTimeout(timer);
      child.removeAllListeners('message').removeAllListeners('close');
      resolve(answer);
    };
    const timer = setTimeout(() => end({ error: `No answer after ${patience / 1000} s.` }), patience);
    child.once('message', (message) => end(message as JobAnswer));
    child.once('close', (code, signal) => end({ error: `The process ended (${signal ?? String(code)}).` }));
    child.send(job as object);
  });
}

/** Answers jobs in a process of a pool. */
export function answerJobs(work: (job: never) => Promise<unknown>): void {
  process.on('message', (job) => {
    work(job as never).then(
      (result) => process.send?.({ result } satisfies JobAnswer),
      (error: unknown) => process.send?.({ error: inspect(error) } satisfies JobAnswer),
    );
  });
}
