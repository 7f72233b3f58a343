/**
 * The rules of a program, as metadata of the type LoyaltyProgramSetup says them: read, checked, and in the order in
 * which they run. Names are those of the metadata. Source: the guide's page on LoyaltyProgramSetup, and a real program.
 */
import type { Formula } from './formula.js';
import type { RuleValue } from './ruleValue.js';

/** Where something stands: for errors and traces. */
export interface RulePlace {
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
}

/** Something that is wrong with rules. */
export interface RuleIssue {
  readonly place: RulePlace;
  /** A clause without a full stop, such as `<status> must be Draft, Active or Inactive, not "On"`. */
  readonly message: string;
}

/** All processes of a program. A file without processes is valid, and does nothing. */
export interface ProgramRules {
  /** Name of the program. */
  readonly label: string;
  readonly place: RulePlace;
  /** By their names. */
  readonly processes: readonly RuleProcess[];
  /** What loads, but is probably a mistake: an action that no step mapping names never runs. */
  readonly warnings: readonly RuleIssue[];
}

export const executionTypes = ['RealTime', 'Batch', 'BatchAndRealTime'] as const;
export type ExecutionType = (typeof executionTypes)[number];

export const processStatuses = ['Draft', 'Active', 'Inactive'] as const;
export type ProcessStatus = (typeof processStatuses)[number];

/** What runs for a journal of its type and subtype, or when it is called. */
export interface RuleProcess {
  readonly name: string;
  /** Such as `TransactionJournal`, without blanks. */
  readonly type: string;
  readonly status: ProcessStatus;
  readonly executionType: ExecutionType;
  /** Name of the journal type. Undefined for a process of another type. */
  readonly journalType: string | undefined;
  /** Undefined: journals of any subtype. */
  readonly journalSubType: string | undefined;
  /** Of a process of the type TierProcessing. */
  readonly tierGroup: string | undefined;
  /** By their names. */
  readonly parameters: ReadonlyMap<string, RuleParameter>;
  /** Rules whose conditions a journal must meet before the other rules see it. */
  readonly eligibility: readonly Rule[];
  /** In their chain: first the one without a previous rule. */
  readonly rules: readonly Rule[];
  readonly place: RulePlace;
}

export const dataTypes = ['Boolean', 'Date', 'DateTime', 'Numeric', 'Sobject', 'Text'] as const;
export type DataType = (typeof dataTypes)[number];

interface ParameterBase {
  readonly name: string;
  readonly dataType: DataType;
  /** Of a number: to how many it is rounded when it is assigned. */
  readonly decimalPlaces: number | undefined;
  /** Of an Sobject: which one, or the object that a decision table reads. */
  readonly objectName: string | undefined;
  readonly isInput: boolean;
  readonly isOutput: boolean;
  readonly place: RulePlace;
}

/**
 * A value of a process. A variable lives for one run of the process for one journal, across its rules, and begins
 * blank. A formula is evaluated whenever it is used. A constant never changes.
 */
export type RuleParameter =
  | (ParameterBase & { readonly kind: 'Variable' })
  | (ParameterBase & { readonly kind: 'Constant'; readonly value: RuleValue })
  | (ParameterBase & { readonly kind: 'Formula'; readonly formula: Formula });

export interface Rule {
  readonly name: string;
  readonly status: ProcessStatus;
  /** `yyyy-MM-dd`. Undefined: always, as 1970-01-01 and 3000-01-01 say, too. */
  readonly startDate: string | undefined;
  readonly endDate: string | undefined;
  /** Name of a promotion, whose dates and status then decide instead of the rule's own. */
  readonly promotion: string | undefined;
  /** Top level, in their sequence. */
  readonly steps: readonly ProcessStep[];
  readonly place: RulePlace;
}

export type ProcessStep = ActionStep | ConditionStep | GroupStep;

/** Its children run, in their sequence, if it is met. */
export interface ConditionStep {
  readonly kind: 'condition';
  readonly name: string;
  readonly criteria: readonly Criterion[];
  /** How the criteria are combined. */
  readonly logic: CriteriaLogic;
  readonly children: readonly ProcessStep[];
  readonly place: RulePlace;
}

/** An if and else-if: of its conditions, only the first one that is met runs its children. */
export interface GroupStep {
  readonly kind: 'group';
  readonly name: string;
  readonly conditions: readonly ConditionStep[];
  readonly place: RulePlace;
}

/** As in `1 AND (2 OR 3)`. Numbers are sequences of criteria. */
export type CriteriaLogic =
  | { readonly is: 'criterion'; readonly sequence: number }
  | { readonly is: 'AND' | 'OR'; readonly parts: readonly CriteriaLogic[] };

export const criterionOperators = [
  ...(['Contains', 'DoesNotContain', 'EndsWith', 'Equals', 'GreaterThan', 'GreaterThanOrEquals'] as const),
  ...(['IsNotNull', 'IsNull', 'LessThan', 'LessThanOrEquals', 'NotEquals', 'StartsWith'] as const),
];
export type CriterionOperator = (typeof criterionOperators)[number];

export interface Criterion {
  readonly sequence: number;
  /** Bare, as written: a parameter, a field of an Sobject variable, or a path from `TransactionJournal.`. */
  readonly field: string;
  readonly operator: CriterionOperator;
  /** As written. Undefined for IsNull and IsNotNull. */
  readonly text: string | undefined;
  readonly valueType: 'Formula' | 'Literal' | 'Lookup' | 'Parameter' | undefined;
  /** What the field is compared with. */
  readonly value: Formula | undefined;
  readonly place: RulePlace;
}

export const actionTypes = [
  ...(['AssignBadgeToMember', 'AssignParameterValues', 'ChangeMemberTier', 'CheckMemberBadgeAssignment'] as const),
  ...(['CreditPoints', 'Crud', 'DebitPoints', 'GetMemberAttributesValues', 'GetMemberPointBalance'] as const),
  ...(['GetMemberPromotions', 'GetMemberTier', 'GetOutputsFromDecisionTable'] as const),
  ...(['IncreaseUsageForCumulativePromotion', 'IssueVoucher', 'RedeemVoucher', 'RunFlow'] as const),
  ...(['RunProgramProcess', 'SendMail', 'UpdateCurrentValueForMemberAttribute', 'UpdatePointBalance'] as const),
  'UpdateUsageForCumulativePromotion' as const,
];
export type ActionType = (typeof actionTypes)[number];

/** Whether actions of a type change nothing in the org. Flows and processes can change something. */
export function readsOnly(type: ActionType): boolean {
  return /^(?:Get|Check)/.test(type);
}

/** What a step does. Which parameters are inputs, outputs and bare words depends on its type. */
export interface ActionStep {
  readonly kind: 'action';
  readonly name: string;
  readonly type: ActionType;
  /** Name of the flow, decision table, process of the same program, or object (Crud) that it uses. */
  readonly target: string | undefined;
  /** Of Crud. */
  readonly crud: 'create' | 'update' | undefined;
  /** Of GetOutputsFromDecisionTable: what maps fields to the columns of the table. A table given as data needs none. */
  readonly datasetLink: string | undefined;
  /**
   * Of AssignParameterValues in their sequence, otherwise by their names: their order means nothing. Of AssignParameterValues, the names are those of the variables that get the
   * values. Bare words, such as `IncreaseCurrentValue`, are constants.
   */
  readonly inputs: readonly ActionInput[];
  readonly outputs: readonly ActionOutput[];
  readonly place: RulePlace;
}

export interface ActionInput {
  readonly name: string;
  readonly value: Formula;
  readonly place: RulePlace;
}

export interface ActionOutput {
  readonly name: string;
  /** The variable that gets it. */
  readonly variable: string;
  readonly place: RulePlace;
}
