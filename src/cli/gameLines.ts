import { counted } from '../base/text/counted.js';
import { Messages } from '@salesforce/core';
import type { GameRecord, RewardRecord } from './results/gameResults.js';
import { dateText } from './terminal/terminalText.js';
import type { SectionTable } from './voucherTable.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.list.games');

const statuses: readonly string[] = ['YetToReward', 'Rewarded', 'NoReward', 'Expired'];
const types: Readonly<Record<string, string>> = { spinthewheel: 'wheel', scratchcard: 'scratchCard' };

/** Those that can be played come first. */
export function gamesTable(records: readonly GameRecord[]): SectionTable {
  const order = ({ status }: GameRecord): number => (isPlayable({ status }) ? 0 : 1);
  return {
    columns: ['game', 'type', 'status', 'won', 'until'],
    data: [...records]
      .sort((a, b) => order(a) - order(b))
      .map((record) => ({
        game: record.game ?? '–',
        type: typeText(record.type),
        status: statusText(record.status),
        won: record.reward ? rewardText(record.reward) : '–',
        until: dateText(record.expirationDate),
      })),
  };
}

export function isPlayable({ status }: Pick<GameRecord, 'status'>): boolean {
  return status === 'YetToReward';
}

/** Points with their number, everything else by its name. */
export function rewardText({ name, type, value }: RewardRecord): string {
  if (type !== 'LoyaltyPoints' || value === null) return name ?? '–';
  return messages.getMessage('word.points', [name ?? '–', counted(value, 'point')]);
}

/** A status that the guide does not know is shown as it is. */
function statusText(status: string | null): string {
  if (status === null) return messages.getMessage('word.notAssigned');
  return statuses.includes(status) ? messages.getMessage(`word.${status}`) : status;
}

function typeText(type: string | null): string {
  const word = types[type?.toLowerCase() ?? ''];
  return word === undefined ? (type ?? '–') : messages.getMessage(`word.${word}`);
}
