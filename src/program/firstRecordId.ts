import { z } from 'zod';
import type { LoyaltyClient } from '../client/index.js';

/** @param from what follows the word FROM in SOQL. @returns null for none */
export async function firstRecordId(query: LoyaltyClient['query'], from: string): Promise<string | null> {
  const [row] = await query.allRows(`SELECT Id FROM ${from}`, z.object({ Id: z.string() }));
  return row?.Id ?? null;
}
