import { Messages } from '@salesforce/core';
import { counted } from '../base/text/counted.js';
import type { AdvocateOf, ReferralRecord } from './results/referralResults.js';
import { pointsText } from './rewardLines.js';
import { dateText } from './terminal/terminalText.js';
import type { SectionTable } from './voucherTable.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.list.referrals');

/** @param hidden what is the same for all */
export function referralsTable(records: readonly ReferralRecord[], hidden: readonly string[]): SectionTable {
  return {
    columns: ['friend', 'stage', 'date', 'advocate', 'promotion', 'rewards'].filter((name) => !hidden.includes(name)),
    data: records.map(({ friend, status, referralDate, member, promotion, rewards }) => ({
      friend: friend ?? '–',
      stage: status ?? '–',
      date: dateText(referralDate),
      advocate: member ?? '–',
      promotion: promotion ?? '–',
      rewards: rewards.map(rewardText).join(', ') || '–',
    })),
  };
}

function rewardText(reward: ReferralRecord['rewards'][number]): string {
  if ('points' in reward) return pointsText(reward.points, reward.currency);
  return messages.getMessage(`word.${reward.for}Voucher`, [reward.voucher]);
}

/** A sentence about a promotion of a member. */
export function advocateLine({ status, ...of }: AdvocateOf): string {
  const name = of.promotion ?? of.promotionId;
  if (status !== 'joined') return messages.getMessage(`info.${status}`, [name]);
  const referrals = counted(of.referrals ?? 0, 'referral');
  const texts = [name, of.referralCode ?? '–', referrals, of.signedUp ?? 0, of.bought ?? 0];
  return messages.getMessage('info.joined', texts);
}
