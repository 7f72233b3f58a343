import { z } from 'zod';
import { LoyaltyApiError } from '../failures/callErrors.js';
import type { QueryResource } from '../query/queryResource.js';

/**
 * The Ids of the tier groups that hold clubs, whose tiers members join instead of climbing them.
 *
 * @param condition on LoyaltyTierGroup, in SOQL
 */
export async function readClubGroups(query: QueryResource, condition: string): Promise<ReadonlySet<string>> {
  const soql = `SELECT Id FROM LoyaltyTierGroup WHERE ${condition} AND Category = 'Clubs'`;
  const rows = await query.allRows(soql, z.object({ Id: z.string() })).catch(noneWithoutCategory);
  return new Set(rows.map(({ Id }) => Id));
}

/** For an org without clubs, which does not have the field Category. @throws {Error} any other error */
export function noneWithoutCategory(error: unknown): [] {
  if (error instanceof LoyaltyApiError && error.errorCode === 'INVALID_FIELD') return [];
  throw error;
}
