import type { Store } from '../../store/store.js';
import type { SObjectRow } from '../../store/tables/objectTable.js';
import { ProcessFailure } from '../processFailure.js';
import type { Program } from '../programDirectory.js';

/** A tier, and the group that it belongs to. */
export interface GroupTier {
  readonly groupId: string;
  readonly tierId: string;
  readonly name: string;
}

/** The active tier groups of a program. Members join clubs themselves. */
export function tierGroupsOf(store: Store, programId: string): SObjectRow[] {
  return store
    .find('LoyaltyTierGroup', { LoyaltyProgramId: programId, IsActive: true })
    .filter((group) => group['Category'] !== 'Clubs');
}

/** In any case, which is inferred. @throws {ProcessFailure} */
export function tierGroupNamed(store: Store, program: Program, name: string): SObjectRow {
  const found = tierGroupsOf(store, program.id).find((group) => isNamed(group, name));
  if (found) return found;
  throw new ProcessFailure(`${program.name} has no active tier group ${name}.`);
}

/**
 * The tier of that name in any of these groups. If several have one, the primary group decides, else the first: which
 * an org takes is unpublished.
 * @throws {ProcessFailure}
 */
export function tierNamed(store: Store, groups: readonly SObjectRow[], name: string): GroupTier {
  const primaryFirst = groups.toSorted((a, b) => Number(b['IsPrimary'] === true) - Number(a['IsPrimary'] === true));
  for (const group of primaryFirst) {
    const tier = store.find('LoyaltyTier', { LoyaltyTierGroupId: group.Id }).find((each) => isNamed(each, name));
    if (tier) return { groupId: group.Id, tierId: tier.Id, name: String(tier['Name']) };
  }
  const names = groups.map((group) => String(group['Name'])).join(', ');
  throw new ProcessFailure(`No tier ${name} is in the tier groups of the program: ${names || '(none)'}.`);
}

function isNamed(row: SObjectRow, name: string): boolean {
  return String(row['Name']).toLowerCase() === name.toLowerCase();
}
