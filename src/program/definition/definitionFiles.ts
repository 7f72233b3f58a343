import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileProblem } from '../../base/files/fileProblem.js';
import { DefinitionError } from './definitionError.js';
import type { PlacedIssue } from './definitionError.js';
import { DefinitionSource, wholeFile } from './definitionSource.js';

const mostFiles = 100;
const ofOthers: ReadonlySet<string> = new Set([
  'package.json',
  'package-lock.json',
  'sfdx-project.json',
  'tsconfig.json',
]);

/**
 * Reads a file, or the files of a folder in the order of their names.
 * @throws {DefinitionError} with an issue for each file that cannot be read
 */
export async function readSources(path: string): Promise<readonly DefinitionSource[]> {
  const found = await stat(path).catch((error: unknown) => {
    const message = `cannot be read: ${fileProblem(error)?.reason ?? String(error)}`;
    throw wholeFile(path, message, [`Check the path ${path}, then try again.`]);
  });
  if (!found.isDirectory()) return [await DefinitionSource.read(path)];
  const files = await filesIn(path);
  const sources: DefinitionSource[] = [];
  const issues: PlacedIssue[] = [];
  for (const file of files) {
    try {
      const source = await DefinitionSource.read(file);
      if (!isSomethingElse(source.value)) sources.push(source);
    } catch (error) {
      if (!(error instanceof DefinitionError)) throw error;
      issues.push(...error.issues);
    }
  }
  if (issues.length > 0) throw new DefinitionError(issues);
  if (sources.length === 0) throw wholeFile(path, 'has no definition: no file of the folder is one in YAML or JSON');
  return sources;
}

/** Names are compared by code units, so that the order is the same on every computer. */
async function filesIn(folder: string): Promise<string[]> {
  const names = (await readdir(folder)).filter(isCandidate).sort();
  if (names.length > mostFiles) throw wholeFile(folder, `has ${names.length} files, but at most ${mostFiles} are read`);
  const files: string[] = [];
  for (const file of names.map((name) => join(folder, name))) {
    // A link that leads nowhere is reported when it is read.
    const found = await stat(file).catch(() => undefined);
    if (found?.isFile() ?? true) files.push(file);
  }
  return files;
}

function isCandidate(name: string): boolean {
  return /\.(?:ya?ml|json)$/i.test(name) && !name.startsWith('.') && !ofOthers.has(name);
}

/** Files of this project that have other keys, and JSON Schemas. */
function isSomethingElse(value: DefinitionSource['value']): boolean {
  const has = (...keys: readonly string[]): boolean => keys.every((key) => Object.hasOwn(value, key));
  const { $schema, rules } = value;
  if (typeof $schema === 'string' && isSchemaOfOthers($schema)) return true;
  return has('key', 'member', 'journal') || (has('fields') && !has('name')) || Array.isArray(rules);
}

function isSchemaOfOthers(schema: string): boolean {
  const name = basename(schema);
  return (
    /json-schema\.org/.test(schema) ||
    ['mapping-file.json', 'member-mapping-file.json', 'fault-plan.json'].includes(name)
  );
}
