import { readOrgZone } from '../client/index.js';
import type { LoyaltyClient } from '../client/index.js';
import { InsightCache } from './cache/insightCache.js';

export interface InsightOptions {
  readonly client: LoyaltyClient;
  /** Id of the program. */
  readonly programId: string;
  /** File of the cache, or `:memory:`. */
  readonly path: string;
}

/** Opens the cache of a program. Its days are those of the org's time zone. */
export async function openInsight({ client, programId, path }: InsightOptions): Promise<InsightCache> {
  return InsightCache.open(path, { programId, ...(await readOrgZone(client)) });
}
