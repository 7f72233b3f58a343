/** Cases for the rules of a program, and what runs them. */
export { RuleCaseFile } from './caseShapes.js';
export { readRuleCases } from './readRuleCases.js';
export { RuleCaseError } from './ruleCaseError.js';
export type { RuleCaseResult } from './runRuleCase.js';
export { testProgramRules } from './testProgramRules.js';
export type { RuleTestReport } from './testProgramRules.js';
export { CaseRecorder } from './saved/caseRecorder.js';
export { provenCases } from './saved/provenCases.js';
