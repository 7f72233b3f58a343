import { Messages } from '@salesforce/core';
import { counted } from '../../base/text/counted.js';
import { decimalOf } from '../../base/decimal.js';
import type { FeedSimulation } from '../../simulation/index.js';
import type { MemberTotals, SimulationTotals } from '../results/simulationResults.js';
import { badgeText, pointsText } from '../rewardLines.js';
import { enumWords } from '../terminal/enumWords.js';
import { countText, wrapped } from '../terminal/terminalText.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.rules');

/** How many rejected rows are shown. */
const mostRejected = 10;

export function simulationTotals({ rejections, repeated, enrolled, members }: FeedSimulation): SimulationTotals {
  const points = Map.groupBy(
    members.flatMap((member) => member.points),
    ({ currency }) => currency,
  );
  const vouchers = Map.groupBy(
    members.flatMap((member) => member.vouchers),
    ({ definition }) => definition,
  );
  const badges = Map.groupBy(
    members.flatMap((member) => member.badges),
    ({ badge }) => badge,
  );
  return {
    rejected: rejections.map(({ file, line, reason, message }) => ({ file, line, reason, message })),
    repeated,
    enrolled,
    points: [...points].map(([currency, all]) => ({
      currency,
      change: sum(all.map(({ change }) => change)),
      escrow: sum(all.map(({ escrow }) => escrow)),
    })),
    vouchers: [...vouchers].map(([definition, all]) => ({ definition, count: all.length })),
    badges: [...badges].map(([badge, all]) => ({ badge, count: all.length })),
    members: members.map(({ member, ...changes }) => ({
      member,
      points: changes.points.map((each) => ({ ...each })),
      tiers: changes.tiers.map((each) => ({ ...each })),
      progress: changes.progress.map((each) => ({ ...each })),
      vouchers: changes.vouchers.map((each) => ({ ...each })),
      badges: changes.badges.map((each) => ({ ...each })),
    })),
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((all, value) => all.plus(value), decimalOf(0)).toNumber();
}

/** @param transactions how many were run */
export function totalsLines(totals: SimulationTotals, transactions: number): string[] {
  const { points, vouchers, badges, members } = totals;
  const all = [
    ...points.flatMap(({ currency, change, escrow }) => changeTexts(change, escrow, currency)),
    ...vouchers.map(({ definition, count }) =>
      messages.getMessage('info.totalVouchers', [counted(count, 'voucher'), definition]),
    ),
    ...badges.map(({ badge, count }) => messages.getMessage('info.totalBadges', [counted(count, 'badge'), badge])),
  ];
  return [
    messages.getMessage('info.totals', [counted(transactions, 'transaction')]),
    ...(all.length > 0 ? all : [messages.getMessage('info.totalNothing')]).flatMap((line) => wrapped(line, '  ')),
    ...members.flatMap(memberLines),
    ...rowLines(totals),
  ];
}

function memberLines({ member, points, tiers, progress, vouchers, badges }: MemberTotals): string[] {
  const lines = [
    ...points.map(({ currency, change, escrow, after }) =>
      messages.getMessage('info.memberPoints', [changeTexts(change, escrow, currency).join(', '), countText(after)]),
    ),
    ...tiers.map(({ group, before, after }) =>
      before === null
        ? messages.getMessage('info.memberNewTier', [group, after ?? ''])
        : messages.getMessage('info.memberTier', [group, after ?? '', before]),
    ),
    ...progress.map(({ promotion, before, after, target }) =>
      target === null
        ? messages.getMessage('info.memberProgressWithoutTarget', [promotion, countText(after), countText(before)])
        : messages.getMessage('info.memberProgress', [
            promotion,
            countText(after),
            countText(target),
            countText(before),
          ]),
    ),
    ...vouchers.map(({ code, definition, status }) =>
      messages.getMessage('info.memberVoucher', [code, definition, enumWords(status)]),
    ),
    ...badges.map(badgeText),
  ];
  if (lines.length === 0) lines.push(messages.getMessage('info.totalNothing'));
  return [...wrapped(member, '  '), ...lines.flatMap((line) => wrapped(line, '    '))];
}

export function changeTexts(change: number, escrow: number, currency: string): string[] {
  return [
    ...(change === 0 ? [] : [pointsText(change, currency)]),
    ...(escrow === 0 ? [] : [messages.getMessage('info.totalEscrow', [pointsText(escrow, currency)])]),
  ];
}

export function rowLines({ enrolled, repeated, rejected }: SimulationTotals): string[] {
  const rows = counted(rejected.length, 'row');
  const sentences = [
    ...(enrolled > 0 ? [messages.getMessage('info.enrolled', [counted(enrolled, 'member')])] : []),
    ...(repeated > 0 ? [messages.getMessage('info.repeated', [counted(repeated, 'row')])] : []),
    ...(rejected.length > 0 ? [messages.getMessage('info.rejected', [rows])] : []),
  ];
  return [
    ...sentences.flatMap((sentence) => wrapped(sentence, '')),
    ...rejected.slice(0, mostRejected).flatMap(({ message }) => wrapped(message, '  ')),
  ];
}
