import { Messages } from '@salesforce/core';
import type { DisplayMemberResult } from './results/memberResults.js';
import { countText, dateText } from './terminal/terminalText.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.display.member');

type Tier = DisplayMemberResult['tiers'][number];

/** A tier in a sentence, with the distance to the next one: `Status: Silver, since 3/4/2026. 190 Points to go …`. */
export function tierLine({ tierGroup, tier, effectiveDate, expirationDate, next, isHighest }: Tier): string {
  const held = tier ?? messages.getMessage('info.none');
  const parts = [tierGroup === null ? held : `${tierGroup}: ${held}`, ...tierDates({ effectiveDate, expirationDate })];
  const distance = next ? distanceText(next) : isHighest && messages.getMessage('tier.highest');
  return [`${parts.join(', ')}.`, ...(distance ? [distance] : [])].join(' ');
}

/** `since …` and `until …`, as far as they are known. */
export function tierDates({ effectiveDate, expirationDate }: Pick<Tier, 'effectiveDate' | 'expirationDate'>): string[] {
  return [
    ...(effectiveDate === null ? [] : [messages.getMessage('word.since', [dateText(effectiveDate)])]),
    ...(expirationDate === null ? [] : [messages.getMessage('word.until', [dateText(expirationDate)])]),
  ];
}

function distanceText({ tier, currency, minimum, balance, pointsToGo }: NonNullable<Tier['next']>): string {
  if (minimum === null) return messages.getMessage('tier.noMinimum', [tier]);
  if (currency === null || pointsToGo === null) {
    return messages.getMessage('tier.noCurrency', [tier, countText(minimum)]);
  }
  const [has, needs] = [countText(balance), countText(minimum)];
  if (pointsToGo === 0) return messages.getMessage('tier.enough', [currency, tier, has, needs]);
  return messages.getMessage('tier.toGo', [`${countText(pointsToGo)} ${currency}`, tier, has, needs]);
}
