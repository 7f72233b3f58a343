import { isSameId } from '../../base/sameId.js';
import { soqlText } from '../../client/index.js';
import type { LoyaltyClient } from '../../client/index.js';
import type { OutboxItem } from '../../outbox/index.js';

interface NamedPromotion {
  readonly id: string;
  readonly name: string;
}

/** Reads the cumulative promotions of a program, by name. */
export async function cumulativePromotions(client: LoyaltyClient, program: string): Promise<NamedPromotion[]> {
  const rows = await client.query.all(
    'SELECT Id, Name FROM Promotion ' +
      `WHERE LoyaltyProgram.Name = ${soqlText(program)} AND LoyaltyPromotionType = 'Cumulative' ORDER BY Name`,
  );
  return rows.map((row) => ({ id: String(row['Id']), name: String(row['Name']) }));
}

/** Finds the promotion that an item names by PromotionId or PromotionName. The program's are read once. */
export class ItemPromotions {
  readonly #read: () => Promise<NamedPromotion[]>;
  #all: readonly NamedPromotion[] | undefined;

  constructor(client: LoyaltyClient, program: string) {
    this.#read = () => cumulativePromotions(client, program);
  }

  /** Returns the Id, or what is wrong. */
  async find({ journal }: OutboxItem): Promise<{ readonly id: string } | { readonly problem: string }> {
    const wanted = journal['PromotionId'] ?? journal['PromotionName'];
    if (wanted === undefined) return { problem: 'It names no promotion: map PromotionName or PromotionId.' };
    this.#all ??= await this.#read();
    const text = String(wanted);
    const found = this.#all.find(({ id, name }) => isSameId(id, text) || name.toLowerCase() === text.toLowerCase());
    if (found) return { id: found.id };
    const names = this.#all.map(({ name }) => name).join(', ');
    return { problem: `The program has no cumulative promotion ${text}. It has: ${names}.` };
  }
}
