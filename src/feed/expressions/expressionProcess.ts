import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { EvaluationMessage, ExpressionResult, ExpressionTexts, RowsToEvaluate } from './expressionMessages.js';

/** The results, or why there are none. */
export type ExpressionAnswer = { readonly results: readonly (readonly ExpressionResult[])[] } | NoAnswer;

/** Why there are no results, and the index of the expression that was being evaluated. */
export interface NoAnswer {
  readonly none: 'silent' | 'gone' | 'aborted';
  readonly at: number;
}

/** Milliseconds between two checks of how long the process has been silent. */
const tick = 50;

/** A process that evaluates expressions. It first receives the expressions, and then rows, one request at a time. */
export class ExpressionProcess implements Disposable {
  readonly #child: ChildProcess;
  #isGone = false;
  #hear: ((message: EvaluationMessage | 'gone') => void) | undefined;

  /** @param megabytes memory for values */
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

  /** Returns whether the process is ready. It may take any time, because that does not depend on an expression. */
  async tell(texts: ExpressionTexts, signal?: AbortSignal): Promise<boolean> {
    return (await this.#send(texts, Infinity, signal)) === 'ready';
  }

  /** @param silence milliseconds without a sign of life after which to give up */
  async ask(question: RowsToEvaluate, silence: number, signal?: AbortSignal): Promise<ExpressionAnswer> {
    const answer = await this.#send(question, silence, signal);
    return answer === 'ready' ? { none: 'gone', at: 0 } : answer;
  }

  [Symbol.dispose](): void {
    this.#child.removeAllListeners().on('error', () => undefined);
    this.#child.kill('SIGKILL');
  }

  #send(
    message: ExpressionTexts | RowsToEvaluate,
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
      // Counts ticks instead of time, so a sleeping or busy machine does not count as silence.
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
    // V8 prints details when it runs out of memory. We report that in our own words instead.
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    execArgv: [`--max-old-space-size=${megabytes}`],
    env: environment(),
    windowsHide: true,
  });
  // The child does not keep this process alive. While it is asked, the timer does.
  child.unref();
  child.channel?.unref();
  return child;
}

/**
 * Passes on nothing of the caller's environment, neither secrets nor settings, so a row means the same on every
 * machine. Windows needs its SystemRoot to start a process.
 */
function environment(): NodeJS.ProcessEnv {
  const { SystemRoot } = process.env;
  return { TZ: 'UTC', ...(SystemRoot !== undefined && { SystemRoot }) };
}
