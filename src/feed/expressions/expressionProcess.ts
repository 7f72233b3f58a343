import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { EvaluationMessage, ExpressionResult, ExpressionSources, RowsToEvaluate } from './expressionMessages.js';

/** What came of asking. */
export type ExpressionAnswer = { readonly results: readonly (readonly ExpressionResult[])[] } | NoAnswer;

/** Why there are no results, and the expression that it was at. */
export interface NoAnswer {
  readonly none: 'silent' | 'gone' | 'aborted';
  readonly at: number;
}

/** Milliseconds between two looks at how long it has been silent. */
const tick = 50;

/** A process that evaluates expressions: it is told which, then asked about rows, one question at a time. */
export class ExpressionProcess implements Disposable {
  readonly #child: ChildProcess;
  #isGone = false;
  #hear: ((message: EvaluationMessage | 'gone') => void) | undefined;

  /** @param megabytes of memory for values */
  constructor(readonly megabytes: number) {
    this.#child = start(megabytes);
    this.#child.on('message', (message) => this.#hear?.(message as EvaluationMessage));
    for (const event of ['error', 'exit'] as const)
      this.#child.on(event, () => {
        this.#isGone = true;
        this.#hear?.('gone');
      });
  }

  get isGone(): boolean {
    return this.#isGone;
  }

  /** @returns whether it is ready. However long that takes, it says nothing about an expression. */
  async tell(sources: ExpressionSources, signal?: AbortSignal): Promise<boolean> {
    return (await this.#send(sources, Infinity, signal)) === 'ready';
  }

  /** @param silence milliseconds without a sign of life after which it is given up */
  async ask(question: RowsToEvaluate, silence: number, signal?: AbortSignal): Promise<ExpressionAnswer> {
    const answer = await this.#send(question, silence, signal);
    return answer === 'ready' ? { none: 'gone', at: 0 } : answer;
  }

  [Symbol.dispose](): void {
    this.#child.removeAllListeners().on('error', () => undefined);
    this.#child.kill('SIGKILL');
  }

  #send(
    message: ExpressionSources | RowsToEvaluate,
    silence: number,
    signal: AbortSignal | undefined,
  ): Promise<ExpressionAnswer | 'ready'> {
    return new Promise((resolve) => {
      let at = 0;
      let silent = 0;
      const heard = new AbortController();
      const finish = (answer: ExpressionAnswer | 'ready'): void => {
        clearInterval(timer);
        heard.abort();
        this.#hear = undefined;
        resolve(answer);
      };
      const none = (why: NoAnswer['none']): void => finish({ none: why, at });
      // Counted in ticks that came: what the machine was asleep, or too busy to let us run, is held against nobody.
      const timer = setInterval(() => {
        silent += tick;
        if (silent >= silence) none('silent');
      }, tick);
      this.#hear = (news) => {
        silent = 0;
        if (news === 'gone') none('gone');
        else if (news === 'ready' || 'results' in news) finish(news);
        else at = news.at;
      };
      signal?.addEventListener('abort', () => none('aborted'), { signal: heard.signal });
      if (signal?.aborted) none('aborted');
      else if (this.#isGone) none('gone');
      else this.#child.send(message, () => undefined);
    });
  }
}

function start(megabytes: number): ChildProcess {
  const file = `./expressionChild${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`;
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), [String(process.pid)], {
    serialization: 'advanced',
    // What V8 prints when it runs out of memory is told in our own words.
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    execArgv: [`--max-old-space-size=${megabytes}`],
    env: environment(),
    windowsHide: true,
  });
  // It keeps nobody alive: while it is asked, the ticks do.
  child.unref();
  child.channel?.unref();
  return child;
}

/**
 * Nothing of the caller's, neither secrets nor settings: a row means the same on every machine. Windows starts no process
 * without its own folder.
 */
function environment(): NodeJS.ProcessEnv {
  const { SystemRoot } = process.env;
  return { TZ: 'UTC', ...(SystemRoot !== undefined && { SystemRoot }) };
}
