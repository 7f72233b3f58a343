import { createRequire } from 'node:module';

/** A type of metadata: where its files are in a package. Source: the registry of Salesforce's own library. */
export interface MetadataType {
  readonly name: string;
  /** Such as `objects`. */
  readonly directory: string;
  /** Such as `object`. Absent for types whose components are folders. */
  readonly suffix: string | undefined;
  readonly isInFolder: boolean;
  /** Whether a component is a file with content and another one that describes it. */
  readonly hasContentFile: boolean;
  /** Whether a component is one file of XML. */
  readonly isXmlFile: boolean;
  /** Types whose components are elements of this type's files. */
  readonly children: readonly ChildType[];
  /** Names of all types of its parts, also of those that are only kept within it. */
  readonly childNames: readonly string[];
}

export interface ChildType {
  readonly name: string;
  /** Name of its elements in the file of the parent. */
  readonly element: string;
  readonly parent: string;
  /** Whether the name of the parent is a part of its own: `Account.Brand__c`. */
  readonly hasParentName: boolean;
}

interface RegistryChild {
  readonly name: string;
  readonly directoryName: string;
  readonly xmlElementName?: string;
  readonly unaddressableWithoutParent?: boolean;
}

interface RegistryType {
  readonly name: string;
  readonly directoryName: string;
  readonly suffix?: string;
  readonly inFolder?: boolean;
  readonly ignoreParsedFullName?: boolean;
  readonly strategies?: { readonly adapter?: string };
  readonly children?: { readonly types: Readonly<Record<string, RegistryChild>> };
}

/** All types that Salesforce's library knows. Read when somebody first asks. */
export class MetadataTypes {
  readonly all: readonly MetadataType[];
  readonly #types = new Map<string, MetadataType>();
  readonly #children = new Map<string, ChildType>();
  readonly #byDirectory = new Map<string, MetadataType[]>();

  constructor() {
    const require = createRequire(import.meta.url);
    const registry = require('@salesforce/source-deploy-retrieve/lib/src/registry/metadataRegistry.json') as {
      readonly types: Readonly<Record<string, RegistryType>>;
    };
    this.all = Object.values(registry.types).map(toType);
    for (const type of this.all) {
      this.#types.set(type.name, type);
      this.#byDirectory.set(type.directory, [...(this.#byDirectory.get(type.directory) ?? []), type]);
      for (const child of type.children) this.#children.set(child.name, child);
    }
  }

  type(name: string): MetadataType | undefined {
    return this.#types.get(name);
  }

  child(name: string): ChildType | undefined {
    return this.#children.get(name);
  }

  isKnown(name: string): boolean {
    return this.#types.has(name) || this.#children.has(name);
  }

  /** Returns the types whose files are in a folder. */
  inDirectory(directory: string): readonly MetadataType[] {
    return this.#byDirectory.get(directory) ?? [];
  }
}

function toType(type: RegistryType): MetadataType {
  const parts = Object.values(type.children?.types ?? {});
  const adapter = type.strategies?.adapter;
  return {
    name: type.name,
    directory: type.directoryName,
    suffix: type.suffix,
    isInFolder: type.inFolder === true,
    isXmlFile: type.suffix !== undefined && (adapter === undefined || adapter === 'default'),
    hasContentFile: adapter === 'matchingContentFile' || adapter === 'mixedContent',
    children: type.suffix !== undefined && adapter !== 'digitalExperience' ? childTypes(type, parts) : [],
    childNames: parts.map(({ name }) => name),
  };
}

function childTypes({ name, ignoreParsedFullName }: RegistryType, parts: readonly RegistryChild[]): ChildType[] {
  return parts
    .filter(({ unaddressableWithoutParent }) => unaddressableWithoutParent !== true)
    .map((part) => ({
      name: part.name,
      element: part.xmlElementName ?? part.directoryName,
      parent: name,
      hasParentName: ignoreParsedFullName !== true,
    }));
}
