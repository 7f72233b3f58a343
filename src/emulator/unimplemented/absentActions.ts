/**
 * Standard actions of the Loyalty Management guide that this org does not have, with the first API version of each. Names
 * are those in the guide's addresses and in flows.
 */
export const absentActions: ReadonlyMap<string, number> = new Map([
  ...named(51, ['refreshDecisionTable']),
  ...named(52, ['submitFailedRecordsBatchJob']),
  ...named(53, ['getLoyaltyPromotion', 'getLoyaltyPromotionBasedOnSalesforceCDP']),
  ...named(55, ['getMemberActiveSegments']),
  ...named(56, ['mergeLoyaltyProgramMembership', 'unmergeLoyaltyProgramMembership']),
  ...named(66, ['mapTraceablePtForRedemTrxn']),
]);

/** Whether an org has the action in that API version, although this one does not. */
export function isAbsentAction(name: string, version: number): boolean {
  return version >= (absentActions.get(name) ?? Infinity);
}

function named(since: number, names: readonly string[]): (readonly [string, number])[] {
  return names.map((name) => [name, since] as const);
}
