/** Cases for the rules of a program, and what runs them. */
export { notFiredCodes, RuleCaseFile } from './caseShapes.js';
export type { NotFiredCode } from './caseShapes.js';
export { readRuleCases } from './readRuleCases.js';
export type { RuleCase } from './readRuleCases.js';
export { RuleCaseError } from './ruleCaseError.js';
export type { CaseIssue, CasePlace } from './ruleCaseError.js';
export type { RuleCoverage, Uncovered } from './ruleCoverage.js';
export type { CaseFailure, RuleCaseResult } from './runRuleCase.js';
export { testProgramRules } from './testProgramRules.js';
export type { RuleTestOptions, RuleTestReport } from './testProgramRules.js';
