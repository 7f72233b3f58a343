import { OrgRefusal } from '../../orgRefusal.js';
import { toRecordId } from '../../store/ids/idSequence.js';
import { to18 } from '../../store/ids/recordIds.js';
import { metadataFile, xmlNode } from '../../../base/files/writeXml.js';
import { writeZip } from '../components/zipFiles.js';
import type { MetadataComponent } from '../components/metadataComponent.js';
import { componentKey } from '../components/metadataComponent.js';
import type { ManifestTypes } from '../deploy/packageManifest.js';
import type { OrgMetadata } from '../components/orgMetadata.js';
import { componentFiles } from './componentFiles.js';
import { fileProperties } from './fileProperties.js';
import { OrgInventory } from '../components/orgInventory.js';

export interface RetrieveRequest {
  readonly types: readonly ManifestTypes[];
  /** Such as `66.0`. */
  readonly apiVersion: string;
  /** Whether the files are at the root of the zip file, and not in the folder `unpackaged`. */
  readonly isSinglePackage: boolean;
  readonly packageNames: readonly string[];
}

/** Most results that are kept, so that memory does not grow. */
const mostKept = 5;

/** The retrieves of an org. One is done when its request is answered, and its result is kept for a while. */
export class RetrieveJobs {
  readonly #metadata: OrgMetadata;
  readonly #results = new Map<string, Record<string, unknown>>();
  /** Begins with the time, so that no id of an earlier run of the org is given again. */
  #count: number;

  constructor(metadata: OrgMetadata) {
    this.#metadata = metadata;
    this.#count = metadata.org.clock.now();
  }

  async start(request: RetrieveRequest): Promise<{ readonly id: string }> {
    this.#count += 1;
    const id = toRecordId('09S', this.#count);
    this.#results.set(id, { done: true, ...(await this.#retrieve(request, id)) });
    const [oldest] = this.#results.keys();
    if (this.#results.size > mostKept && oldest !== undefined) this.#results.delete(oldest);
    return { id };
  }

  /** Returns a `RetrieveResult`. @throws {OrgRefusal} when there is no such retrieve */
  result(id: string): Record<string, unknown> {
    const result = this.#results.get(to18(id));
    if (!result) throw new OrgRefusal(404, 'INVALID_CROSS_REFERENCE_KEY', `No retrieve with the id ${id} was found`);
    return result;
  }

  async #retrieve(request: RetrieveRequest, id: string): Promise<Record<string, unknown>> {
    const { org, types } = this.#metadata;
    const root = request.isSinglePackage ? '' : 'unpackaged/';
    const problems = request.packageNames.map((name) => `No package named '${name}' found`);
    const found = this.#find(request, problems);
    const files = [...componentFiles(found, types)].map(([path, content]) => [`${root}${path}`, content] as const);
    const zip = await writeZip(new Map([...files, [`${root}package.xml`, manifest(found, request)]]));
    return {
      fileProperties: found.map((component) => fileProperties(component, org.store, root)),
      id,
      messages: problems.map((problem) => ({ fileName: `${root}package.xml`, problem })),
      status: 'Succeeded',
      success: true,
      zipFile: zip.toString('base64'),
    };
  }

  #find({ types }: RetrieveRequest, problems: string[]): MetadataComponent[] {
    const inventory = new OrgInventory(this.#metadata);
    const found = new Map<string, MetadataComponent>();
    const add = (component: MetadataComponent): void => {
      for (const each of [component, ...inventory.partsOf(component)]) found.set(componentKey(each), each);
    };
    for (const { name: type, members } of types) {
      if (!this.#metadata.types.isKnown(type)) problems.push(`Unknown type name '${type}' specified in package.xml`);
      for (const fullName of members) {
        if (fullName === '*') for (const each of inventory.ofType(type, false)) add(each);
        else {
          const component = inventory.get({ type, fullName });
          if (component) add(component);
          else problems.push(`Entity of type '${type}' named '${fullName}' cannot be found`);
        }
      }
    }
    return [...found.values()];
  }
}

function manifest(found: readonly MetadataComponent[], { apiVersion }: RetrieveRequest): string {
  const byType = Map.groupBy(found, ({ type }) => type);
  const types = [...byType]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, components]) => {
      const members = components.map(({ fullName }) => fullName).sort();
      return xmlNode('types', [...members.map((member) => xmlNode('members', member)), xmlNode('name', name)]);
    });
  return metadataFile(xmlNode('Package', [...types, xmlNode('version', apiVersion)]));
}
