import type { Scalar } from './expression.js';

/** The first message to the process that evaluates expressions. */
export interface ExpressionTexts {
  /** Checked JSONata expressions. */
  readonly expressions: readonly string[];
  /** Whether the first expression is `skip`. If it is true for a row, the others are not evaluated. */
  readonly skips: boolean;
}

/** Every further message to the process. */
export interface RowsToEvaluate {
  /** A JSON array of rows. */
  readonly rows: string;
  /** Whether to report each expression before it is evaluated, so that one that never ends can be named. */
  readonly isAlone: boolean;
}

/** The result of an expression for a row: a value, nothing, or why there is no value. */
export type ExpressionResult =
  | Scalar
  | undefined
  /** The expression failed, with this message of JSONata. */
  | { readonly fails: string }
  /** The expression gave something that a journal cannot hold, such as `a list`. */
  | { readonly gives: string };

/** Messages from the process. */
export type EvaluationMessage =
  | 'ready'
  /** The process is alive and about to evaluate the expression with this index. */
  | { readonly at: number }
  /** For each row the results of its expressions, in order. None follow a `skip` that is true. */
  | { readonly results: readonly (readonly ExpressionResult[])[] };
