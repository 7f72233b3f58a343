import { Messages } from '@salesforce/core';
import { counted } from '../base/text/counted.js';
import type { SimulateTransactionsResult } from './results/simulationResults.js';
import { enumWords } from './terminal/enumWords.js';
import { countText, dateText } from './terminal/terminalText.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.simulate.transactions');

type Rewards = SimulateTransactionsResult['records'][number]['rewards'][number];

/** A line for each reward of a promotion, and for each rule that fails. */
export function rewardLines({ promotion, points, uses, vouchers, badges, otherActions, failures }: Rewards): string[] {
  return [
    ...points.flatMap(({ currency, points: change, escrow }) => [
      ...(change === 0 ? [] : [pointsText(change, currency)]),
      ...(escrow === 0 ? [] : [messages.getMessage('info.escrow', [pointsText(escrow, currency)])]),
    ]),
    ...uses.map((use) => (use.promotion === promotion ? usesText(use) : `${use.promotion}: ${usesText(use)}`)),
    ...vouchers.map(voucherLine),
    ...badges.map(badgeText),
    ...otherActions.map((type) => messages.getMessage('info.otherAction', [enumWords(type)])),
    ...failures.map((message) => messages.getMessage('info.failure', [message])),
  ];
}

function usesText({ completed, target }: Rewards['uses'][number]): string {
  if (target === null) return messages.getMessage('info.uses', [counted(completed, 'use')]);
  return messages.getMessage('info.usesOf', [countText(completed), countText(target)]);
}

/** `+42 Stars`, `-42 Stars` */
export function pointsText(points: number, currency: string): string {
  return `${points > 0 ? '+' : ''}${countText(points)} ${currency}`;
}

/** `badge Early bird (until 1/2/2027)` */
export function badgeText({ badge, endDate }: Rewards['badges'][number]): string {
  const name = messages.getMessage('info.badge', [badge]);
  return endDate === null ? name : `${name} (${messages.getMessage('word.until', [dateText(endDate)])})`;
}

function voucherLine({
  definition,
  code,
  faceValue,
  discountPercent,
  expiryDate,
}: Rewards['vouchers'][number]): string {
  const facts = [
    ...(faceValue === null ? [] : [countText(faceValue)]),
    ...(discountPercent === null ? [] : [`${countText(discountPercent)} %`]),
    ...(code === null ? [] : [code]),
    ...(expiryDate === null ? [] : [messages.getMessage('word.until', [dateText(expiryDate)])]),
  ];
  const name = messages.getMessage('info.voucher', [definition ?? '']).trimEnd();
  return facts.length > 0 ? `${name} (${facts.join(', ')})` : name;
}
