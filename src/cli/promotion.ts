import { Messages } from '@salesforce/core';
import { soqlText, type LoyaltyClient } from '../client/index.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.shared');

export interface CumulativePromotion {
  readonly id: string;
  readonly name: string;
  readonly target: number | null;
}

/** The cumulative promotion with this name or Id. @throws SfError that lists those of the program */
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
  const found = promotions.find(
    ({ id, name }) => id.slice(0, 15) === wanted.slice(0, 15) || name.toLowerCase() === wanted.toLowerCase(),
  );
  if (found) return found;
  const names = promotions.map(({ name }) => name).join(', ') || messages.getMessage('info.none');
  throw messages.createError('error.unknownPromotion', [program, wanted, names]);
}
