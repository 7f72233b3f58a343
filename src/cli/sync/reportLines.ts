import { Messages } from '@salesforce/core';
import { basename } from 'node:path';
import { commandLine } from '../../base/text/commandLine.js';
import { shortText } from '../../base/text/shortText.js';
import { killed, neverSent } from '../../sync/index.js';
import { countText, wrapped } from '../terminal/terminalText.js';
import { countLines } from './countLines.js';
import { killedWait } from './killedWait.js';
import type { OrgName } from '../orgName.js';
import type { DeliveryWords } from './syncFlags.js';
import type { SyncResult } from './syncResult.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.sync');

type Reason = SyncResult['reasons'][number];
type Planned = NonNullable<SyncResult['preview']>[number];

/** Reasons shown on the screen. The results files have all problems. */
const shown = 10;

/** What the commands that a report prints need to know. */
export interface ReportContext {
  /** Name of the org; undefined if it has none. */
  readonly org: OrgName;
  /** The command that starts such a run again. */
  readonly startAgain?: string | undefined;
  /** What to do about rows that are wrong themselves. Default: to read the feeds again. */
  readonly correction?: string | undefined;
  /** Flags with which the run delivers otherwise than usual. */
  readonly delivery?: DeliveryWords | undefined;
}

/** Returns the report of a run as lines for a person. */
export function reportLines(result: SyncResult, context: ReportContext): string[] {
  return [
    ...head(result),
    ...countLines(result),
    ...problems(result),
    ...notes(result),
    ...preview(result),
    ...next(result, context),
  ];
}

/** Returns the command that prints the report of a run again. */
export function reportCommand({ run, outbox }: SyncResult, org: OrgName): string {
  return commandLine('sync report', { run, outbox, 'target-org': org });
}

/** Returns what to do next, with complete commands. */
export function nextLines(result: SyncResult, context: ReportContext): string[] {
  return next({ ...result, results: null }, context);
}

function head({ run, program, ending, stopped }: SyncResult): string[] {
  const lines = [messages.getMessage('report.head', [run, program, messages.getMessage(`ending.${ending}`)])];
  if (stopped) lines.push(`${stopped.code}: ${stopped.message}`);
  return lines;
}

function notes({ notes: all, reasons }: SyncResult): string[] {
  const lines = [
    ...all.flatMap(({ message }) => wrapped(message, '  ')),
    ...reasons.filter(needsNobody).flatMap((reason) => wrapped(reasonText(reason), '  ')),
  ];
  return lines.length === 0 ? [] : ['', messages.getMessage('report.notes'), ...lines];
}

function preview({ preview: all = [] }: SyncResult): string[] {
  if (all.length === 0) return [];
  return ['', messages.getMessage('report.preview'), ...all.flatMap((planned) => wrapped(plannedText(planned), '  '))];
}

/** Returns what would be sent as `till:1 of HR-1: ActivityDate …, TransactionAmount …`. */
function plannedText({ key, member, sent }: Planned): string {
  return `${key} of ${member}: ${wordsOf(sent, { key, member }).join(', ')}`;
}

/** Leaves out key and member, which are said already. */
function wordsOf(values: Planned['sent'], said: Pick<Planned, 'key' | 'member'>, within = ''): string[] {
  return Object.entries(values).flatMap(([name, value]) => {
    if (typeof value === 'object' && value !== null) return wordsOf({ ...value }, said, `${within}${name}.`);
    const isSaid =
      (name === 'ExternalTransactionNumber' && value === said.key) ||
      (name === 'MembershipNumber' && value === said.member);
    return isSaid ? [] : `${within}${name} ${shortText(String(value))}`;
  });
}

function problems({ reasons: all }: SyncResult): string[] {
  const reasons = all.filter((reason) => !needsNobody(reason));
  if (reasons.length === 0) return [];
  const lines = reasons.slice(0, shown).flatMap((reason) => wrapped(reasonText(reason), '  '));
  const more = reasons.slice(shown).reduce((sum, { count }) => sum + count, 0);
  if (more > 0) lines.push(`  ${messages.getMessage('report.more', [countText(more)])}`);
  return ['', messages.getMessage('report.problems'), ...lines];
}

export function needsNobody({ status }: Reason): boolean {
  return status === 'detailsDiffer';
}

/**
 * Returns a reason as `3 × refused, UNKNOWN_MEMBER: …`. For a row with a known key, the code is left out, because the
 * status says the same.
 */
function reasonText(reason: Reason): string {
  const { status, code, count, tries } = reason;
  const isOwnWord = ['repeated', 'conflict', 'detailsDiffer'].includes(status);
  const tried = tries === undefined ? undefined : messages.getMessage('report.tried', [countText(tries)]);
  const words = [statusText(status), isOwnWord ? undefined : code, tried].filter((word) => word !== undefined);
  const example = exampleText(reason);
  const first = count > 1 ? messages.getMessage('report.first', [example]) : example;
  const isInDoubt = status === 'sent' || (status === 'unknown' && code !== neverSent);
  const meaning = isInDoubt ? ` ${messages.getMessage('report.unknown')}` : '';
  return `${countText(count)} × ${words.join(', ')}: ${first}${meaning}`;
}

/**
 * Returns the message of the first transaction or row with a reason, after its key and the place where it was read if the
 * message does not say them.
 */
export function exampleText({ example, key, feed, line }: Reason): string {
  const isPlaced = feed === undefined || line === undefined || example.includes(`line ${line}`);
  const place = isPlaced ? '' : ` (${messages.getMessage('report.place', [basename(feed), line])})`;
  if (key === undefined) return example;
  if (key === example) return `${key}${place}`;
  return example.includes(key) ? example : `${key}${place}: ${example}`;
}

/** Returns a status in the words used for the counts. */
export function statusText(status: Reason['status']): string {
  if (status === 'rejected') return messages.getMessage('row.rejected');
  const isLine = ['repeated', 'conflict', 'refusedBefore', 'detailsDiffer'].includes(status);
  return messages.getMessage(`${isLine ? 'transaction' : 'item'}.${status}`);
}

function next(result: SyncResult, { org, startAgain, correction, delivery }: ReportContext): string[] {
  const { counts, ending, run, outbox, results, records, stopped, preview: planned } = result;
  const flags = { outbox, ...delivery, 'target-org': org };
  const lines = results === null ? [] : ['', messages.getMessage('report.results', [results])];
  if (stopped?.action !== undefined) lines.push(stopped.action);
  if (stopped?.code === killed.code) lines.push(...killedWait(result, delivery?.['settle']));
  if (ending === 'running') lines.push(messages.getMessage('report.running'));
  const again = startAgain ?? commandLine('sync start', { file: null, map: null, ...flags });
  if (stopped?.startAgain === true) {
    lines.push(messages.getMessage('report.startAgain', [again]));
  } else if (planned !== undefined && ending !== 'planned') {
    // Its outbox was a copy, which is gone.
    lines.push(messages.getMessage('report.planAgain', [again]));
  } else if (ending !== 'complete' && ending !== 'planned') {
    lines.push(messages.getMessage('report.resume', [commandLine('sync resume', { run, ...flags })]));
  } else if (ending === 'complete' && needsRetry(counts)) {
    const isMissing = result.reasons.some(({ code }) => code === 'UNKNOWN_MEMBER');
    const retry = isMissing ? 'report.retryMembers' : 'report.retry';
    lines.push(messages.getMessage(retry, [commandLine('sync retry', flags)]));
    lines.push(correction ?? messages.getMessage('report.correct', [again]));
  }
  const key = ending === 'complete' ? records.find(isConflict)?.key : undefined;
  if (key !== undefined) {
    const command = commandLine('sync retry', { 'keep-org': key, ...flags });
    lines.push(messages.getMessage('report.keepOrg', [key, command]));
  }
  return lines;
}

function isConflict({ status }: SyncResult['records'][number]): boolean {
  return status === 'conflict' || status === 'conflictInOrg';
}

function needsRetry({ transactions, items }: SyncResult['counts']): boolean {
  return transactions.refusedBefore + items.refused + items.parked + items.conflictInOrg + items.doubled > 0;
}
