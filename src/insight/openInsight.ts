import { z } from 'zod';
import type { LoyaltyClient } from '../client/index.js';
import { InsightCache } from './cache/insightCache.js';

export interface InsightOptions {
  readonly client: LoyaltyClient;
  /** Id of the program. */
  readonly programId: string;
  /** File of the cache, or `:memory:`. */
  readonly path: string;
}

const OrganizationRow = z.object({ Id: z.string(), TimeZoneSidKey: z.string() });

/** Opens the cache of a program. Its days are those of the org's time zone. */
export async function openInsight({ client, programId, path }: InsightOptions): Promise<InsightCache> {
  const [org] = await client.query.allRows('SELECT Id, TimeZoneSidKey FROM Organization', OrganizationRow);
  return InsightCache.open(path, { orgId: org?.Id ?? '', programId, zone: org?.TimeZoneSidKey ?? 'UTC' });
}
