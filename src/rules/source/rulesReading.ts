import type { RuleIssue, RulePlace } from '../programRules.js';

/** What is found while one file is read. Reading goes on after a mistake, so that all are told together. */
export class RulesReading {
  readonly errors: RuleIssue[] = [];
  readonly warnings: RuleIssue[] = [];

  constructor(readonly file: string) {}

  fail(place: RulePlace, message: string): void {
    this.errors.push({ place, message });
  }

  warn(place: RulePlace, message: string): void {
    this.warnings.push({ place, message });
  }
}
