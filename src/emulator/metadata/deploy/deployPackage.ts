import type { ComponentName } from '../components/metadataComponent.js';
import { componentKey } from '../components/metadataComponent.js';
import type { MetadataTypes } from '../components/metadataTypes.js';
import { failureAt } from './deployMessage.js';
import type { DeployMessage, PackagePlace } from './deployMessage.js';
import { readManifest } from './packageManifest.js';
import type { ManifestTypes } from './packageManifest.js';
import { packagedComponents } from './packagedComponents.js';
import type { PackagedComponent } from './packagedComponents.js';

/** A component that a package deletes. */
export interface PackagedDeletion extends ComponentName {
  readonly place: PackagePlace;
}

/** What a package asks for, in its order: first deletions, then components, then other deletions. */
export interface DeployPackage {
  readonly before: readonly PackagedDeletion[];
  readonly components: readonly PackagedComponent[];
  readonly after: readonly PackagedDeletion[];
  /** What is wrong with the package itself. */
  readonly failures: readonly DeployMessage[];
  /** Path of the package.xml. */
  readonly manifestPath: string;
}

const manifestName = 'package.xml';

/** Returns the packages of a zip file: that at its root, or one in each of its folders. */
export function readPackages(files: ReadonlyMap<string, Buffer>, types: MetadataTypes): DeployPackage[] {
  const roots = [...files.keys()]
    .filter((path) => path === manifestName || path.endsWith(`/${manifestName}`))
    .map((path) => path.slice(0, -manifestName.length))
    .filter((root) => root.split('/').length <= 2);
  const chosen = roots.includes('') ? [''] : roots;
  if (chosen.length === 0) return [withoutManifest()];
  return chosen.map((root) => new PackageReader(files, root, types).read());
}

function withoutManifest(): DeployPackage {
  const place = { componentType: '', fullName: manifestName, fileName: manifestName };
  const failures = [failureAt(place, 'No package.xml found')];
  return { before: [], components: [], after: [], failures, manifestPath: manifestName };
}

class PackageReader {
  readonly #files: ReadonlyMap<string, Buffer>;
  readonly #root: string;
  readonly #types: MetadataTypes;
  readonly #failures: DeployMessage[] = [];

  constructor(files: ReadonlyMap<string, Buffer>, root: string, types: MetadataTypes) {
    this.#files = files;
    this.#root = root;
    this.#types = types;
  }

  read(): DeployPackage {
    const manifest = this.#manifest(manifestName);
    const before = this.#deletions('destructiveChangesPre.xml');
    const after = [...this.#deletions('destructiveChanges.xml'), ...this.#deletions('destructiveChangesPost.xml')];
    const below = [...this.#files].flatMap(([path, content]) =>
      path.startsWith(this.#root) ? [[path.slice(this.#root.length), content] as const] : [],
    );
    const packaged = packagedComponents(new Map(below), manifest, { types: this.#types, root: this.#root });
    const failures = [...this.#failures, ...packaged.failures];
    return { before, components: packaged.components, after, failures, manifestPath: `${this.#root}${manifestName}` };
  }

  #manifest(name: string): ManifestTypes[] {
    const fileName = `${this.#root}${name}`;
    const content = this.#files.get(fileName);
    if (!content) return [];
    const place = { componentType: '', fullName: name, fileName };
    try {
      const found = readManifest(content.toString('utf8'));
      const unknown = found.filter((each) => !this.#types.isKnown(each.name));
      for (const each of unknown) {
        this.#failures.push(failureAt(place, `Unknown type name '${each.name}' specified in ${name}`));
      }
      return found.filter((each) => !unknown.includes(each));
    } catch (error) {
      this.#failures.push(failureAt(place, `${name} ${error instanceof Error ? error.message : String(error)}`));
      return [];
    }
  }

  #deletions(name: string): PackagedDeletion[] {
    const deletions = new Map<string, PackagedDeletion>();
    for (const { name: type, members } of this.#manifest(name)) {
      for (const fullName of members) {
        const fileName = `${this.#root}${name}`;
        if (fullName === '*') this.#failures.push(failureAt(placeOf(type, fullName, fileName), noWildcard));
        else
          deletions.set(componentKey({ type, fullName }), {
            type,
            fullName,
            place: placeOf(type, fullName, fileName),
          });
      }
    }
    return [...deletions.values()];
  }
}

const noWildcard = 'Wildcards are not supported in destructive changes';

function placeOf(componentType: string, fullName: string, fileName: string): PackagePlace {
  return { componentType, fullName, fileName };
}
