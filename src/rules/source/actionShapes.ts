import type { ActionType } from '../programRules.js';

/** How parameters that the table does not name are read. */
type OtherParameters =
  /** There are none. */
  | 'none'
  /** Expressions. */
  | 'inputs'
  /** The bare name of a declared parameter is an output, everything else is an expression. */
  | 'inputs-and-outputs'
  /** The names are those of variables, which get the values of expressions. */
  | 'assignments';

/** The parameters of an action. Names have exact case. */
export interface ActionShape {
  /** Element that names what the action uses. */
  readonly target?: 'decisionTable' | 'entityApiName' | 'flowDefinition' | 'loyaltyProgramProcess';
  readonly required?: readonly string[];
  readonly optional?: readonly string[];
  readonly outputs?: readonly string[];
  readonly requiredOutputs?: readonly string[];
  /** Bare words, and which ones. All are required. */
  readonly words?: Readonly<Record<string, readonly string[]>>;
  readonly others?: OtherParameters;
}

/** Seen in a real program, or in the sample of the guide. */
const seen = {
  AssignParameterValues: { others: 'assignments' },
  CreditPoints: { required: ['ProgramCurrencyName', 'PointsToCredit'] },
  Crud: {
    target: 'entityApiName',
    outputs: ['_outputId'],
    others: 'inputs',
  },
  DebitPoints: { required: ['ProgramCurrencyName', 'PointsToDebit'] },
  GetMemberAttributesValues: {
    required: ['EngagementAttributeName'],
    requiredOutputs: ['MemberAttributeCurrentValue'],
  },
  GetMemberPointBalance: { required: ['ProgramCurrencyName'], requiredOutputs: ['PointsBalance'] },
  GetOutputsFromDecisionTable: {
    target: 'decisionTable',
    outputs: ['DecisionTableOutcomeType', 'DecisionTableSingleOutcome'],
    others: 'inputs-and-outputs',
  },
  // The percentage is documented for the process template of the same name.
  IssueVoucher: {
    required: ['VoucherDefinitionName'],
    optional: [
      ...['VoucherCode', 'VoucherDiscountPercentage', 'VoucherEffectiveDate', 'VoucherExpirationDate'],
      'VoucherFaceValue',
    ],
  },
  RedeemVoucher: { required: ['VoucherCode'], optional: ['AmountToRedeem'] },
  RunFlow: { target: 'flowDefinition', others: 'inputs-and-outputs' },
  RunProgramProcess: { target: 'loyaltyProgramProcess', others: 'inputs' },
  UpdateCurrentValueForMemberAttribute: {
    required: ['EngagementAttributeName', 'Value'],
    outputs: ['MemberAttributeCurrentValue'],
    words: { UpdateType: ['OverwriteCurrentValue', 'IncreaseCurrentValue'] },
  },
} as const satisfies Partial<Record<ActionType, ActionShape>>;

/**
 * Their parameters are not published. These names follow those of the other rule actions and of the actions of the same
 * purpose for flows. The member is that of the journal.
 */
const inferred = {
  AssignBadgeToMember: { required: ['LoyaltyProgramBadgeName'], optional: ['BadgeValidityEndDate', 'Reason'] },
  ChangeMemberTier: { required: ['TargetTierName'], optional: ['ChangeReason', 'TierGroupName'] },
  CheckMemberBadgeAssignment: { required: ['LoyaltyProgramBadgeName'], requiredOutputs: ['IsBadgeAssigned'] },
  // Names, separated by semicolons, of the promotions that the member can take part in.
  GetMemberPromotions: { requiredOutputs: ['MemberPromotions'] },
  GetMemberTier: { optional: ['TierGroupName'], outputs: ['SequenceNumber', 'TierName'] },
  IncreaseUsageForCumulativePromotion: {
    required: ['PromotionName', 'UsageIncrement'],
    outputs: ['CumulativeUsageCompleted', 'CumulativeUsageTarget'],
  },
  // A mail is only recorded, with all that it is given.
  SendMail: { others: 'inputs' },
  // The points balance that the member then has.
  UpdatePointBalance: { required: ['ProgramCurrencyName', 'PointsBalance'] },
  UpdateUsageForCumulativePromotion: {
    required: ['PromotionName', 'CumulativePromotionUsage'],
    outputs: ['CumulativeUsageCompleted', 'CumulativeUsageTarget'],
  },
} as const satisfies Partial<Record<ActionType, ActionShape>>;

export const actionShapes: Readonly<Record<ActionType, ActionShape>> = { ...seen, ...inferred };

/** Types that the guide names, and that rules here cannot have. */
export const unsupportedActionTypes: readonly string[] = [
  ...['GetCustomerPromotionAttrValue', 'IssueExtendedReward', 'UpdateCustomerPromotionAttrValue'],
];

/** Elements of an action that only some types have. `crudActionType` belongs to Crud, and the link to decision tables. */
export const targetElements = ['decisionTable', 'entityApiName', 'flowDefinition', 'loyaltyProgramProcess'] as const;
