import { basename } from 'node:path';
import { Messages } from '@salesforce/core';
import { explainedActions } from '../../rules/index.js';
import type { ExplainedAction, ExplainedProcess, ExplainedRule, ExplainedStep, WhyNot } from '../../rules/index.js';
import type { SimulatedTransaction } from '../../simulation/index.js';
import type { SimulateTransactionsResult } from '../results/simulationResults.js';
import { wrapped } from '../terminal/terminalText.js';
import { explainedLines } from './explainedLines.js';
import { whyNotLines } from './whyNotLines.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.rules');

export type ExplainedRecord = SimulateTransactionsResult['records'][number];

/** @param whyNot why the promotion that was asked for gave nothing */
export function explainedRecord(simulated: SimulatedTransaction, whyNot?: WhyNot): ExplainedRecord {
  const { file, line, transaction, explained, failure } = simulated;
  const { key, member, journal } = transaction;
  const rules = explained?.rules ?? [];
  const fact = (...names: string[]): string | null => {
    const value = names.map((name) => journal[name]).find((each) => each !== undefined);
    return value === undefined ? null : String(value);
  };
  return {
    key,
    ...statusOf(explained, failure),
    process: explained?.process ?? null,
    rewards: rewardsOf(rules),
    rules: rules.map((rule) => ({ rule: rule.rule, promotion: rule.promotion, status: ruleStatus(rule) })),
    transaction: {
      ...{ file, line, key, member, activityDate: fact('ActivityDate') ?? '' },
      type: fact('JournalTypeName', 'JournalType'),
      subtype: fact('JournalSubTypeName', 'JournalSubType'),
      amount: fact('TransactionAmount'),
    },
    explained: explained ?? null,
    ...(whyNot && { whyNot }),
  };
}

function statusOf(
  explained: ExplainedProcess | undefined,
  failure: string | undefined,
): Pick<ExplainedRecord, 'status' | 'error'> {
  if (failure !== undefined) {
    const code = explained ? 'RULE_FAILED' : 'REFUSED';
    return { status: 'failed', error: { code, message: failure } };
  }
  if (explained?.process === null) {
    return { status: 'unmatched', error: { code: 'NO_PROCESS', message: messages.getMessage('info.noProcess') } };
  }
  return { status: 'simulated' };
}

function rewardsOf(rules: readonly ExplainedRule[]): ExplainedRecord['rewards'] {
  const all = rules.flatMap(withInner);
  return [...Map.groupBy(all, ({ promotion }) => promotion)].map(([promotion, ofPromotion]) => {
    const actions = ofPromotion.flatMap(({ steps }) => explainedActions(steps));
    const results = actions.flatMap(({ result }) => result ?? []);
    return {
      promotion,
      points: results.flatMap((each) =>
        each.is === 'points' ? { currency: each.currency, points: each.points, escrow: each.escrow } : [],
      ),
      uses: results.flatMap((each) =>
        each.is === 'usage' ? { promotion: each.promotion, completed: each.completed, target: null } : [],
      ),
      vouchers: results.flatMap((each) => {
        if (each.is !== 'voucher') return [];
        const { definition, code, faceValue, discountPercent, expirationDate: expiryDate } = each;
        return { definition, code, faceValue, discountPercent, expiryDate };
      }),
      badges: results.flatMap((each) => (each.is === 'badge' ? { badge: each.badge, endDate: each.endDate } : [])),
      otherActions: actions.filter(isOther).map(({ type }) => type),
      failures: actions.flatMap(({ failure }) => failure ?? []),
    };
  });
}

/** A rule, and those of the processes that it runs. */
function withInner(rule: ExplainedRule): ExplainedRule[] {
  return [rule, ...explainedActions(rule.steps).flatMap(({ process }) => process?.rules.flatMap(withInner) ?? [])];
}

function isOther({ result, change, process }: ExplainedAction): boolean {
  return result === null && change !== null && process === null;
}

/** In the words of an org. */
function ruleStatus({ skipped, steps }: ExplainedRule): string {
  if (skipped !== null) return 'CriteriaNotMet';
  if (steps.some(hasFailed)) return 'Failed';
  return explainedActions(steps).length > 0 ? 'Success' : 'CriteriaNotMet';
}

function hasFailed(step: ExplainedStep): boolean {
  if (step.kind === 'group') return step.conditions.some(hasFailed);
  return step.failure !== null || (step.kind === 'condition' && step.steps.some(hasFailed));
}

/** What a person reads of a transaction: why the promotion gave nothing, if that was asked, or else all. */
export function explainedRecordLines({ transaction, explained, whyNot, error, status }: ExplainedRecord): string[] {
  if (!transaction) return [];
  const { file, line, member, activityDate, type, subtype, amount } = transaction;
  const kind = [type, subtype].filter((word) => word !== null).join(', ');
  const [name, row, day] = [basename(file), String(line), activityDate.slice(0, 10)];
  const title =
    amount === null
      ? messages.getMessage('info.transactionWithoutAmount', [name, row, kind, member, day])
      : messages.getMessage('info.transaction', [name, row, kind, amount, member, day]);
  if (whyNot) return [...wrapped(title, ''), ...whyNotLines(whyNot, '  ')];
  const failed = status === 'failed' ? [messages.getMessage('info.requestFailed', [error?.message ?? ''])] : [];
  return [
    ...wrapped(title, ''),
    ...(explained ? explainedLines(explained, '  ') : []),
    ...failed.flatMap((sentence) => wrapped(sentence, '  ')),
  ];
}
