import { defaultDefinition, mustTakeBulk } from '../bulk/bulkSetup.js';
import type { OrgFacts } from '../preflight.js';
import type { SyncOptions } from '../syncOptions.js';
import { mustCreditPoints } from './creditPointsSetup.js';
import { mustAdvanceProgress } from './progressSetup.js';

/** Checks that the org has what the route needs. @throws {RouteSetupError} */
export async function mustTakeRoute(
  { client, route, batchJob = defaultDefinition, process }: SyncOptions,
  facts: OrgFacts,
): Promise<void> {
  if (route === 'bulk') await mustTakeBulk(client, facts, batchJob);
  else if (route === 'credit-points') await mustCreditPoints(client, facts.program, process);
  else if (route === 'progress') await mustAdvanceProgress(client, facts.program);
}
