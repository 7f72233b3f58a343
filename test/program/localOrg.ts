import { LoyaltyClient } from '../../src/client/index.js';
import type { Emulator } from '../../src/emulator/index.js';

/** Returns a client that is logged in to a local org. */
export async function clientOf(org: Emulator): Promise<LoyaltyClient> {
  return LoyaltyClient.connect({ instanceUrl: org.url, clientId: 'app', clientSecret: 'secret' });
}
