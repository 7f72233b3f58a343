import { defaultDefinition, checkBulkSetup } from '../bulk/bulkSetup.js';
import type { OrgFacts } from '../preflight.js';
import type { SyncOptions } from '../syncOptions.js';
import { checkCreditPointsSetup } from './creditPointsSetup.js';
import { checkProgressSetup } from './progressSetup.js';

/** Checks that the org has what the route needs. @throws {RouteSetupError} */
export async function checkRouteSetup(
  { client, route, batchJob = defaultDefinition, process }: SyncOptions,
  facts: OrgFacts,
): Promise<void> {
  if (route === 'bulk') await checkBulkSetup(client, facts, batchJob);
  else if (route === 'credit-points') await checkCreditPointsSetup(client, facts.program, process);
  else if (route === 'progress') await checkProgressSetup(client, facts.program);
}
