import type { SObjectDefinition } from '../../../contract/sobject.js';
import { deployProcesses } from '../../loyalty/rules/recordProcesses.js';
import type { Org } from '../../org.js';
import { OrgRefusal } from '../../orgRefusal.js';
import type { Store } from '../../store/store.js';
import type { ComponentName } from '../components/metadataComponent.js';
import { isSchemaType } from '../schema/orgSchema.js';
import { permissionSetType, programSetupType } from '../components/typeNames.js';
import { deletePermissionSet, recordPermissionSet } from '../schema/permissionSets.js';
import { processDescriptions, rulesOf } from '../schema/programSetups.js';
import type { ComponentChange, DeployedComponent } from './componentChange.js';
import { failureAt } from './deployMessage.js';
import type { ComponentMessage } from './deployMessage.js';

/** A record of a component was refused, so that nothing was applied. */
export class ComponentRefusal extends Error {
  override readonly name = 'ComponentRefusal';

  constructor(readonly failure: ComponentMessage) {
    super(failure.message.problem);
  }
}

/** Thrown to take back what a validation did. */
const onlyChecked = new Error('This deploy was only a check.');

/**
 * Makes a change of metadata take effect, all of it or nothing. A check does the same and takes it back.
 *
 * @throws {ComponentRefusal} when the org refuses a record of a component
 */
export function applyChange(
  change: ComponentChange,
  { org, definitions, checkOnly }: { org: Org; definitions: readonly SObjectDefinition[]; checkOnly: boolean },
): void {
  const { store } = org;
  const before = store.model.definitions;
  const touched = [...change.deployed.map(({ component }) => component), ...change.deleted];
  try {
    store.transaction(() => {
      if (touched.some(({ type }) => isSchemaType(type))) store.changeModel(definitions);
      for (const { component, state } of change.deployed) {
        if (state !== 'unchanged') org.componentTable.save({ ...component, ...keyPrefixOf(component, store) });
      }
      for (const component of change.adapted) org.componentTable.save(component);
      for (const deletion of change.deleted) org.componentTable.remove(deletion);
      for (const deletion of change.deleted.filter(({ type }) => type === permissionSetType)) {
        deletePermissionSet(store, deletion);
      }
      for (const deployed of change.deployed) recordComponent(org, deployed);
      if (checkOnly) throw onlyChecked;
    });
  } catch (error) {
    if (store.model.definitions !== before) store.changeModel(before);
    if (error !== onlyChecked) throw error;
  }
}

function keyPrefixOf({ type, fullName }: ComponentName, { model }: Store): { keyPrefix?: string } {
  const definition = type === 'CustomObject' ? model.type(fullName)?.definition : undefined;
  return definition ? { keyPrefix: definition.keyPrefix } : {};
}

function recordComponent({ store }: Org, { component, place }: DeployedComponent): void {
  try {
    if (component.type === permissionSetType) recordPermissionSet(store, component);
    if (component.type === programSetupType) {
      deployProcesses(store, rulesOf(component), processDescriptions(component));
    }
  } catch (error) {
    if (!(error instanceof OrgRefusal)) throw error;
    throw new ComponentRefusal({ name: component, message: failureAt(place, error.message) });
  }
}
