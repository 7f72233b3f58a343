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
  RuleParameter,
  RulePlace,
  RuleProcess,
  ProcessStep,
} from './programRules.js';
export type { RuleDate, RuleDateTime, RuleRecord, RuleValue } from './ruleValue.js';
