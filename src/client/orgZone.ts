import { z } from 'zod';
import { dayInZone } from '../base/dayInZone.js';
import type { LoyaltyClient } from './loyaltyClient.js';

const OrganizationRow = z.object({ Id: z.string(), TimeZoneSidKey: z.string() });

/** An org, and its time zone, such as `Europe/Paris`, by which moments become days. */
export interface OrgZone {
  readonly orgId: string;
  readonly zone: string;
}

export async function readOrgZone({ query }: Pick<LoyaltyClient, 'query'>): Promise<OrgZone> {
  const [org] = await query.allRows('SELECT Id, TimeZoneSidKey FROM Organization', OrganizationRow);
  return { orgId: org?.Id ?? '', zone: org?.TimeZoneSidKey ?? 'UTC' };
}

/** Returns the day, `yyyy-MM-dd`, that it is in the org. */
export async function readOrgDay(client: Pick<LoyaltyClient, 'orgTime' | 'query'>): Promise<string> {
  const { zone } = await readOrgZone(client);
  return dayInZone(client.orgTime ?? Date.now(), zone);
}
