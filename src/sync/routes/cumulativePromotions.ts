import { isSameId } from '../../base/sameId.js';
import { soqlText } from '../../client/index.js';
import type { LoyaltyClient } from '../../client/index.js';
import type { OutboxItem } from '../../outbox/index.js';

interface NamedPromotion {
  readonly id: string;
  readonly name: string;
  readonly isActive: boolean;
}

/** Reads the cumulative promotions of a program, by name. */
export async function cumulativePromotions(client: LoyaltyClient, program: string): Promise<NamedPromotion[]> {
  const rows = await client.query.all(
    'SELECT Id, Name, IsActive FROM Promotion ' +
      `WHERE LoyaltyProgram.Name = ${soqlText(program)} AND LoyaltyPromotionType = 'Cumulative' ORDER BY Name`,
  );
  return rows.map((row) => ({ id: String(row['Id']), name: String(row['Name']), isActive: row['IsActive'] === true }));
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
    const byId = this.#all.find(({ id }) => isSameId(id, text));
    if (byId) return { id: byId.id };
    const named = this.#all.filter(({ name }) => name.toLowerCase() === text.toLowerCase());
    const active = named.filter(({ isActive }) => isActive);
    const [found, other] = active.length > 0 ? active : named;
    if (found && other) return { problem: severalOf(text, active.length > 0 ? active : named) };
    if (found) return { id: found.id };
    const names = this.#all.map(({ name }) => name).join(', ');
    return { problem: `The program has no cumulative promotion ${text}. It has: ${names}.` };
  }
}

/** Which of them a purchase advances is not for this plugin to guess. */
function severalOf(name: string, promotions: readonly NamedPromotion[]): string {
  const ids = promotions.map(({ id }) => id).join(', ');
  const state = promotions.every(({ isActive }) => isActive) ? 'active' : 'inactive';
  return `The program has ${promotions.length} ${state} cumulative promotions ${name}: map PromotionId, and name the Id: ${ids}.`;
}
