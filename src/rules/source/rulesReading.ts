import type { Formula } from '../formula.js';
import type { DataType, RuleIssue, RulePlace } from '../programRules.js';

/** What an expression can refer to. */
export interface ReferableNames {
  has(name: string): boolean;
  values(): Iterable<string>;
  typeOf(name: string): DataType | undefined;
}

/** @throws {Error} if the text is not an expression */
export type ParseFormula = (text: string, names: ReferableNames) => Formula;

/** What is found while one file is read. Reading goes on after a mistake, so that all are told together. */
export class RulesReading {
  readonly errors: RuleIssue[] = [];
  readonly warnings: RuleIssue[] = [];

  constructor(
    readonly file: string,
    readonly parseFormula: ParseFormula,
  ) {}

  fail(place: RulePlace, message: string): void {
    this.errors.push({ place, message });
  }

  warn(place: RulePlace, message: string): void {
    this.warnings.push({ place, message });
  }
}
