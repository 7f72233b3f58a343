import type { SObjectDefinition } from '../../../contract/sobject.js';
import { componentKey } from '../components/metadataComponent.js';
import type { OrgMetadata } from '../components/orgMetadata.js';
import { decisionTableUse } from '../schema/decisionTableUses.js';
import { problemOfElements } from '../schema/fieldElements.js';
import { orgSchema } from '../schema/orgSchema.js';
import { permissionSetType, programSetupType } from '../components/typeNames.js';
import { permissionSetProblem } from '../schema/permissionSets.js';
import { problemOfXml } from '../schema/componentXml.js';
import { ProgramSetups } from '../schema/programSetups.js';
import { SchemaChecks } from '../schema/schemaChecks.js';
import { brokenRules } from './brokenRules.js';
import type { ComponentChange, DeployedComponent } from './componentChange.js';
import { failureAt } from './deployMessage.js';
import type { ComponentMessage } from './deployMessage.js';

export interface CheckedChange {
  readonly failures: readonly ComponentMessage[];
  /** Objects that the org will have. */
  readonly definitions: readonly SObjectDefinition[];
}

/** Checks what the org uses of a deploy. Other metadata is not understood, so that it cannot be wrong. */
export async function checkChange(
  change: ComponentChange,
  { org, components, types }: OrgMetadata,
): Promise<CheckedChange> {
  const { definitions, problems } = orgSchema(change.components, org);
  const schema = new SchemaChecks({ store: org.store, definitions, components: change.components });
  const setups = new ProgramSetups(org, definitions, change.components);
  const failures: ComponentMessage[] = [];
  for (const { component, place } of change.deployed) {
    const problem =
      problemOfXml(component, types) ??
      problemOfElements(component) ??
      problems.get(componentKey(component)) ??
      (component.type === permissionSetType
        ? permissionSetProblem(component, definitions)
        : schema.problemOf(component));
    if (problem !== undefined) failures.push({ name: component, message: failureAt(place, problem) });
  }
  for (const each of change.deployed) {
    if (each.component.type === programSetupType) failures.push(...(await setupFailures(each, setups)));
  }
  for (const deletion of change.deleted) {
    const problem = schema.problemOfDeletion(deletion) ?? decisionTableUse(deletion, change.components);
    if (problem !== undefined) failures.push({ name: deletion, message: failureAt(deletion.place, problem) });
  }
  if (failures.length === 0)
    failures.push(...(await brokenRules(change, { org, current: components.all, definitions })));
  return { failures, definitions };
}

async function setupFailures({ component, place }: DeployedComponent, setups: ProgramSetups) {
  const problems = await setups.problemsOf(component);
  return problems.map(({ message, line }) => ({
    name: component,
    message: failureAt({ ...place, ...(line !== undefined && { lineNumber: line }) }, message),
  }));
}
