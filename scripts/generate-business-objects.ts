/**
 * Writes `src/contract/objects/published/`: the fields and child relationships of the business objects, as published
 * describes of real orgs and type stubs made from real orgs show them. CONTRIBUTING.md says where to get both.
 *
 * `npm run business-objects -- <folder of stubs> <describe or folder of describes>…`: the newest describes first.
 */
import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sObjects } from '../src/contract/objects/index.js';
import { readDocumentedFields } from './businessObjects/documentedFields.js';
import { deletionsOf, mergeObject } from './businessObjects/mergeObject.js';
import type { ObjectSources } from './businessObjects/mergeObject.js';
import { personLines } from './businessObjects/personLines.js';
import { hasStub, readDescribes, readStubFields } from './businessObjects/publishedSources.js';

const folder = join(import.meta.dirname, '..', 'src', 'contract', 'objects', 'published');

/** Objects that other Salesforce products share with Loyalty Management, and those of the platform. */
const businessObjects = [
  ...['Account', 'Asset', 'Campaign', 'Case', 'Contact', 'Group', 'Opportunity', 'Order', 'OrderItem'],
  ...['Organization', 'Product2', 'Profile', 'RecordType', 'User'],
];

async function main([stubs, ...describes]: readonly string[]): Promise<void> {
  if (stubs === undefined || describes.length === 0) {
    throw new Error('Name a folder of type stubs and at least one describe. CONTRIBUTING.md says where to get them.');
  }
  const published = (await Promise.all(describes.map(readDescribes))).flat();
  const documented = await readDocumentedFields();
  const deletions = deletionsOf(published);
  const tables = new Map<string, string[]>();
  for (const name of businessObjects) {
    const sources: ObjectSources = {
      name,
      deletions,
      describes: published.filter((describe) => describe.name === name),
      stubFields: await readStubFields(stubs, name),
      documented: documented(name),
    };
    tables.set(name, mergeObject(sources, businessObjects));
  }
  const account = tables.get('Account') ?? [];
  account.unshift(...personLines(tables.get('Contact') ?? [], await readStubFields(stubs, 'Account')));
  await writeTables(tables);
  await writeViewedObjects(stubs);
}

/** Loyalty objects are described by hand, but for the two dates that most standard objects have. */
async function writeViewedObjects(stubs: string): Promise<void> {
  const viewed: string[] = [];
  for (const { name } of sObjects) {
    if (businessObjects.includes(name) || !hasStub(stubs, name)) continue;
    if ((await readStubFields(stubs, name)).has('LastViewedDate')) viewed.push(name);
  }
  await writeTable('viewedObjectsTable', viewed.sort());
}

async function writeTable(variable: string, lines: readonly string[]): Promise<void> {
  const text = lines.join('\n').replaceAll(/[`\\]|\$\{/g, String.raw`\$&`);
  const head = '// Written by `npm run business-objects`. Corrections belong into the definition that reads it.';
  await writeFile(join(folder, `${variable}.ts`), `${head}\nexport const ${variable} = \`\n${text}\n\`;\n`);
}

async function writeTables(tables: ReadonlyMap<string, readonly string[]>): Promise<void> {
  for (const file of await readdir(folder)) if (file.endsWith('Table.ts')) await rm(join(folder, file));
  for (const [name, lines] of tables) {
    const fields = lines.filter((line) => !line.startsWith('>')).sort();
    const children = lines.filter((line) => line.startsWith('>')).sort();
    await writeTable(variableOf(name), [...fields, ...children]);
  }
}

function variableOf(objectName: string): string {
  return `${objectName.charAt(0).toLowerCase()}${objectName.slice(1)}Table`;
}

await main(process.argv.slice(2));
