import { createHash } from 'node:crypto';
import type { SObjectRow } from '../../store/tables/table.js';
import { text } from '../programs.js';
import type { Writing } from '../work.js';

export interface NewMember {
  readonly memberId: string;
  readonly programId: string;
  /** `yyyy-MM-dd`: first day in the initial tier. */
  readonly since: string;
}

/**
 * What a member has from the first moment: a LoyaltyMemberCurrency with nothing in it for each active currency of the
 * program. Help says that currencies which are added later need such rows by hand, which implies that the earlier ones
 * come by themselves.
 */
export function createMemberCurrencies({ store, userId }: Writing, { memberId, programId }: NewMember): void {
  for (const currency of store.find('LoyaltyProgramCurrency', { LoyaltyProgramId: programId, IsActive: true })) {
    const nothing = { TotalPointsAccrued: 0, TotalPointsRedeemed: 0, TotalPointsExpired: 0 };
    const parents = { LoyaltyMemberId: memberId, LoyaltyProgramCurrencyId: currency.Id };
    const values = { Name: text(currency, 'Name'), ...parents, ...nothing };
    store.insert('LoyaltyMemberCurrency', values, { as: 'org', userId });
  }
}

/** The lowest tier of each active tier group. Clubs are joined, not given. */
export function assignInitialTiers({ store, userId }: Writing, { memberId, programId, since }: NewMember): void {
  for (const group of store.find('LoyaltyTierGroup', { LoyaltyProgramId: programId, IsActive: true })) {
    const tier = lowest(store.find('LoyaltyTier', { LoyaltyTierGroupId: group.Id }));
    if (!tier || group['Category'] === 'Clubs') continue;
    const parents = { LoyaltyMemberId: memberId, LoyaltyTierGroupId: group.Id, LoyaltyTierId: tier.Id };
    store.insert(
      'LoyaltyMemberTier',
      { Name: text(tier, 'Name'), ...parents, EffectiveDate: since },
      { as: 'org', userId },
    );
  }
}

/** Eight characters, as in samples. Made of the id, so that a run from a seed has the same codes each time. */
export function referralCodeOf(memberId: string): string {
  const digest = createHash('sha256').update(memberId).digest();
  return [...digest.subarray(0, 8)].map((byte) => codeAlphabet.charAt(byte % codeAlphabet.length)).join('');
}

/** Without characters that are mistaken for one another. */
const codeAlphabet = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';

function lowest(tiers: readonly SObjectRow[]): SObjectRow | undefined {
  return [...tiers].sort((a, b) => Number(a['SequenceNumber']) - Number(b['SequenceNumber']))[0];
}
