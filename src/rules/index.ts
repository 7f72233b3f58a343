export { FormulaError } from './formula.js';
export type { Formula, FormulaClock } from './formula.js';
export { FormulaParseError } from './formulas/formulaParseError.js';
export type { KnownNames } from './formulas/knownNames.js';
export { parseFormula } from './formulas/parseFormula.js';
export { actionTypes, criterionOperators, dataTypes, executionTypes, processStatuses } from './programRules.js';
export type {
  ActionInput,
  ActionOutput,
  ActionStep,
  ActionType,
  ConditionStep,
  CriteriaLogic,
  Criterion,
  CriterionOperator,
  DataType,
  ExecutionType,
  GroupStep,
  ProcessStatus,
  ProgramRules,
  Rule,
  RuleIssue,
  RuleParameter,
  RulePlace,
  RuleProcess,
  ProcessStep,
} from './programRules.js';
export type { RuleDate, RuleDateTime, RuleRecord, RuleValue } from './ruleValue.js';
export { actionShapes } from './source/actionShapes.js';
export type { ActionShape } from './source/actionShapes.js';
export { loadProgramRules } from './source/loadProgramRules.js';
export { parseProgramRules } from './source/parseProgramRules.js';
export { issueText, RulesSourceError } from './source/rulesSourceError.js';
export type { ParseFormula, ReferableNames } from './source/rulesReading.js';
