import type { RuleIssue } from '../programRules.js';

/** What `lintRules` finds. The codes are stable. */
export type FindingCode =
  | 'calls-itself'
  | 'ended'
  | 'ends-before-start'
  | 'never-met'
  | 'never-set'
  | 'never-used'
  | 'no-effect'
  | 'not-active'
  | 'shadowed-condition'
  | 'shadowed-process';

export interface RuleFinding extends RuleIssue {
  readonly code: FindingCode;
  /** A warning is likely a mistake. */
  readonly level: 'warning' | 'info';
}
