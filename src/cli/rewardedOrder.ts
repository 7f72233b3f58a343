import { Messages } from '@salesforce/core';
import { counted } from '../base/text/counted.js';
import type { JournalRewards } from '../client/index.js';
import type { ApplyRewardsResult } from './results/cartResults.js';
import { pointsText } from './rewardLines.js';
import { countText, wrapped } from './terminal/terminalText.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.apply.rewards');

type RewardsRecord = ApplyRewardsResult['records'][number];
type JournalRecord = NonNullable<RewardsRecord['rewards']>[number];

/** The rewards of a journal as `--json` has them. */
export function rewardedJournalRecord({ id, ...lists }: JournalRewards): JournalRecord {
  return {
    journalId: id ?? null,
    discounts: (lists.discountsAppliedList ?? []).map(({ discountType, discountAmount }) => ({
      type: discountType ?? null,
      amount: discountAmount ?? null,
    })),
    vouchers: (lists.voucherIssuedList ?? []).map(({ voucherCode, voucherDefinitionName }) => ({
      code: voucherCode ?? null,
      definition: voucherDefinitionName ?? null,
    })),
    games: lists.gamesAssignedList?.length ?? 0,
  };
}

/** What a person reads of an order. What failed is printed elsewhere. */
export function rewardedLines(record: RewardsRecord, program: string): string[] {
  const { status, member, journalIds, rewards, balances } = record;
  if (status !== 'done' && status !== 'known') return [];
  const head = messages.getMessage(`info.${status}`, [counted(journalIds.length, 'journal'), member, program]);
  const lines = [
    ...balances.map(({ currency, change, balance }) => {
      const after = balance === null ? '' : `, ${messages.getMessage('word.balance', [countText(balance)])}`;
      return `${pointsText(change, currency)}${after}`;
    }),
    ...(rewards ?? []).flatMap(givenLines),
  ];
  const untold = rewards === null ? [messages.getMessage('info.notTold')] : [];
  const shown = [...lines, ...untold];
  return [
    ...wrapped(head, ''),
    ...(shown.length > 0 ? shown : [messages.getMessage('info.nothing')]).flatMap((line) => wrapped(line, '  ')),
  ];
}

function givenLines({ vouchers, discounts, games }: JournalRecord): string[] {
  return [
    ...vouchers.map(({ code, definition }) =>
      definition === null
        ? messages.getMessage('info.voucher', [code ?? '–'])
        : messages.getMessage('info.voucherOf', [code ?? '–', definition]),
    ),
    ...discounts.map(({ amount }) => messages.getMessage('info.discount', [countText(amount)])),
    ...(games === 0 ? [] : [counted(games, 'game')]),
  ];
}
