import { z } from 'zod';
import { actionTypes, criterionOperators } from '../programRules.js';
import { skipReasons } from '../engine/ruleTrace.js';

/**
 * What a process did for a journal, as plain JSON: for reports, files and other programs. Made from a trace, which also
 * has the rules themselves.
 */

/** A blank is null. A date is text, `yyyy-MM-dd` or in ISO 8601. A record is an object. */
const ExplainedValue = z.json();
export type ExplainedValue = z.infer<typeof ExplainedValue>;

const text = z.string().nullable();

export const ExplainedCriterion = z.object({
  /** As the logic of the condition names it. */
  number: z.number(),
  /** As written. */
  field: z.string(),
  operator: z.enum(criterionOperators),
  /** As written. Null for IsNull and IsNotNull. */
  wanted: text,
  /** The values that were compared. */
  left: ExplainedValue,
  right: ExplainedValue,
  isMet: z.boolean(),
});
export type ExplainedCriterion = z.infer<typeof ExplainedCriterion>;

const PointsResult = z.object({
  is: z.literal('points'),
  currency: z.string(),
  /** Signed. Zero if they went into escrow. */
  points: z.number(),
  escrow: z.number(),
});
const UsageResult = z.object({ is: z.literal('usage'), promotion: z.string(), completed: z.number() });
const VoucherResult = z.object({
  is: z.literal('voucher'),
  definition: z.string(),
  code: z.string(),
  faceValue: z.number().nullable(),
  discountPercent: z.number().nullable(),
  expirationDate: text,
});
const BadgeResult = z.object({
  is: z.literal('badge'),
  id: z.string(),
  badge: z.string(),
  /** Last day. Null: it has none. */
  endDate: text,
});

const ExplainedAction = z.object({
  kind: z.literal('action'),
  step: z.string(),
  type: z.enum(actionTypes),
  /** Name of the flow, decision table, process or object that it uses. */
  target: text,
  inputs: z.record(z.string(), ExplainedValue),
  /** What variables got. */
  assigned: z.record(z.string(), ExplainedValue),
  /** What it changed, for a person. */
  change: text,
  result: z.discriminatedUnion('is', [PointsResult, UsageResult, VoucherResult, BadgeResult]).nullable(),
  /** What a reader should know besides, such as that nothing answers for a flow. */
  note: text,
  failure: text,
  /** What another process did that it ran. */
  get process() {
    return ExplainedProcess.nullable();
  },
});
export type ExplainedAction = z.infer<typeof ExplainedAction>;

const ExplainedCondition = z.object({
  kind: z.literal('condition'),
  step: z.string(),
  isMet: z.boolean(),
  /** Such as `1 AND (2 OR 3)`. */
  logic: z.string(),
  criteria: z.array(ExplainedCriterion),
  failure: text,
  /** What ran because it is met. */
  get steps() {
    return z.array(ExplainedStep);
  },
});
export type ExplainedCondition = z.infer<typeof ExplainedCondition>;

const ExplainedGroup = z.object({
  kind: z.literal('group'),
  step: z.string(),
  /** Those that were looked at: the last one is met, or none is. */
  conditions: z.array(ExplainedCondition),
});
export type ExplainedGroup = z.infer<typeof ExplainedGroup>;

const ExplainedStep = z.discriminatedUnion('kind', [ExplainedAction, ExplainedCondition, ExplainedGroup]);
export type ExplainedStep = z.infer<typeof ExplainedStep>;

const ExplainedRule = z.object({
  rule: z.string(),
  promotion: text,
  /** Why it did not run. */
  skipped: z.enum(skipReasons).nullable(),
  steps: z.array(ExplainedStep),
});
export type ExplainedRule = z.infer<typeof ExplainedRule>;

export const ExplainedProcess = z.object({
  /** Null if no active process takes such a journal. */
  process: text,
  /** The eligibility rule that did not let the journal in. */
  barredBy: ExplainedRule.nullable(),
  rules: z.array(ExplainedRule),
});
export type ExplainedProcess = z.infer<typeof ExplainedProcess>;
