import type { SObjectDefinition } from '../../contract/sobject.js';
import type { EmulatorOptions } from '../emulatorOptions.js';
import type { RestorableOrg } from '../openOrg.js';
import type { Org } from '../org.js';
import { OrgComponents, readSourceComponents } from './components/orgComponents.js';
import { orgSchema } from './schema/orgSchema.js';
import { ProgramSetups } from './schema/programSetups.js';

/** Returns a function for the objects of an org that was deployed metadata in an earlier run, or comes from a snapshot. */
export async function openRestoring({
  source = [],
  clock,
}: EmulatorOptions): Promise<(org: RestorableOrg) => readonly SObjectDefinition[]> {
  const folders = await readSourceComponents([source].flat(), clock);
  return (org) => orgSchema(OrgComponents.of(org.componentTable, folders).all, org).definitions;
}

/**
 * Gives the rules back that were deployed to an org. If that fails, the org is closed.
 *
 * @throws {RulesSourceError} when nothing answers for a flow or decision table
 */
export async function restoreRules(org: Org): Promise<void> {
  if (org.componentTable.isEmpty) return;
  try {
    const { all } = await OrgComponents.read(org);
    org.rules = await new ProgramSetups(org, org.store.model.definitions, all).loaded();
  } catch (error) {
    org.store.close();
    throw error;
  }
}
