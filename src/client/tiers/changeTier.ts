import type { MemberTier } from '../balances.js';
import { UnknownTierError } from '../failures/lookUpErrors.js';
import type { LoyaltyClient } from '../loyaltyClient.js';
import { readGroupLadders } from './readGroupLadders.js';
import type { GroupLadder } from './tierPosition.js';

/** Days are `yyyy-MM-dd`. */
export interface MemberTierChange {
  /** `none`: the process succeeded, and the member's tier is what it was. Its rule may not be active. */
  readonly status: 'changed' | 'already' | 'none';
  readonly tierGroup: string;
  /** Name of the tier. Null for a member who had none. */
  readonly before: string | null;
  readonly after: string | null;
  readonly effectiveDate: string | null;
  readonly expirationDate: string | null;
}

interface WantedTier {
  readonly memberId: string;
  readonly tier: string;
  readonly reason: string;
  readonly processName?: string | undefined;
}

/**
 * Moves a member to a tier, unless it has the tier already. So it can be repeated after a lost answer.
 *
 * @throws {UnknownTierError} that lists the tiers of the program
 */
export async function changeTier(
  client: LoyaltyClient,
  program: string,
  wanted: WantedTier,
): Promise<MemberTierChange> {
  const { memberId, tier } = wanted;
  const { group, name } = tierNamed(await readGroupLadders(client.query, program), { program, tier });
  const held = async (): Promise<MemberTier | undefined> => {
    const { tiers } = await client.members.balances(program, memberId);
    return tiers.find(({ tierGroupId }) => tierGroupId === group.tierGroupId);
  };
  const old = await held();
  const change = { tierGroup: group.tierGroupName, before: old?.tierName ?? null };
  if (old?.tierName === name) return { status: 'already', ...change, ...standing(old) };
  const { currentTier, effectiveDate, expirationDate } = await client.tiers.change(program, { ...wanted, tier: name });
  if (currentTier === name) return { status: 'changed', ...change, after: name, effectiveDate, expirationDate };
  const now = await held();
  return { status: now?.tierName === name ? 'changed' : 'none', ...change, ...standing(now) };
}

function standing(held: MemberTier | undefined): Pick<MemberTierChange, 'after' | 'effectiveDate' | 'expirationDate'> {
  return {
    after: held?.tierName ?? null,
    effectiveDate: held?.tierEffectiveDate ?? null,
    expirationDate: held?.tierExpirationDate ?? null,
  };
}

/** The tier as the org spells it, and its group. @throws {UnknownTierError} */
function tierNamed(
  groups: readonly GroupLadder[],
  { program, tier }: { readonly program: string; readonly tier: string },
): { readonly group: GroupLadder; readonly name: string } {
  for (const group of groups) {
    const found = group.tiers.find(({ tierName }) => tierName.toLowerCase() === tier.toLowerCase());
    if (found) return { group, name: found.tierName };
  }
  const names = groups.flatMap(({ tiers }) => tiers.map(({ tierName }) => tierName));
  throw new UnknownTierError(tier, program, names);
}
