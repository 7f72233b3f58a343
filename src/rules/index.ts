export { FormulaError } from './formula.js';
export type { Formula, FormulaClock } from './formula.js';
export { FormulaParseError } from './formulas/formulaParseError.js';
export type { KnownNames } from './formulas/knownNames.js';
export { parseFormula } from './formulas/parseFormula.js';
export {
  actionTypes,
  criterionOperators,
  dataTypes,
  executionTypes,
  processStatuses,
  readsOnly,
} from './programRules.js';
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
export { logicText } from './logicText.js';
export { textOf } from './engine/castValue.js';
export { ProcessFailedError, ProcessRunner } from './engine/processRunner.js';
export type { CalledProcess, RunnerOptions } from './engine/processRunner.js';
export type { FlowHandler, OutsideRules, TableRecords } from './engine/outsideRules.js';
export { decisionPolicies } from './outside/decisionTable.js';
export type { FlowFunction, FlowFunctions } from './outside/loadFlows.js';
export { outsideUses } from './outside/outsideUses.js';
export { outsideRulesOf } from './outside/outsideRulesOf.js';
export type { GivenText } from './outside/outsideFiles.js';
export type { OutsideOptions } from './outside/outsideRulesOf.js';
export type { FlowValue, FlowValues } from './outside/flowValues.js';
export { RuleFailure } from './engine/ruleFailure.js';
export { actionsIn } from './engine/tracedActions.js';
export { skipReasons } from './engine/ruleTrace.js';
export type {
  ActionTrace,
  ConditionTrace,
  CriterionTrace,
  GroupTrace,
  ProcessTrace,
  RuleTrace,
  SkipReason,
  StepTrace,
} from './engine/ruleTrace.js';
export type {
  JournalForProcess,
  RuleCall,
  RuleEffect,
  RuleJournal,
  RulePromotion,
  RuleResult,
  RuleWorld,
} from './engine/ruleWorld.js';
export { actionShapes } from './source/actionShapes.js';
export type { ActionShape } from './source/actionShapes.js';
export { loadProgramRules } from './source/loadProgramRules.js';
export { parseProgramRules } from './source/parseProgramRules.js';
export { issueText, RulesSourceError } from './source/rulesSourceError.js';
export { checkReferences } from './source/checkReferences.js';
export { allSteps, processActions } from './source/walkRules.js';
export { lintRules } from './source/lintRules.js';
export type { ObjectNames, ProgramNames } from './source/programNames.js';
export type { FindingCode, RuleFinding } from './source/ruleFinding.js';
export { explainProcess } from './explained/explainProcess.js';
export { ExplainedProcess } from './explained/explainedShapes.js';
export type {
  ExplainedAction,
  ExplainedCondition,
  ExplainedCriterion,
  ExplainedGroup,
  ExplainedRule,
  ExplainedStep,
  ExplainedValue,
} from './explained/explainedShapes.js';
export { explainedActions, failureIn } from './explained/explainedWalk.js';
export type { StepPlace } from './explained/promotionSteps.js';
export { absenceCodes, whyAbsent } from './explained/whyAbsent.js';
export type { Absence } from './explained/whyAbsent.js';
export { WhyNot, whyNot, whyNotCodes } from './explained/whyNot.js';
