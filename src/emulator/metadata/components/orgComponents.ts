import type { Clock } from '../../../base/clock.js';
import type { Org } from '../../org.js';
import { integrationUserId } from '../../platform/seedPlatform.js';
import { componentKey } from './metadataComponent.js';
import type { ComponentMap, ComponentName, ComponentStamp, MetadataComponent } from './metadataComponent.js';
import { componentOfFolder, sourceComponents } from './sourceComponents.js';

/** The metadata of an org: what was deployed, and that of the source folders that it was started with. */
export class OrgComponents {
  #all: ComponentMap;

  private constructor(all: ComponentMap) {
    this.#all = all;
  }

  /** Metadata of a source folder replaces what was deployed to an earlier run of the org. */
  static of({ componentTable, sourceComponents }: Pick<Org, 'componentTable' | 'sourceComponents'>): OrgComponents {
    const all = [...componentTable.read(), ...sourceComponents.map(componentOfFolder)];
    return new OrgComponents(new Map(all.map((component) => [componentKey(component), component])));
  }

  get all(): ComponentMap {
    return this.#all;
  }

  replace(all: ComponentMap): void {
    this.#all = all;
  }

  get(name: ComponentName): MetadataComponent | undefined {
    return this.#all.get(componentKey(name));
  }

  /** By name, as an org lists them. */
  ofType(type: string): MetadataComponent[] {
    return [...this.#all.values()]
      .filter((component) => component.type === type)
      .sort((a, b) => (a.fullName < b.fullName ? -1 : 1));
  }
}

/** @param now milliseconds */
export function newStamp(id: string, userId: string, now: number): ComponentStamp {
  const at = new Date(now).toISOString();
  return { id, createdDate: at, createdById: userId, lastModifiedDate: at, lastModifiedById: userId };
}

/** Read when an org starts, because the folders may change afterwards. */
export async function readSourceComponents(folders: readonly string[], clock: Clock): Promise<MetadataComponent[]> {
  const stamp = newStamp('', integrationUserId, clock.now());
  return (await Promise.all(folders.map((folder) => sourceComponents(folder, stamp)))).flat();
}
