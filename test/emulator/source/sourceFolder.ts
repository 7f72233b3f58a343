import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A source folder of its own for one test. `await using` removes it. */
export class SourceFolder implements AsyncDisposable {
  private constructor(readonly path: string) {}

  /** @param files path below `force-app/main/default` → content */
  static async of(files: Record<string, string>): Promise<SourceFolder> {
    const folder = new SourceFolder(await mkdtemp(join(tmpdir(), 'loyalty-source-')));
    for (const [file, content] of Object.entries(files)) await folder.write(file, content);
    return folder;
  }

  at(file: string): string {
    return join(this.path, 'main', 'default', file);
  }

  async write(file: string, content: string): Promise<void> {
    await mkdir(dirname(this.at(file)), { recursive: true });
    await writeFile(this.at(file), content);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.path, { recursive: true });
  }
}

/** `{ 'objects/Contact/fields/Brand__c.field-meta.xml': … }` */
export function fieldFile(objectName: string, name: string, elements: string): Record<string, string> {
  const path = `objects/${objectName}/fields/${name}.field-meta.xml`;
  return { [path]: xml('CustomField', `<fullName>${name}</fullName>${elements}`) };
}

export function objectFile(name: string, elements: string): Record<string, string> {
  return { [`objects/${name}/${name}.object-meta.xml`]: xml('CustomObject', elements) };
}

export function xml(root: string, elements: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<${root} xmlns="http://soap.sforce.com/2006/04/metadata">${elements}</${root}>
`;
}
