import type { Store } from '../../store/store.js';
import { componentKey } from './metadataComponent.js';
import type { ComponentName, MetadataComponent } from './metadataComponent.js';
import { newStamp } from './orgComponents.js';
import { integrationUserId } from '../../platform/seedPlatform.js';
import type { OrgMetadata } from './orgMetadata.js';
import { recordedSetups } from './recordedSetups.js';
import { programSetupType } from './typeNames.js';

/** All metadata that an org has: its components, standard objects, and programs that only have records. */
export class OrgInventory {
  readonly #metadata: OrgMetadata;
  #recorded: MetadataComponent[] | undefined;

  constructor(metadata: OrgMetadata) {
    this.#metadata = metadata;
  }

  get(name: ComponentName): MetadataComponent | undefined {
    const known = this.#metadata.components.get(name);
    if (known) return known;
    const key = componentKey(name);
    if (name.type === programSetupType) return this.#setups().find((each) => componentKey(each) === key);
    return name.type === 'CustomObject' ? this.#standardObject(name.fullName) : undefined;
  }

  /** Whether the org has it, deployed or not. */
  has(name: ComponentName): boolean {
    return this.get(name) !== undefined || this.isStandard(name);
  }

  /** Whether it is an object or a field that every org has. */
  isStandard({ type, fullName }: ComponentName): boolean {
    if (type === 'CustomObject') return this.#standardObject(fullName) !== undefined;
    const [object = '', field = ''] = fullName.split('.');
    if (type !== 'CustomField' || field.endsWith('__c')) return false;
    return this.#metadata.org.store.model.type(object)?.field(field) !== undefined;
  }

  /** By name. @param isListed whether standard objects belong to all objects: they are listed, but not retrieved by `*` */
  ofType(type: string, isListed: boolean): MetadataComponent[] {
    const deployed = this.#metadata.components.ofType(type);
    if (type === programSetupType) return [...deployed, ...this.#setups()];
    if (type !== 'CustomObject') return deployed;
    if (!isListed) return deployed.filter(({ fullName }) => !this.#standardObject(fullName));
    const standard = this.#metadata.org.store.model.types.flatMap(({ name }) => this.#standardObject(name) ?? []);
    return [...deployed, ...standard.filter((each) => !this.#metadata.components.get(each))];
  }

  /** Returns the components in the file of a component. */
  partsOf({ type, fullName }: ComponentName): MetadataComponent[] {
    const prefix = `${fullName}.`.toLowerCase();
    const children = this.#metadata.types.type(type)?.children ?? [];
    return children.flatMap(({ name, hasParentName }) =>
      this.#metadata.components.ofType(name).filter((each) => {
        return !hasParentName || each.fullName.toLowerCase().startsWith(prefix);
      }),
    );
  }

  #setups(): MetadataComponent[] {
    const { org, components } = this.#metadata;
    return (this.#recorded ??= recordedSetups(org.store, components.ofType(programSetupType), this.#stamp()));
  }

  #standardObject(fullName: string): MetadataComponent | undefined {
    const type = this.#metadata.org.store.model.type(fullName);
    if (!type || type.name.endsWith('__c')) return undefined;
    const files = new Map([[`objects/${type.name}.object`, Buffer.alloc(0)]]);
    return { type: 'CustomObject', fullName: type.name, files, ...this.#stamp() };
  }

  #stamp() {
    return newStamp('', integrationUserId, createdAt(this.#metadata.org.store));
  }
}

/** Milliseconds. Nothing in an org is older. */
function createdAt(store: Store): number {
  return Date.parse(String(store.first('Organization', {})?.['CreatedDate'] ?? ''));
}
