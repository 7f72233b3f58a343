import { z } from 'zod';
import type { LoyaltyClient } from './loyaltyClient.js';

const OrganizationRow = z.object({ TimeZoneSidKey: z.string() });

/** The calendar day of an instant in the org's time zone; in UTC if the org does not tell its zone. */
export async function orgDay({ query }: Pick<LoyaltyClient, 'query'>, instant: string): Promise<string> {
  const [org] = await query.allRows('SELECT TimeZoneSidKey FROM Organization', OrganizationRow).catch(() => []);
  return dayIn(org?.TimeZoneSidKey ?? 'UTC', instant);
}

function dayIn(zone: string, instant: string): string {
  const parts = { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' } as const;
  try {
    return new Intl.DateTimeFormat('en-CA', parts).format(new Date(instant));
  } catch {
    return instant.slice(0, 10);
  }
}
