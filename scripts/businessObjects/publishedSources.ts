import { existsSync } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { isJsonObject } from '../../src/base/jsonObject.js';

const PicklistValue = z.object({ value: z.string(), active: z.boolean().default(true), defaultValue: z.boolean() });

const DescribedField = z.object({
  name: z.string(),
  label: z.string(),
  type: z.string(),
  custom: z.boolean(),
  nillable: z.boolean(),
  filterable: z.boolean(),
  sortable: z.boolean(),
  referenceTo: z.array(z.string()),
  relationshipName: z.string().nullable(),
  picklistValues: z.array(PicklistValue),
  // The rest is only in a whole describe, not in the shortened one that editors keep.
  createable: z.boolean().optional(),
  updateable: z.boolean().optional(),
  defaultedOnCreate: z.boolean().optional(),
  idLookup: z.boolean().optional(),
  calculated: z.boolean().optional(),
  autoNumber: z.boolean().optional(),
  restrictedPicklist: z.boolean().optional(),
  compoundFieldName: z.string().nullish(),
  length: z.number().optional(),
  digits: z.number().optional(),
  precision: z.number().optional(),
  scale: z.number().optional(),
});
export type DescribedField = z.infer<typeof DescribedField>;

const Describe = z.object({
  name: z.string(),
  fields: z.array(DescribedField),
  childRelationships: z.array(
    z.object({
      childSObject: z.string(),
      field: z.string(),
      relationshipName: z.string().nullable(),
      cascadeDelete: z.boolean(),
      restrictedDelete: z.boolean(),
    }),
  ),
});
export type Describe = z.infer<typeof Describe>;

/** A recorded answer, in the form of the recorder VCR. */
const Recording = z.object({ response: z.object({ body: z.object({ string: z.string() }) }) });

/**
 * Reads describes: the answer of the resource, the shortened form that editors keep below `.sfdx/tools/soqlMetadata`, or
 * a recording of the answer (`*_describe.yaml`). A folder stands for all of its files.
 */
export async function readDescribes(path: string): Promise<Describe[]> {
  const isFolder = (await stat(path)).isDirectory();
  const names = isFolder ? (await readdir(path)).sort() : [''];
  const files = names
    .filter((name) => !isFolder || /\.json$|_describe\.yaml$/.test(name))
    .map((name) => join(path, name));
  return (await Promise.all(files.map(readDescribe))).flat();
}

/** @returns nothing for an answer that is not about one object */
async function readDescribe(file: string): Promise<Describe[]> {
  const text = await readFile(file, 'utf8');
  const json = file.endsWith('.yaml') ? Recording.parse(parse(text)).response.body.string : text;
  const answer: unknown = JSON.parse(json);
  if (!isJsonObject(answer) || !('fields' in answer)) return [];
  const read = Describe.safeParse(answer);
  if (!read.success) throw new Error(`${basename(file)} is not a describe: ${z.prettifyError(read.error)}`);
  return [read.data];
}

export function hasStub(folder: string, objectName: string): boolean {
  return existsSync(join(folder, `${objectName}.java`));
}

/** The fields of a type stub, without references to other types. */
export async function readStubFields(folder: string, objectName: string): Promise<ReadonlySet<string>> {
  const text = await readFile(join(folder, `${objectName}.java`), 'utf8');
  return new Set([...text.matchAll(/^\tpublic \w+ (\w+);$/gm)].map(([, name = '']) => name));
}
