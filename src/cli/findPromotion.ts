import { isSameId } from '../base/sameId.js';
import { soqlText, UnknownPromotionError } from '../client/index.js';
import type { LoyaltyClient } from '../client/index.js';

export interface CumulativePromotion {
  readonly id: string;
  readonly name: string;
  readonly target: number | null;
}

/**
 * Finds the cumulative promotion with this name or Id. @throws {UnknownPromotionError} that lists the program's
 * promotions
 */
export async function findCumulativePromotion(
  client: LoyaltyClient,
  program: string,
  wanted: string,
): Promise<CumulativePromotion> {
  const rows = await client.query.all(
    'SELECT Id, Name, CumulativeUsageTarget FROM Promotion ' +
      `WHERE LoyaltyProgram.Name = ${soqlText(program)} AND LoyaltyPromotionType = 'Cumulative' ORDER BY Name`,
  );
  const promotions = rows.map((row) => ({
    id: String(row['Id']),
    name: String(row['Name']),
    target: typeof row['CumulativeUsageTarget'] === 'number' ? row['CumulativeUsageTarget'] : null,
  }));
  const found = promotions.find(({ id, name }) => isSameId(id, wanted) || name.toLowerCase() === wanted.toLowerCase());
  if (found) return found;
  throw new UnknownPromotionError(wanted, {
    program,
    promotions: promotions.map(({ name }) => name),
    kind: 'cumulative',
  });
}
