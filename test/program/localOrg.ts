import { LoyaltyClient } from '../../src/client/index.js';
import type { Emulator } from '../../src/emulator/index.js';

/** A client of a local org, logged in. */
export async function clientOf(org: Emulator): Promise<LoyaltyClient> {
  return LoyaltyClient.connect({ instanceUrl: org.url, clientId: 'app', clientSecret: 'secret' });
}
