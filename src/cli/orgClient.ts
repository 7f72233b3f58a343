import type { Connection } from '@salesforce/core';
import type { LoyaltyClient } from '../client/index.js';
import type { TargetOrg } from './targetOrg.js';

/** Milliseconds for which a command asks again when the org, or the way to it, is in passing trouble. */
const patience = 20_000;

interface OrgFlags {
  readonly 'target-org': TargetOrg;
  readonly 'api-version': string | undefined;
}

/** Reads are tried again for a while, so that one hiccup does not end a command. @param signal ends that */
export async function orgClient(flags: OrgFlags, signal?: AbortSignal): Promise<LoyaltyClient> {
  const { LoyaltyClient } = await import('../client/index.js');
  return new LoyaltyClient(await orgConnection(flags), { patience, ...(signal && { signal }) });
}

/** For the sync, whose own patience counts for reads, too: it must see each failure, to slow down. */
export async function syncClient(flags: OrgFlags): Promise<LoyaltyClient> {
  const { LoyaltyClient } = await import('../client/index.js');
  return new LoyaltyClient(await orgConnection(flags));
}

export function orgConnection({ 'target-org': org, 'api-version': version }: OrgFlags): Promise<Connection> {
  return org.connect(version);
}
