import { Messages } from '@salesforce/core';
import { z } from 'zod';
import { definedValues } from '../../base/definedValues.js';
import { commandLine } from '../../base/text/commandLine.js';
import { itemStates } from '../../sync/index.js';
import type { ItemState, KeyHistory, KeyItem, KeyLine, Outbox } from '../../sync/index.js';
import { exitCodes } from '../errors/exitCodes.js';
import type { ExitCode } from '../errors/exitCodes.js';
import type { OrgName } from '../orgName.js';
import { wholeCount } from '../results/recordShapes.js';
import type { DeliveryWords } from './syncFlags.js';
import { countText, wrapped } from '../terminal/terminalText.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.sync.report');
const words = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.sync');

/** What `sync report --key` prints with `--json`. */
export const KeyReport = z.object({
  key: z.string(),
  outbox: z.string(),
  /** Whether its member was erased from the outbox. */
  erased: z.boolean(),
  /** Every content that was to be sent under the key, the oldest first. The last one counts. */
  transactions: z.array(
    z.object({
      member: z.string(),
      state: z.enum(itemStates),
      /** False if a correction has replaced it. */
      current: z.boolean(),
      run: z.string().optional(),
      storedAt: z.string().optional(),
      feed: z.string().optional(),
      line: z.number().int().optional(),
      attempts: wholeCount,
      journalId: z.string().optional(),
      foundInOrg: z.boolean(),
      /** False if the org's answer showed that nothing changed for the member. */
      effect: z.boolean().optional(),
      code: z.string().optional(),
      message: z.string().optional(),
      /** Key of the parked transaction of the same member that it waits for. */
      waitsFor: z.string().optional(),
    }),
  ),
  /** Lines that had the key again and made no transaction. */
  lines: z.array(
    z.object({
      run: z.string(),
      kind: z.enum(['rejection', 'repeated', 'conflict', 'refusedBefore', 'detailsDiffer']),
      feed: z.string(),
      line: z.number().int(),
      code: z.string(),
      message: z.string(),
    }),
  ),
});
export type KeyReport = z.infer<typeof KeyReport>;

/**
 * Finds a key, which may be given without the name of its source.
 * @throws {SfError} if the outbox knows none, or several
 */
export async function findKey(outbox: Outbox, given: string): Promise<KeyReport> {
  const names = [given, ...(await outbox.sources.names()).map((source) => `${source}:${given}`)];
  const found: KeyHistory[] = [];
  for (const name of names) {
    const history = await outbox.history(name);
    if (history) found.push(history);
  }
  const [only, ...others] = found;
  if (!only) throw messages.createError('error.noKey', [outbox.name, given]);
  if (others.length > 0 && only.key !== given)
    throw messages.createError('error.severalKeys', [given, found.map(({ key }) => key).join(', ')]);
  return toKeyReport(only, outbox.name);
}

function toKeyReport({ key, items, lines, isErased }: KeyHistory, outbox: string): KeyReport {
  return {
    ...{ key, outbox, erased: isErased },
    transactions: items.map((item) => transactionOf(item)),
    lines: lines.map(({ run, kind, feed, line, code, message }: KeyLine) => ({ run, kind, feed, line, code, message })),
  };
}

function transactionOf(item: KeyItem): KeyReport['transactions'][number] {
  const { member, state, isCurrent, attempts, found, storedAt } = item;
  const { run, feed, line, journalId, effect, code, message, waitsFor } = item;
  return {
    ...{ member, state, current: isCurrent, attempts, foundInOrg: found },
    storedAt: storedAt === undefined ? undefined : new Date(storedAt).toISOString(),
    ...definedValues({ run, feed, line, journalId, effect, code, message, waitsFor }),
  };
}

const needsPerson: ReadonlySet<ItemState> = new Set(['refused', 'parked', 'conflictInOrg', 'doubled']);

/** 0 if the org has it, 68 if it needs a person, 69 if it is on its way. */
export function keyExitCode({ transactions, lines, erased }: KeyReport): ExitCode {
  const state = transactions.at(-1)?.state;
  const hasConflict = lines.some(({ kind }) => kind === 'conflict');
  if (state === undefined) return erased ? exitCodes.done : exitCodes.attention;
  if (needsPerson.has(state) || hasConflict) return exitCodes.attention;
  return state === 'done' ? exitCodes.done : exitCodes.unfinished;
}

/**
 * Returns the report as lines for a person.
 * @param delivery flags with which the run of the key delivers otherwise than usual
 */
export function keyReportLines(report: KeyReport, org: OrgName, delivery: DeliveryWords = {}): string[] {
  const { key, transactions, lines, erased } = report;
  const last = transactions.at(-1);
  const head = last ? messages.getMessage('key.head', [key, last.member, stateText(last)]) : undefined;
  return [
    ...wrapped(head ?? messages.getMessage(erased ? 'key.erased' : 'key.onlyLines', [key]), ''),
    ...transactions.toReversed().flatMap((transaction) => ['', ...transactionLines(transaction)]),
    ...(lines.length === 0 ? [] : ['', messages.getMessage('key.lines')]),
    ...lines.flatMap(({ run, feed, line, kind, message }) =>
      wrapped(messages.getMessage('key.line', [feed, line, run, lineText(kind), message]), '  '),
    ),
    ...nextLines(report, org, delivery),
  ];
}

function transactionLines(transaction: KeyReport['transactions'][number]): string[] {
  const { current, feed, line, run, storedAt, journalId, foundInOrg, effect, code, message } = transaction;
  const { waitsFor } = transaction;
  const facts: (readonly [label: string, value: string | undefined])[] = [
    ['state', stateText(transaction) + (current ? '' : `, ${messages.getMessage('key.notCurrent')}`)],
    ['read', feed === undefined ? undefined : messages.getMessage('key.place', [feed, line ?? 0, run ?? '–'])],
    ['stored', storedAt],
    ['sent', sentText(transaction)],
    [
      'journal',
      journalId === undefined ? undefined : journalId + (foundInOrg ? `, ${words.getMessage('item.found')}` : ''),
    ],
    ['effect', effect === false ? messages.getMessage('key.noEffect') : undefined],
    ['reason', code === undefined ? undefined : `${code}: ${message ?? ''}`],
    ['waitsFor', waitsFor],
  ];
  return facts.flatMap(([label, value]) =>
    value === undefined ? [] : wrapped(`${messages.getMessage(`key.${label}`).padEnd(10)}${value}`, '  '),
  );
}

/** States in which it is still sent if the org does not have it. */
const toBeSent: ReadonlySet<ItemState> = new Set(['held', 'ready', 'unknown']);

function sentText({ state, attempts }: KeyReport['transactions'][number]): string {
  if (attempts === 0 && toBeSent.has(state)) return messages.getMessage('key.notYet');
  if (attempts === 1) return messages.getMessage('key.once');
  return messages.getMessage(state === 'done' && attempts > 1 ? 'key.timesDone' : 'key.times', [countText(attempts)]);
}

function stateText({ state, attempts }: KeyReport['transactions'][number]): string {
  // The org may have it from elsewhere, or the answer was lost.
  if (state === 'unknown') return messages.getMessage(attempts === 0 ? 'key.lookedUpFirst' : 'key.lookedUp');
  return words.getMessage(`item.${state}`).toLowerCase();
}

function lineText(kind: KeyLine['kind']): string {
  return words.getMessage(kind === 'rejection' ? 'row.rejected' : `transaction.${kind}`);
}

function nextLines({ key, outbox, transactions }: KeyReport, org: OrgName, delivery: DeliveryWords): string[] {
  const state = transactions.at(-1)?.state;
  if (state === undefined || !needsPerson.has(state)) return [];
  const command = commandLine('sync retry', { key, outbox, ...delivery, 'target-org': org });
  return ['', messages.getMessage('key.retry', [command])];
}
