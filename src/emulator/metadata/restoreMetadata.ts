import type { SObjectDefinition } from '../../contract/sobject.js';
import type { Org } from '../org.js';
import { OrgComponents } from './components/orgComponents.js';
import { orgSchema } from './schema/orgSchema.js';
import { ProgramSetups } from './schema/programSetups.js';

/** Returns the objects of an org, with those that were deployed in an earlier run, or before its snapshot was saved. */
export function restoredObjects(
  org: Pick<Org, 'componentTable' | 'settings' | 'sourceComponents' | 'store'>,
): readonly SObjectDefinition[] {
  return orgSchema(OrgComponents.of(org).all, org).definitions;
}

/**
 * Gives the rules back that were deployed to an org.
 *
 * @throws {RulesSourceError} when nothing answers for a flow or decision table
 */
export async function restoreRules(org: Org): Promise<void> {
  const { all } = OrgComponents.of(org);
  org.rules = await new ProgramSetups(org, org.store.model.definitions, all).loaded();
}
