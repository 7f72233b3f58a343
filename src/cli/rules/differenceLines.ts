import { basename } from 'node:path';
import { Messages } from '@salesforce/core';
import { counted } from '../../base/text/counted.js';
import type { DifferentAction, DifferenceOfMember, DifferenceResult } from '../results/differenceResults.js';
import { enumWords } from '../terminal/enumWords.js';
import { countText, wrapped } from '../terminal/terminalText.js';
import { reasonText } from './ruleWords.js';
import { changeTexts } from './simulationTotals.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.rulesDifference');

/** What another version of the rules would change. @param transactions how many were run */
export function differenceLines(difference: DifferenceResult, transactions: number): string[] {
  const { source, other, members, compared } = difference;
  const [rows, people] = [counted(transactions, 'transaction'), counted(compared, 'member')];
  return [
    ...wrapped(messages.getMessage('info.title', [rows, people, source, other]), ''),
    '',
    ...members.flatMap((member) => [...memberLines(member), '']),
    ...totalLines(difference),
    ...difference.failures.flatMap(({ file, line, failsIn }) =>
      wrapped(messages.getMessage('info.failure', [basename(file), line, flagOf(failsIn)]), '  '),
    ),
  ];
}

function totalLines({ members, compared, points, vouchers, badges, through }: DifferenceResult): string[] {
  if (members.length === 0 && through.length === 0) return wrapped(messages.getMessage('info.same'), '');
  const all = [
    ...points.flatMap(({ currency, change, escrow }) => changeTexts(change, escrow, currency)),
    ...vouchers.map(({ definition, change }) =>
      messages.getMessage('info.vouchers', [signed(change, 'voucher'), definition]),
    ),
    ...badges.map(({ badge, change }) => messages.getMessage('info.badges', [signed(change, 'badge'), badge])),
    ...through.map(actionText),
  ];
  const key = ['info.totalsNone', 'info.totalsOne'][members.length] ?? 'info.totals';
  const title = messages.getMessage(key, [countText(members.length), counted(compared, 'member')]);
  return [...wrapped(title, ''), ...all.flatMap((line) => wrapped(line, '  '))];
}

function memberLines({ member, points, tiers, progress, vouchers, badges, through }: DifferenceOfMember): string[] {
  const both = (what: string, other: string | number | null, source: string | number | null): string =>
    messages.getMessage('info.both', [what, valueText(other), valueText(source)]);
  const ends = [
    ...points.map(({ currency, change, escrow, other, source }) =>
      both(changeTexts(change, escrow, currency).join(', '), other, source),
    ),
    ...tiers.map(({ group, other, source }) => both(group, other, source)),
    ...progress.map(({ promotion, other, source }) => both(promotion, other, source)),
    ...vouchers.map(({ definition, status, other, source }) =>
      both(messages.getMessage('info.voucher', [definition, enumWords(status)]), other, source),
    ),
    ...badges.map(({ badge, other, source }) => both(messages.getMessage('info.badge', [badge]), other, source)),
  ];
  return [
    ...wrapped(member, ''),
    ...ends.flatMap((line) => wrapped(line, '  ')),
    ...through.flatMap((action) => wrapped(actionText(action), '    ')),
  ];
}

/** `Rule Weekend, Double the base: -48 Stars, 1 time, only with --source; with --diff: the promotion ended …` */
function actionText(action: DifferentAction): string {
  const { rule, step, ranIn, absence, failure, times, points } = action;
  const place = step === '' ? messages.getMessage('info.rule', [rule]) : messages.getMessage('info.step', [rule, step]);
  const done = [
    ...points.flatMap(({ change, escrow, currency }) => changeTexts(change, escrow, currency)),
    counted(times, 'time'),
  ].join(', ');
  if (ranIn === 'both') return messages.getMessage('info.differently', [place, done]);
  const [did, didNot] = ranIn === 'source' ? (['source', 'other'] as const) : (['other', 'source'] as const);
  if (failure !== null) {
    const failed = [rule === '' ? messages.getMessage('info.refused') : place, done, flagOf(didNot), failure];
    return messages.getMessage('info.fails', failed);
  }
  const why = absence ? absenceText(absence) : '';
  return messages.getMessage('info.once', [place, done, flagOf(did), flagOf(didNot), why, absence?.code ?? '']);
}

const ownTexts: ReadonlySet<string> = new Set([
  ...['noProcess', 'notLetIn', 'noRule', 'noStep', 'conditionNotMet', 'otherConditionMet', 'nothingChanged'],
  'requestFailed',
]);

function absenceText({ code, condition }: NonNullable<DifferentAction['absence']>): string {
  return ownTexts.has(code) ? messages.getMessage(`absence.${code}`, [condition ?? '']) : reasonText(code);
}

function flagOf(version: 'source' | 'other'): string {
  return version === 'source' ? '--source' : '--diff';
}

function valueText(value: string | number | null): string {
  if (value === null) return messages.getMessage('word.none');
  return typeof value === 'number' ? countText(value) : value;
}

function signed(change: number, noun: string): string {
  return `${change > 0 ? '+' : '-'}${counted(Math.abs(change), noun)}`;
}
