import { LoyaltyClient } from '../client/index.js';
import { IncompleteSeedError } from './seedError.js';
import { seedOrg } from './seedOrg.js';
import type { SeedOptions } from './seedOrg.js';
import { seedExitCode } from './seedReport.js';
import type { SeedReport } from './seedReport.js';

export interface SeedFolderOptions extends SeedOptions {
  /** How many rows may need a person. Default 0. */
  readonly maxRejects?: number;
}

/**
 * Returns a function that seeds a local org from a folder: `Emulator.start({ seed: seedFolder('./seeds') })`. The
 * function throws what {@link seedOrg} throws, and IncompleteSeedError if not everything of the folder gets into the org.
 */
export function seedFolder(
  folder: string,
  { maxRejects = 0, ...options }: SeedFolderOptions = {},
): (org: { readonly url: string }) => Promise<SeedReport> {
  return async ({ url }) => {
    const client = await LoyaltyClient.connect({ instanceUrl: url, clientId: 'seed', clientSecret: 'none' });
    const report = await seedOrg(client, folder, options);
    if (seedExitCode(report, maxRejects) !== 0) throw new IncompleteSeedError(report);
    return report;
  };
}
