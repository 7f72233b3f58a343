import type { Store } from '../../store/store.js';
import type { SObjectRow } from '../../store/tables/objectTable.js';
import { ProcessFailure } from '../processFailure.js';
import { textOrNull } from '../rowValues.js';
import { isCurrentMembership } from './clubDirectory.js';
import type { Club } from './clubDirectory.js';

/**
 * LoyaltyTierEligibilitySrc says who may join: members of its tiers. Sources that are actionable lists let everybody in,
 * because who is in one is not part of the model.
 *
 * @throws {ProcessFailure}
 */
export function requireEligible(
  store: Store,
  { tier, name }: Club,
  { member, today }: { readonly member: SObjectRow; readonly today: string },
): void {
  const sources = store.find('LoyaltyTierEligibilitySrc', { LoyaltyTierId: tier.Id });
  const tierIds = sources.flatMap((source) => tierIdOf(store, source));
  if (tierIds.length === 0 || tierIds.length < sources.length) return;
  const held = store.find('LoyaltyMemberTier', { LoyaltyMemberId: member.Id });
  const isHeld = held.some(
    (row) =>
      row['Status'] !== 'Inactive' && isCurrentMembership(row, today) && tierIds.includes(String(row['LoyaltyTierId'])),
  );
  if (isHeld) return;
  const names = tierIds.map((id) => String(store.get('LoyaltyTier', id)?.['Name'])).join(', ');
  throw new ProcessFailure(`Only members of ${names} may join the club ${name}.`);
}

function tierIdOf(store: Store, source: SObjectRow): string[] {
  const id = textOrNull(source, 'SourceReferenceId');
  return id !== null && store.get('LoyaltyTier', id) ? [id] : [];
}
