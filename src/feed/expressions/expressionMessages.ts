import type { Scalar } from './expression.js';

/** The first message to the process that evaluates. */
export interface ExpressionSources {
  /** JSONata, checked. */
  readonly expressions: readonly string[];
  /** Whether the first of them is `skip`: a row for which it is true needs no others. */
  readonly skips: boolean;
}

/** Any other message to it. */
export interface RowsToEvaluate {
  /** A JSON array of rows. */
  readonly rows: string;
  /** Whether to say at which expression it is, so that one that never ends has a name. */
  readonly isAlone: boolean;
}

/** What an expression made of a row: a value, nothing, or why there is none. */
export type ExpressionResult =
  | Scalar
  | undefined
  /** It throws: what JSONata says. */
  | { readonly fails: string }
  /** Its value is not one for a journal: what it is instead. */
  | { readonly gives: string };

/** Messages from that process. */
export type EvaluationMessage =
  | 'ready'
  /** It is alive, and about to evaluate this expression. */
  | { readonly at: number }
  /** For each row what its expressions gave, in order; after a `skip` that is true there are no more. */
  | { readonly results: readonly (readonly ExpressionResult[])[] };
