import type { Connection } from '@salesforce/core';
import type { LoyaltyClient } from '../client/index.js';
import type { TargetOrg } from './targetOrg.js';

/** Milliseconds for which a command repeats a read when the org or the network has a temporary failure. */
const patience = 20_000;

interface OrgFlags {
  readonly 'target-org': TargetOrg;
  readonly 'api-version': string | undefined;
}

/**
 * Returns a client that retries reads, so that one brief failure does not end a command.
 * @param signal ends the retries, and with `endsReads` also reads that are under way
 */
export async function orgClient(flags: OrgFlags, signal?: AbortSignal, endsReads = false): Promise<LoyaltyClient> {
  const { LoyaltyClient } = await import('../client/index.js');
  return new LoyaltyClient(await orgConnection(flags), { patience, endsReads, ...(signal && { signal }) });
}

/** Returns a client for the sync, which retries reads itself. The sync must see each failure to slow down. */
export async function syncClient(flags: OrgFlags): Promise<LoyaltyClient> {
  const { LoyaltyClient } = await import('../client/index.js');
  return new LoyaltyClient(await orgConnection(flags));
}

export function orgConnection({ 'target-org': org, 'api-version': version }: OrgFlags): Promise<Connection> {
  return org.connect(version);
}
