import type { ComponentFiles, ComponentName } from '../components/metadataComponent.js';
import { componentKey } from '../components/metadataComponent.js';
import { metadataFile } from '../../../base/files/writeXml.js';
import { readXmlNode, textIn } from '../../../base/files/xmlNode.js';
import type { XmlNode } from '../../../base/files/xmlNode.js';
import type { ChildType, MetadataType, MetadataTypes } from '../components/metadataTypes.js';
import { failureAt } from './deployMessage.js';
import type { DeployMessage, PackagePlace } from './deployMessage.js';
import type { ManifestTypes } from './packageManifest.js';

/** A component in a package, and where it is there. */
export interface PackagedComponent extends ComponentName {
  readonly files: ComponentFiles;
  readonly place: PackagePlace;
}

interface FoundComponents {
  readonly components: readonly PackagedComponent[];
  readonly failures: readonly DeployMessage[];
}

interface PackageContext {
  readonly types: MetadataTypes;
  /** Path of the folder of the package in the zip file. */
  readonly root: string;
}

/**
 * Finds the components that a package.xml names in the files of its package. Both must have the same ones: an org refuses
 * what is in only one of them.
 *
 * @param files by their paths within the package
 */
export function packagedComponents(
  files: ReadonlyMap<string, Buffer>,
  manifest: readonly ManifestTypes[],
  context: PackageContext,
): FoundComponents {
  const found = new Map<string, PackagedComponent>();
  const failures: DeployMessage[] = [];
  for (const component of [...files].flatMap((file) => componentsIn(file, context, failures))) {
    const key = componentKey(component);
    const known = found.get(key);
    const problem = problemOfName(component, known, context.types);
    if (problem !== undefined) failures.push(failureAt(component.place, problem));
    found.set(key, known ? { ...known, files: new Map([...known.files, ...component.files]) } : component);
  }
  const named = new NamedComponents(manifest, context.types);
  const components = [...found.values()].filter(({ place, ...component }) => {
    if (named.has(component)) return true;
    if (!isImplied(component)) failures.push(failureAt(place, 'Not in package.xml'));
    return false;
  });
  failures.push(...missing(manifest, found, context));
  return { components, failures };
}

/** Parts of files need a name, and have one file each. Other components may have several, such as a class. */
function problemOfName(
  { type, fullName }: ComponentName,
  known: PackagedComponent | undefined,
  types: MetadataTypes,
): string | undefined {
  const isPart = types.child(type) !== undefined;
  if (isPart && /(^|\.)$/.test(fullName)) return 'Required field is missing: fullName';
  const isParted = isPart || (types.type(type)?.children.length ?? 0) > 0;
  return known && isParted ? `The package has ${fullName} more than once (${known.place.fileName})` : undefined;
}

/** The object of fields need not be named, if the package has nothing else of it. */
function isImplied({ files }: Omit<PackagedComponent, 'place'>): boolean {
  const [content] = files.values();
  return content?.length === 0;
}

class NamedComponents {
  readonly #names: ReadonlySet<string>;
  readonly #types: MetadataTypes;

  constructor(manifest: readonly ManifestTypes[], types: MetadataTypes) {
    this.#types = types;
    this.#names = new Set(
      manifest.flatMap(({ name, members }) => members.map((fullName) => componentKey({ type: name, fullName }))),
    );
  }

  /** The name of a file stands for all of its components. */
  has({ type, fullName, files }: Omit<PackagedComponent, 'place'>): boolean {
    if (this.#hasName(type, fullName)) return true;
    const child = this.#types.child(type);
    if (!child) return false;
    return this.#hasName(child.parent, baseName([...files.keys()][0] ?? ''));
  }

  #hasName(type: string, fullName: string): boolean {
    return [fullName, '*'].some((name) => this.#names.has(componentKey({ type, fullName: name })));
  }
}

/** `objects/Account.object` → `Account` */
function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).replace(/\.[^.]*$/, '');
}

function missing(
  manifest: readonly ManifestTypes[],
  found: ReadonlyMap<string, unknown>,
  { root }: PackageContext,
): DeployMessage[] {
  return manifest.flatMap(({ name: type, members }) =>
    members
      .filter((fullName) => fullName !== '*' && !found.has(componentKey({ type, fullName })))
      .map((fullName) => {
        const place = { componentType: type, fullName, fileName: `${root}package.xml` };
        const message = `An object '${fullName}' of type ${type} was named in package.xml, but was not found in zipped directory`;
        return failureAt(place, message);
      }),
  );
}

function componentsIn(
  [path, content]: readonly [string, Buffer],
  context: PackageContext,
  failures: DeployMessage[],
): PackagedComponent[] {
  const [directory = '', ...rest] = path.split('/');
  const inDirectory = context.types.inDirectory(directory);
  const type = inDirectory.find(({ suffix }) => suffix !== undefined && isFileOf(path, suffix)) ?? inDirectory[0];
  // Files at the root, and in folders of no type, are not components.
  if (!type || rest.length === 0) return [];
  const fileName = `${context.root}${path}`;
  if (type.children.length > 0) return partsOf({ path, content, fileName, type }, failures);
  const fullName = nameOf(rest, type);
  const place = { componentType: type.name, fullName, fileName };
  return [{ type: type.name, fullName, files: new Map([[path, content]]), place }];
}

function isFileOf(path: string, suffix: string): boolean {
  return path.endsWith(`.${suffix}`) || path.endsWith(`.${suffix}-meta.xml`);
}

/** Name of the component that a file belongs to. @param rest path below the folder of the type */
function nameOf(rest: readonly string[], { suffix, isInFolder }: MetadataType): string {
  const [first = ''] = rest;
  const isFolder = rest.length > 1 && !isInFolder;
  // A component that is a folder, such as lwc/name/name.js.
  if (isFolder && suffix === undefined) return first;
  const name = (isFolder ? first : rest.join('/')).replace(/-meta\.xml$/, '');
  return suffix !== undefined && name.endsWith(`.${suffix}`) ? name.slice(0, -suffix.length - 1) : name;
}

interface PartedFile {
  readonly path: string;
  readonly content: Buffer;
  readonly fileName: string;
  readonly type: MetadataType;
}

/** Takes a file with several components apart. */
function partsOf({ path, content, fileName, type }: PartedFile, failures: DeployMessage[]): PackagedComponent[] {
  const parent = baseName(path);
  const place = { componentType: type.name, fullName: parent, fileName };
  let root: XmlNode;
  try {
    root = readXmlNode(content.toString('utf8'));
    if (root.name !== type.name) throw new Error(`has <${root.name}>, not <${type.name}>`);
  } catch (error) {
    failures.push(failureAt(place, `The file ${error instanceof Error ? error.message : String(error)}`));
    return [];
  }
  const childOf = new Map(type.children.map((child) => [child.element, child]));
  const own = root.children.filter(({ name }) => !childOf.has(name));
  const children = root.children.flatMap((element) => {
    const child = childOf.get(element.name);
    return child ? [part(element, child, { parent, path, fileName })] : [];
  });
  const text = own.length === 0 && children.length > 0 ? '' : metadataFile({ ...root, attributes: {}, children: own });
  return [{ type: type.name, fullName: parent, files: new Map([[path, Buffer.from(text)]]), place }, ...children];
}

function part(
  element: XmlNode,
  { name, hasParentName }: ChildType,
  { parent, path, fileName }: { readonly parent: string; readonly path: string; readonly fileName: string },
): PackagedComponent {
  const own = textIn(element, 'fullName') ?? '';
  const fullName = hasParentName ? `${parent}.${own}` : own;
  const place = { componentType: name, fullName, fileName, lineNumber: element.line };
  const content = metadataFile({ ...element, name });
  return { type: name, fullName, files: new Map([[path, Buffer.from(content)]]), place };
}
