import { Messages } from '@salesforce/core';
import type { DisplayMemberResult } from './results/memberResults.js';
import { countText, dateText } from './terminal/terminalText.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.display.member');

type Currencies = NonNullable<DisplayMemberResult['expiring']>;
type Currency = Currencies[number];
type Lot = Currency['lots'][number];

/**
 * A sentence for each part of the points, soonest first.
 *
 * @param today `yyyy-MM-dd`
 */
export function expiryLines(currencies: Currencies, today = new Date().toISOString().slice(0, 10)): string[] {
  const lots = currencies.flatMap((currency) => currency.lots.map((lot) => ({ currency, lot })));
  const day = ({ lot }: { readonly lot: Lot }): string => lot.expirationDate ?? '9999';
  const escrow = currencies.flatMap(({ currency, escrow: parts }) => parts.map((part) => ({ currency, ...part })));
  return [
    ...lots
      .sort((a, b) => (day(a) < day(b) ? -1 : Number(day(a) > day(b))))
      .map(({ currency, lot }) => lotLine(currency, lot, today)),
    ...escrow.map(({ currency, points, untilDate }) =>
      messages.getMessage('expiring.escrow', [countText(points), currency, dateText(untilDate)]),
    ),
  ];
}

/** What is only assumed, once for each currency. */
export function doubtLines(currencies: Currencies): string[] {
  return currencies.flatMap(({ currency, doubts }) =>
    doubts.map((doubt) => messages.getMessage(`doubt.${doubt}`, [currency])),
  );
}

function lotLine({ currency, model }: Currency, { points, expirationDate, earnedDate }: Lot, today: string): string {
  const count = countText(points);
  const earned = dateText(earnedDate);
  const day = dateText(expirationDate);
  if (model === null) return messages.getMessage('expiring.never', [count, currency]);
  if (expirationDate === null) {
    return earnedDate === null || model === 'Activity'
      ? messages.getMessage('expiring.unknown', [count, currency])
      : messages.getMessage('expiring.undated', [count, currency, earned]);
  }
  if (expirationDate <= today) return messages.getMessage('expiring.due', [count, currency, day]);
  return model === 'Activity'
    ? messages.getMessage('expiring.activity', [count, currency, day, earned])
    : messages.getMessage('expiring.fixed', [count, currency, day, earned]);
}
