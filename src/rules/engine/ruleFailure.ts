import type { ProcessTrace } from './ruleTrace.js';

/** An action cannot be carried out, or an expression has no value. The process fails with it. */
export class RuleFailure extends Error {
  override readonly name = 'RuleFailure';
  /** What another process did that the action ran, up to its failure. */
  readonly process: ProcessTrace | undefined;

  constructor(
    message: string,
    options: { readonly cause?: unknown; readonly process?: ProcessTrace | undefined } = {},
  ) {
    super(message, { cause: options.cause });
    this.process = options.process;
  }
}
