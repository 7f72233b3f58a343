import { Messages } from '@salesforce/core';
import { simulatedRewards } from '../client/index.js';
import type { JournalSimulation, SimulatedRewards } from '../client/index.js';
import type { SimulateTransactionsResult } from './results/simulationResults.js';
import { rewardLines } from './rewardLines.js';
import { wrapped } from './terminal/terminalText.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.simulate.transactions');

type SimulatedRecord = SimulateTransactionsResult['records'][number];

/** Targets of cumulative promotions, by name. */
export type PromotionTargets = ReadonlyMap<string, number | null>;

/** @param key the membership number, or the Id of the journal */
export function simulatedRecord(
  key: string,
  simulation: JournalSimulation,
  targets: PromotionTargets = new Map(),
): SimulatedRecord {
  const rewards = simulatedRewards(simulation);
  const process = simulation.processName ?? null;
  const rules = (simulation.processRules ?? []).map((rule) => ({
    rule: rule.processRuleName ?? null,
    promotion: rule.promotionName ?? null,
    status: rule.executionStatus ?? null,
  }));
  const { status, error } = outcomeOf(simulation, rewards);
  const groups = rewards.map((each) => rewardsWithTargets(each, targets));
  return { key, status, process, rewards: groups, rules, ...(error && { error }) };
}

function outcomeOf(
  { processId, errorMessage }: JournalSimulation,
  rewards: readonly SimulatedRewards[],
): Pick<SimulatedRecord, 'status' | 'error'> {
  const [failure] = rewards.flatMap(({ failures }) => failures);
  if (failure !== undefined) return { status: 'failed', error: { code: 'RULE_FAILED', message: failure } };
  if (processId && !errorMessage) return { status: 'simulated' };
  if (!processId) {
    const message = errorMessage ?? messages.getMessage('info.unmatched');
    return { status: 'unmatched', error: { code: 'NO_PROCESS', message } };
  }
  return { status: 'failed', error: { code: 'PROCESS_FAILED', message: errorMessage ?? '' } };
}

function rewardsWithTargets(
  { points, uses, vouchers, otherActions, failures, promotion }: SimulatedRewards,
  targets: PromotionTargets,
): SimulatedRecord['rewards'][number] {
  return {
    promotion,
    points: [...points],
    uses: uses.map((use) => ({ ...use, target: targets.get(use.promotion) ?? null })),
    vouchers: [...vouchers],
    badges: [],
    otherActions: [...otherActions],
    failures: [...failures],
  };
}

/** What a person reads of a transaction. @param title whose or which transaction it is */
export function simulationLines(title: string, { status, rewards, error }: SimulatedRecord): string[] {
  // A rule that fails is told by its own line.
  const isTold = status === 'simulated' || error?.code === 'RULE_FAILED';
  return [title, ...(isTold ? rewards.flatMap(groupLines) : wrapped(error?.message ?? '', '  '))];
}

function groupLines(group: SimulatedRecord['rewards'][number]): string[] {
  const lines = rewardLines(group);
  const name = group.promotion ?? messages.getMessage('word.base');
  return [
    ...wrapped(name, '  '),
    ...(lines.length > 0 ? lines : [messages.getMessage('word.nothing')]).flatMap((line) => wrapped(line, '    ')),
  ];
}
