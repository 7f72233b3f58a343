import type { RealtimeResponse } from '../../../contract/endpoints/realtimeEndpoints.js';
import type { JournalSimulation, SimulatedRule } from '../../../contract/endpoints/simulationShapes.js';
import { decimalOf } from '../../../base/decimal.js';
import type { PointsChange } from '../engine/rewardBooks/pointsBook.js';
import type { TracedJournal, TracedRule } from '../engine/traceRules.js';
import { actionResult } from './simulatedActions.js';
import { ruleSteps, statusOf } from './simulatedSteps.js';

/** Guide: "Transaction Journals Simulation". One element per journal, in order; the rest of the answer is empty. */
export function simulationAnswer(programName: string, traced: readonly TracedJournal[]): RealtimeResponse {
  const simulationResults = { transactionJournals: traced.map(journalSimulation) };
  return { message: null, processResult: null, programName, simulationResults, status: true };
}

/** The texts of errors are made up, because none are published. */
function journalSimulation({ process, rules }: TracedJournal): JournalSimulation {
  return {
    processId: process?.id ?? null,
    processName: process?.name ?? null,
    errorMessage: process ? null : 'No active process matches the type and subtype of the transaction journal.',
    executionSummary: executionSummary(rules),
    processRules: rules.map((rule, index) => simulatedRule(rule, rules[index - 1])),
  };
}

function simulatedRule(traced: TracedRule, previous: TracedRule | undefined): SimulatedRule {
  const { rule, steps } = traced;
  const error = steps.find((step) => step.error !== undefined)?.error;
  return {
    processRuleName: rule.name,
    previousRuleName: previous?.rule.name ?? null,
    promotionName: rule.promotion?.name ?? null,
    executionStatus: statusOf(steps),
    errorMessage: error ?? null,
    executionSummary: executionSummary([traced]),
    actionResultSummary: steps.flatMap((step) => actionResult(step) ?? []),
    ruleSteps: ruleSteps(traced),
  };
}

/** The changes of these rules by currency. */
function executionSummary(rules: readonly TracedRule[]) {
  const byCurrency = new Map<string, PointsChange>();
  for (const { change } of rules.flatMap(({ steps }) => steps)) {
    if (typeof change !== 'object') continue;
    byCurrency.set(change.currencyName, plus(byCurrency.get(change.currencyName), change));
  }
  const pointsSummary = [...byCurrency.values()].map((change) => ({
    loyaltyProgramCurrencyName: change.currencyName,
    loyaltyProgramCurrencyType: change.currencyType,
    changeInPointsBalance: change.points,
    changeInEscrowPointsBalance: change.escrow,
  }));
  return { pointsSummary, vouchersIssuedCount: 0 };
}

function plus(earlier: PointsChange | undefined, change: PointsChange): PointsChange {
  if (!earlier) return change;
  const sum = (a: number, b: number): number => decimalOf(a).plus(b).toNumber();
  return { ...change, points: sum(earlier.points, change.points), escrow: sum(earlier.escrow, change.escrow) };
}
