import { z } from 'zod';
import type { LoyaltyClient } from '../client/index.js';
import type { ProcessWay, ProgramDefinition } from '../program/index.js';

const OrganizationRow = z.object({ InstanceName: z.string().nullable() });

/**
 * Decides how processes get into an org: as records into a local org, which takes no metadata deploys, and by a deploy
 * into any other. A local org names its instance LOCAL, which no instance of Salesforce is called.
 */
export async function processWayOf(
  client: LoyaltyClient,
  { processes, rules }: ProgramDefinition,
  given: string | undefined,
): Promise<ProcessWay> {
  if (given === 'deploy' || given === 'records' || given === 'skip') return given;
  if (processes.length === 0 && rules === undefined) return 'records';
  const [org] = await client.query.allRows('SELECT InstanceName FROM Organization', OrganizationRow);
  return org?.InstanceName === 'LOCAL' ? 'records' : 'deploy';
}
