/** What identifies a component in an org. */
export interface ComponentName {
  /** Such as `CustomField`. */
  readonly type: string;
  /** Such as `Account.Brand__c`. */
  readonly fullName: string;
}

/**
 * Files of a component, by their paths within a package. A part of a file with several components has the path of that
 * file, and its own element as the content: `<CustomField>…</CustomField>`.
 */
export type ComponentFiles = ReadonlyMap<string, Buffer>;

/** Who made a component, and who changed it last. Times are ISO 8601. */
export interface ComponentStamp {
  readonly id: string;
  readonly createdDate: string;
  readonly createdById: string;
  readonly lastModifiedDate: string;
  readonly lastModifiedById: string;
}

export interface MetadataComponent extends ComponentName, ComponentStamp {
  readonly files: ComponentFiles;
  /** Of a deployed custom object: the first three characters of the ids of its records. They never change. */
  readonly keyPrefix?: string | null;
}

/** The components of an org, by `componentKey`. */
export type ComponentMap = ReadonlyMap<string, MetadataComponent>;

/** Names of components have any case. */
export function componentKey({ type, fullName }: ComponentName): string {
  return `${type}:${fullName.toLowerCase()}`;
}

/** Returns the text of the only file. */
export function soleText({ files }: Pick<MetadataComponent, 'files'>): string {
  const [content = Buffer.alloc(0)] = files.values();
  return content.toString('utf8');
}

export function solePath({ files }: Pick<MetadataComponent, 'files'>): string {
  return [...files.keys()][0] ?? '';
}
