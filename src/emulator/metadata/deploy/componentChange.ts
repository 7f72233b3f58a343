import { componentKey } from '../components/metadataComponent.js';
import type {
  ComponentMap,
  ComponentName,
  ComponentFiles,
  MetadataComponent,
} from '../components/metadataComponent.js';
import type { MetadataTypes } from '../components/metadataTypes.js';
import type { OrgInventory } from '../components/orgInventory.js';
import { deletedNames, withoutPermissions } from '../schema/deletedPermissions.js';
import { warningAt } from './deployMessage.js';
import type { ComponentMessage, PackagePlace } from './deployMessage.js';
import type { DeployPackage, PackagedDeletion } from './deployPackage.js';
import type { PackagedComponent } from './packagedComponents.js';

/** A component that a deploy creates or changes. */
export interface DeployedComponent {
  readonly component: MetadataComponent;
  readonly place: PackagePlace;
  readonly state: 'changed' | 'created' | 'unchanged';
}

/** What packages make of the components of an org. */
export interface ComponentChange {
  /** All components that the org will have. */
  readonly components: ComponentMap;
  readonly deployed: readonly DeployedComponent[];
  readonly deleted: readonly PackagedDeletion[];
  /** Permission sets and profiles that lose permissions for what is deleted. */
  readonly adapted: readonly MetadataComponent[];
  /** Deletions of what the org does not have. */
  readonly warnings: readonly ComponentMessage[];
}

interface ChangeContext {
  readonly types: MetadataTypes;
  /** What the org has before the deploy. */
  readonly inventory: OrgInventory;
  /** Keys of components that failed, and are left as they are. */
  readonly rejected: ReadonlySet<string>;
  /** Makes a component that the org does not have yet, or has with other content. */
  readonly stamped: (packaged: PackagedComponent, known: MetadataComponent | undefined) => MetadataComponent;
}

export function componentChange(
  current: ComponentMap,
  packages: readonly DeployPackage[],
  context: ChangeContext,
): ComponentChange {
  const change = new Change(current, context);
  for (const { before, components, after } of packages) {
    for (const deletion of before) change.delete(deletion);
    for (const component of components) change.deploy(component);
    for (const deletion of after) change.delete(deletion);
  }
  change.adapt();
  return change;
}

class Change implements ComponentChange {
  readonly components: Map<string, MetadataComponent>;
  readonly deployed: DeployedComponent[] = [];
  readonly deleted: PackagedDeletion[] = [];
  readonly adapted: MetadataComponent[] = [];
  readonly warnings: ComponentMessage[] = [];
  readonly #context: ChangeContext;

  constructor(current: ComponentMap, context: ChangeContext) {
    this.components = new Map(current);
    this.#context = context;
  }

  deploy(packaged: PackagedComponent): void {
    const key = componentKey(packaged);
    if (this.#context.rejected.has(key)) return;
    const known = this.components.get(key);
    const isSame = known !== undefined && haveSameFiles(known.files, packaged.files);
    const component = isSame ? known : this.#context.stamped(packaged, known);
    this.components.set(key, component);
    this.deployed.push({
      component,
      place: packaged.place,
      state: isSame ? 'unchanged' : this.#stateOf(packaged, known),
    });
  }

  /** Standard objects and fields, and programs with records, are there before they are deployed. */
  #stateOf(packaged: PackagedComponent, known: MetadataComponent | undefined): 'changed' | 'created' {
    const { inventory } = this.#context;
    return known || inventory.has(packaged) ? 'changed' : 'created';
  }

  /** Deletes a component with its parts. What must not be deleted is refused by the checks of the change. */
  delete(deletion: PackagedDeletion): void {
    const { place, type, fullName } = deletion;
    const { rejected, inventory } = this.#context;
    if (rejected.has(componentKey(deletion))) return;
    const parts = inventory.isStandard(deletion) ? [deletion] : this.#partsOf(deletion);
    if (parts.length === 0) {
      const file = place.fileName.slice(place.fileName.lastIndexOf('/') + 1);
      const message = warningAt({ ...place, fullName: file }, `No ${type} named: ${fullName} found`);
      this.warnings.push({ name: { type, fullName }, message });
      return;
    }
    for (const part of parts) {
      this.components.delete(componentKey(part));
      this.deleted.push({ type: part.type, fullName: part.fullName, place });
    }
  }

  /** Takes permissions for what is deleted out of the components that are not deployed. */
  adapt(): void {
    const names = deletedNames(this.deleted);
    if (names.size === 0) return;
    const deployed = new Set(this.deployed.map(({ component }) => componentKey(component)));
    for (const [key, component] of this.components) {
      const adapted = deployed.has(key) ? undefined : withoutPermissions(component, names);
      if (!adapted) continue;
      this.components.set(key, adapted);
      this.adapted.push(adapted);
    }
  }

  #partsOf({ type, fullName }: ComponentName): ComponentName[] {
    const own = this.components.get(componentKey({ type, fullName }));
    const children = this.#context.types.type(type)?.children ?? [];
    if (!own) return [];
    const names = new Set(children.map(({ name }) => name));
    const prefix = `${fullName}.`.toLowerCase();
    const parts = [...this.components.values()].filter((each) => {
      return names.has(each.type) && each.fullName.toLowerCase().startsWith(prefix);
    });
    return [own, ...parts];
  }
}

function haveSameFiles(one: ComponentFiles, other: ComponentFiles): boolean {
  return one.size === other.size && [...one].every(([path, content]) => other.get(path)?.equals(content) === true);
}
