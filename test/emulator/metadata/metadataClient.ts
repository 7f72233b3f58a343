import { Connection } from 'jsforce';
import type { DeployResult } from 'jsforce/lib/api/metadata.js';
import JSZip from 'jszip';

const head = '<?xml version="1.0" encoding="UTF-8"?>';
const space = 'xmlns="http://soap.sforce.com/2006/04/metadata"';

/** A file of metadata, of which a test gives only what is within its root. */
export function metadataText(root: string, content: string): string {
  return `${head}\n<${root} ${space}>\n${content}\n</${root}>\n`;
}

/** `{ CustomField: ['Account.Brand__c'] }` as a package.xml, or as destructiveChanges.xml. */
export function packageXml(types: Readonly<Record<string, readonly string[]>>): string {
  const blocks = Object.entries(types).map(([name, members]) => {
    return `<types>${members.map((member) => `<members>${member}</members>`).join('')}<name>${name}</name></types>`;
  });
  return metadataText('Package', `${blocks.join('\n')}\n<version>66.0</version>`);
}

export function fieldXml(name: string, content: string): string {
  return `    <fields>
        <fullName>${name}</fullName>
${content}
    </fields>`;
}

export function textField(name: string, length = 40): string {
  return fieldXml(
    name,
    `        <label>${name.replace('__c', '')}</label>
        <length>${length}</length>
        <type>Text</type>`,
  );
}

export type PackageFiles = Readonly<Record<string, string>>;

/** The Metadata API as jsforce calls it. */
export class MetadataClient {
  readonly connection: Connection;

  constructor({ url, accessToken }: { readonly url: string; readonly accessToken: string }) {
    this.connection = new Connection({ instanceUrl: url, accessToken, version: '66.0' });
    this.pollEvery(1);
  }

  /** @param milliseconds until a deploy or a retrieve is asked for again. A real org takes a while for one. */
  pollEvery(milliseconds: number): void {
    this.connection.metadata.pollInterval = milliseconds;
    this.connection.metadata.pollTimeout = 300_000;
  }

  async deploy(files: PackageFiles, options: Readonly<Record<string, boolean>> = {}): Promise<DeployResult> {
    const zip = await zipOf(files);
    const given = { rollbackOnError: true, singlePackage: true, ...options };
    return this.connection.metadata.deploy(zip, given).complete(true);
  }

  /** Deploys by REST, and returns what that answers at the end. */
  async deployByRest(files: PackageFiles, options: Readonly<Record<string, boolean>> = {}): Promise<DeployResult> {
    const { metadata } = this.connection;
    const started = await metadata.deployRest(await zipOf(files), { rollbackOnError: true, ...options });
    return metadata.checkDeployStatus((started as unknown as { id: string }).id, true, true);
  }

  /** Returns the files of a retrieve by their paths. */
  async retrieve(types: Readonly<Record<string, readonly string[]>>): Promise<Record<string, string>> {
    const list = Object.entries(types).map(([name, members]) => ({ name, members: [...members] }));
    const request = { apiVersion: '66.0', unpackaged: { types: list, version: '66.0' } };
    const { zipFile } = await this.connection.metadata.retrieve(request as never).complete();
    return filesOf(Buffer.from(zipFile, 'base64'));
  }
}

async function zipOf(files: PackageFiles): Promise<Buffer> {
  const zip = new JSZip();
  for (const [path, content] of Object.entries(files)) zip.file(path, content);
  return zip.generateAsync({ type: 'nodebuffer' });
}

async function filesOf(bytes: Buffer): Promise<Record<string, string>> {
  const zip = await JSZip.loadAsync(bytes);
  const entries = Object.values(zip.files).filter(({ dir }) => !dir);
  return Object.fromEntries(
    await Promise.all(entries.map(async (entry) => [entry.name, await entry.async('string')] as const)),
  );
}

/** What failed, as `name: problem`. */
export function problemsOf({ details }: DeployResult): string[] {
  return details.componentFailures.map(({ fullName, problem }) => `${fullName}: ${problem ?? ''}`);
}
