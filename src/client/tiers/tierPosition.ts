/** A tier of a group. */
export interface LadderTier {
  readonly tierId: string;
  readonly tierName: string;
  /** The highest number is the highest tier; a tier without one has no place in the order. */
  readonly tierSequenceNumber: number | null;
  /** Balance of the deciding currency from which a member is entitled to the tier. */
  readonly minimum: number | null;
}

/** The tiers of one group, and the currency that decides which of them a member holds. */
export interface GroupLadder {
  readonly tierGroupId: string;
  readonly tierGroupName: string;
  /** Null where the org does not say which currency decides. */
  readonly currency: LadderCurrency | null;
  readonly tiers: readonly LadderTier[];
}

export interface LadderCurrency {
  readonly currencyId: string;
  readonly currencyName: string;
}

/** The tier above the one that a member holds, and the distance to it. */
export interface NextTier {
  readonly tierName: string;
  /** The currency that decides; null where the org does not say. */
  readonly currencyName: string | null;
  /** Null where the org has no minimum for the tier. */
  readonly minimum: number | null;
  /** The member's balance of that currency. */
  readonly balance: number | null;
  /** 0 when the balance is enough and the tier not yet changed. Null where the org does not say enough to tell. */
  readonly pointsToGo: number | null;
}

/** Where a member is in a group of tiers. */
export interface TierPosition {
  /** Null above the highest tier, and where that cannot be told. */
  readonly next: NextTier | null;
  /** Null where the order of the tiers, or the place of the member's tier in it, is not known. */
  readonly isHighest: boolean | null;
}

/** What can be said of a group that the org tells nothing of. */
export const unknownPosition: TierPosition = { next: null, isHighest: null };

/**
 * The next tier, by sequence number, and the points that are missing to its minimum balance.
 *
 * A group in which no tier has a minimum is not climbed with points: somebody assigns its tiers.
 *
 * @param heldTierId the tier that the member holds in the group; undefined for none
 * @param balances points by Id of the currency; a currency that is missing counts as 0, because a member has no record
 * of a currency that was added later
 */
export function positionIn(
  { tiers, currency }: GroupLadder,
  heldTierId: string | undefined,
  balances: ReadonlyMap<string, number>,
): TierPosition {
  const held = tiers.find(({ tierId }) => tierId === heldTierId);
  const place = heldTierId === undefined ? -Infinity : held?.tierSequenceNumber;
  if (place === null || place === undefined || tiers.every(({ minimum }) => minimum === null)) return unknownPosition;
  const [above] = tiers.filter((tier) => placeOf(tier) > place).sort((a, b) => placeOf(a) - placeOf(b));
  if (!above) return { next: null, isHighest: held !== undefined };
  const { tierName, minimum } = above;
  const balance = currency ? (balances.get(currency.currencyId) ?? 0) : null;
  const pointsToGo = minimum === null || balance === null ? null : Math.max(0, difference(minimum, balance));
  return {
    next: { tierName, currencyName: currency?.currencyName ?? null, minimum, balance, pointsToGo },
    isHighest: false,
  };
}

function placeOf({ tierSequenceNumber }: LadderTier): number {
  return tierSequenceNumber ?? -Infinity;
}

/** Balances have two decimals, which are subtracted without a tail. */
function difference(minimum: number, balance: number): number {
  return Math.round((minimum - balance) * 100) / 100;
}
