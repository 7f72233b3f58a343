import type { RuleValue } from './ruleValue.js';

/** An expression of a rule. It is parsed once, when the rules are loaded, and evaluated for each journal. */
export interface Formula {
  /** As written. */
  readonly text: string;
  /** What it refers to, without `{!` and `}`: `PointsForPurchase`, `TransactionJournal.Member.Id`. */
  readonly references: readonly string[];
  /**
   * @param valueOf returns the value of a reference
   * @throws {FormulaError} if the expression cannot be evaluated with these values
   */
  evaluate(valueOf: (reference: string) => RuleValue, now: FormulaClock): RuleValue;
}

/** The time of a run. */
export interface FormulaClock {
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** Time zone of the org, such as `Europe/London`. It decides what day it is, and the day of a moment. */
  readonly timeZone: string;
}

/** An expression has no value: a text that is no number, a date that does not exist, a division by zero. */
export class FormulaError extends Error {
  override readonly name = 'FormulaError';
}
