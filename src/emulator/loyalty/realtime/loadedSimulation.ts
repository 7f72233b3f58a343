import { decimalOf } from '../../../base/decimal.js';
import type { RealtimeResponse } from '../../../contract/endpoints/realtimeEndpoints.js';
import type { JournalSimulation, SimulatedRule } from '../../../contract/endpoints/simulationShapes.js';
import { actionsIn } from '../../../rules/index.js';
import type { ActionTrace, ProcessTrace, RuleResult, RuleTrace, StepTrace } from '../../../rules/index.js';
import { loadedSteps, statusOfSteps } from './loadedSteps.js';

type PointsResult = Extract<RuleResult, { is: 'points' }>;

/** @param processIds Ids of processes by name */
export function loadedSimulation(
  programName: string,
  traces: readonly ProcessTrace[],
  processIds: ReadonlyMap<string, string>,
): RealtimeResponse {
  const simulationResults = { transactionJournals: traces.map((trace) => simulated(trace, processIds)) };
  return { message: null, processResult: null, programName, simulationResults, status: true };
}

/** The texts of errors are made up, because none are published. */
function simulated(trace: ProcessTrace, processIds: ReadonlyMap<string, string>): JournalSimulation {
  const { process, rules, barred } = trace;
  const none = 'No active process matches the type and subtype of the transaction journal.';
  const errorMessage = process ? barredMessage(barred) : none;
  return {
    processId: process ? (processIds.get(process.name) ?? null) : null,
    processName: process?.name ?? null,
    errorMessage,
    executionSummary: executionSummary(rules.flatMap(({ steps }) => steps)),
    processRules: rules.map((rule, index) => simulatedRule(rule, rules[index - 1])),
  };
}

function barredMessage(barred: RuleTrace | undefined): string | null {
  return barred ? `The eligibility rule ${barred.rule.name} does not let the transaction journal in.` : null;
}

function simulatedRule({ rule, skipped, steps }: RuleTrace, previous: RuleTrace | undefined): SimulatedRule {
  const failure = actionsIn(steps).find((action) => action.failure !== undefined)?.failure;
  return {
    processRuleName: rule.name,
    previousRuleName: previous?.rule.name ?? null,
    promotionName: rule.promotion ?? null,
    executionStatus: skipped === undefined ? statusOfSteps(steps) : 'CriteriaNotMet',
    errorMessage: failure ?? (skipped === undefined ? null : `The rule does not run: ${skipped}.`),
    executionSummary: executionSummary(steps),
    actionResultSummary: actionsIn(steps).flatMap((action) => resultOf(action) ?? []),
    ruleSteps: loadedSteps(steps),
  };
}

/** What an action did, in the fields of its type. Undefined if it gave nothing that the answer has. */
function resultOf({ step, result }: ActionTrace) {
  const head = { actionType: step.type, stepName: step.name };
  switch (result?.is) {
    case undefined:
    case 'badge':
      return undefined;
    case 'points':
      return {
        ...head,
        changeInPointsBalance: result.points,
        loyaltyProgramCurrencyName: result.currency,
        promotionId: result.promotionId,
        ...(step.type === 'CreditPoints' && {
          changeInEscrowPointsBalance: result.escrow,
          escrowPointsCreditDate: result.escrowDate,
        }),
      };
    case 'usage':
      return {
        ...head,
        promotion: result.promotion,
        promotionId: result.promotionId,
        updatedCumulativePromotionUsage: result.completed,
      };
    case 'voucher':
      return {
        ...head,
        discountPercent: result.discountPercent,
        effectiveDate: result.effectiveDate,
        expiryDate: result.expirationDate,
        faceValue: result.faceValue,
        promotionId: result.promotionId,
        voucherCode: result.code,
        voucherDefinitionName: result.definition,
        voucherId: result.id,
      };
  }
}

/** The changes by currency, and the vouchers. */
function executionSummary(steps: readonly StepTrace[]) {
  const results = actionsIn(steps).flatMap(({ result }) => result ?? []);
  const points = results.filter((result) => result.is === 'points');
  const pointsSummary = [...Map.groupBy(points, ({ currency }) => currency)].map(([currency, all]) => ({
    loyaltyProgramCurrencyName: currency,
    loyaltyProgramCurrencyType: all[0]?.currencyType ?? null,
    changeInPointsBalance: sum(all, 'points'),
    changeInEscrowPointsBalance: sum(all, 'escrow'),
  }));
  return { pointsSummary, vouchersIssuedCount: results.filter(({ is }) => is === 'voucher').length };
}

function sum(results: readonly PointsResult[], field: 'points' | 'escrow'): number {
  return results.reduce((all, result) => all.plus(result[field]), decimalOf(0)).toNumber();
}
