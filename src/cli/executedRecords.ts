import { Messages } from '@salesforce/core';
import type { ExecutedJournal, PendingOutcome } from '../client/index.js';
import type { ExecutedTransaction } from '../sync/index.js';
import { exitCodeOf } from './errors/exitCodes.js';
import type { ExitCode } from './errors/exitCodes.js';
import type { ExecuteTransactionsResult } from './results/executionResults.js';
import { pointsText } from './rewardLines.js';
import { countText, wrapped } from './terminal/terminalText.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.execute.transactions');

export type ExecutedRecord = ExecuteTransactionsResult['records'][number];
type Rewards = Pick<ExecutedRecord, 'journalId' | 'points' | 'vouchers'>;

/** What a run gave. @param answer undefined if there is none */
export function executedRewards(answer: ExecutedTransaction | ExecutedJournal | null | undefined): Rewards {
  if (!answer) return { journalId: null, points: null, vouchers: [] };
  const { journalId, points, vouchers } = answer;
  return { journalId, points: points && [...points], vouchers: [...vouchers] };
}

/** @param again the command that finds out what became of a journal */
export function pendingRecord(outcome: PendingOutcome, again: string): ExecutedRecord {
  const { id: key, status } = outcome;
  const rewards = { ...executedRewards(status === 'done' ? outcome.executed : null), journalId: key };
  switch (status) {
    case 'done':
    case 'known':
      return { key, status, ...rewards };
    case 'refused': {
      const { message, failure } = outcome;
      const code = failure?.code ?? (failure ? failure.kind.toUpperCase() : 'NOT_PENDING');
      return { key, status, ...rewards, error: { code, message } };
    }
    case 'unknown':
      return {
        ...{ key, status, ...rewards },
        error: { code: 'UNKNOWN', message: messages.getMessage('info.unknown', [outcome.message, again]) },
      };
  }
}

/** A journal that the org turned away for now can be run later. */
export function pendingExitCode(outcomes: readonly PendingOutcome[]): ExitCode {
  const isOpen = (outcome: PendingOutcome): boolean =>
    outcome.status === 'unknown' ||
    (outcome.status === 'refused' && ['stop', 'later'].includes(outcome.failure?.kind ?? ''));
  const refused = outcomes.filter((outcome) => outcome.status === 'refused' && !isOpen(outcome)).length;
  return exitCodeOf({ refused, open: outcomes.filter(isOpen).length });
}

/** What a person reads of a record. What failed is printed elsewhere. @param whose the member or the journal */
export function executedLines({ status, points, vouchers }: ExecutedRecord, whose: string): string[] {
  if (status === 'known' && points === null) return wrapped(messages.getMessage('info.known', [whose]), '');
  if (status !== 'done' && status !== 'known') return [];
  const head = messages.getMessage(status === 'known' ? 'info.knownGiven' : 'info.done', [whose]);
  const lines = [
    ...(points ?? []).flatMap(pointLines),
    ...vouchers.map((code) => messages.getMessage('info.voucher', [code])),
  ];
  const nothing = messages.getMessage(points === null ? 'info.notTold' : 'info.nothing');
  return [...wrapped(head, ''), ...(lines.length > 0 ? lines : [nothing]).flatMap((line) => wrapped(line, '  '))];
}

function pointLines({ currency, points, escrow, balance }: NonNullable<ExecutedRecord['points']>[number]): string[] {
  const after = balance === null ? '' : `, ${messages.getMessage('word.balance', [countText(balance)])}`;
  return [
    ...(points === 0 ? [] : [`${pointsText(points, currency)}${after}`]),
    ...(escrow === 0 ? [] : [messages.getMessage('info.escrow', [pointsText(escrow, currency)])]),
  ];
}
