import type { Decimal } from '../../../base/decimal.js';
import { balanceOf } from './rewardBooks/memberCurrencies.js';
import type { CurrencyBalance } from './rewardBooks/memberCurrencies.js';
import type { OpenTiers } from './rewardBooks/tierBook.js';
import { rungFor } from './tierLadders.js';
import type { TierLadder } from './tierLadders.js';

interface AssessedMember {
  readonly memberId: string;
  /** In the currency that decides. */
  readonly balance: Decimal;
  readonly reason: string;
}

export function standing(held: CurrencyBalance): Omit<AssessedMember, 'reason'> {
  return { memberId: held.memberId, balance: balanceOf(held) };
}

/**
 * Puts a member into the tier that its balance is enough for: a higher one at once, a lower one when the tier that it has
 * expires. A tier that it is still enough for is extended then. A tier without an expiration date can be lost at any
 * time.
 *
 * @returns whether something changes
 */
export function assessTier(
  tiers: OpenTiers,
  ladder: TierLadder,
  { memberId, balance, reason }: AssessedMember,
): boolean {
  const { groupId, rungs } = ladder;
  const rung = rungFor(ladder, balance);
  if (!rung) return false;
  const held = tiers.held(memberId, groupId);
  const heldAt = rungs.findIndex(({ tierId }) => tierId === held?.tierId);
  const step = rungs.indexOf(rung) - heldAt;
  if (held && step <= 0 && !tiers.isOver(held)) return false;
  if (held && step === 0) return tiers.extend(held);
  tiers.enter({ memberId, groupId, rung, reason });
  return true;
}
