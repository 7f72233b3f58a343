import { z } from 'zod';
import { isJsonObject } from '../../base/jsonObject.js';

/** What a simulation answers. Guide: "Transaction Journals Simulation". Enums are plain texts: new values may appear. */

const text = z.string().nullish();
const amount = z.number().nullish();

/** One client also reads an all-lower-case `changeinescrowpointsbalance`. */
function withEscrowChange(value: unknown): unknown {
  if (!isJsonObject(value)) return value;
  const { changeinescrowpointsbalance: lower, ...others } = value;
  return lower === undefined ? value : { changeInEscrowPointsBalance: lower, ...others };
}

const PointsSummary = z.preprocess(
  withEscrowChange,
  z.looseObject({
    loyaltyProgramCurrencyName: text,
    /** `Qualifying` or `NonQualifying`. */
    loyaltyProgramCurrencyType: text,
    changeInPointsBalance: amount,
    changeInEscrowPointsBalance: amount,
  }),
);

const ExecutionSummary = z.looseObject({
  pointsSummary: z.array(PointsSummary).nullish(),
  vouchersIssuedCount: amount,
});

/** The fields depend on the type of the action. */
const ActionResult = z.preprocess(
  withEscrowChange,
  z.looseObject({
    /** `CreditPoints`, `DebitPoints`, `IssueVoucher` or `UpdateUsageForCumulativePromotion`. */
    actionType: z.string(),
    stepName: text,
    promotionId: text,
    loyaltyProgramCurrencyName: text,
    changeInPointsBalance: amount,
    changeInEscrowPointsBalance: amount,
    escrowPointsCreditDate: text,
    voucherDefinitionName: text,
    voucherCode: text,
    faceValue: amount,
    discountPercent: amount,
    effectiveDate: text,
    /** Not `expirationDate`, as elsewhere. */
    expiryDate: text,
    /** Name of the promotion. */
    promotion: text,
    updatedCumulativePromotionUsage: amount,
  }),
);
export type ActionResult = z.infer<typeof ActionResult>;

const ActionParameter = z.looseObject({
  name: text,
  operator: text,
  sequenceNumber: amount,
  value: z.unknown(),
});

const FilterCriterion = z.looseObject({
  filterCriteriaResult: z.union([z.boolean(), z.string()]).nullish(),
  operator: text,
  sequence: amount,
  sourceFieldName: text,
  value: z.unknown(),
  /** `FixedValue`, `Formula`, `Lookup` or `Parameter`. */
  valueType: text,
});

export const SimulatedStep = z.looseObject({
  stepName: text,
  /** `Action`, `Condition`, `ConditionGroup` or `DefaultPath`. */
  stepType: text,
  sequenceNumber: amount,
  /** `Success`, `CriteriaNotMet` or `Failed`. */
  status: text,
  errorMessage: text,
  actionType: text,
  actionParameters: z.array(ActionParameter).nullish(),
  decisionTableName: text,
  flowDefinitionName: text,
  filterCondition: text,
  isConditionMet: z.boolean().nullish(),
  filterCriteria: z.array(FilterCriterion).nullish(),
  get childSteps() {
    return z.array(SimulatedStep).nullish();
  },
});

const SimulatedRule = z.looseObject({
  processRuleName: text,
  previousRuleName: text,
  /** The promotion that the rule belongs to. */
  promotionName: text,
  /** `Success`, `CriteriaNotMet` or `Failed`. */
  executionStatus: text,
  errorMessage: text,
  executionSummary: ExecutionSummary.nullish(),
  actionResultSummary: z.array(ActionResult).nullish(),
  ruleSteps: z.array(SimulatedStep).nullish(),
});
export type SimulatedRule = z.infer<typeof SimulatedRule>;

/** What the org would do with one journal. */
export const JournalSimulation = z.looseObject({
  /** Null if no process matches the journal. */
  processId: text,
  processName: text,
  /** Set if no process matches, or the process has no rules. */
  errorMessage: text,
  executionSummary: ExecutionSummary.nullish(),
  processRules: z.array(SimulatedRule).nullish(),
});
export type JournalSimulation = z.infer<typeof JournalSimulation>;

export const SimulationResults = z.looseObject({ transactionJournals: z.array(JournalSimulation) });
