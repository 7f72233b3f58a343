export { FormulaError } from './formula.js';
export type { Formula, FormulaClock } from './formula.js';
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
