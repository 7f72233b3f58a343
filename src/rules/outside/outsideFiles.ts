import { basename, dirname, resolve } from 'node:path';
import { readDocument } from '../../base/files/readDocument.js';
import type { RuleIssue } from '../programRules.js';
import { isSourceFolder, sourceFilesBelow } from '../source/sourceFilesBelow.js';

/** The files of a source folder that answer for flows and decision tables. */
export interface OutsideFiles {
  readonly flows: readonly string[];
  /** By the name of the table in lower case. */
  readonly tables: ReadonlyMap<string, TableFiles>;
}

export interface TableFiles {
  readonly csv?: string;
  readonly metadata?: string | GivenText;
}

/** Metadata that is no file, because it was deployed. */
export interface GivenText {
  /** For errors. */
  readonly file: string;
  readonly text: string;
}

const tableFolder = 'decisionTables';
const rulesFolder = 'loyaltyProgramSetups';
const metadataEnding = /\.decisionTable(-meta\.xml)?$/;
const csvEnding = /\.csv$/i;

/** @throws {RulesSourceError} if the folder cannot be read */
export async function findOutsideFiles(source: string): Promise<OutsideFiles> {
  const files = (await isSourceFolder(source)) ? await sourceFilesBelow(source, (path) => isOutside(path, source)) : [];
  const tables = new Map<string, TableFiles>();
  for (const file of files) {
    const ending = [csvEnding, metadataEnding].find((each) => each.test(file));
    if (!ending) continue;
    const name = basename(file).replace(ending, '').toLowerCase();
    tables.set(name, { ...tables.get(name), [ending === csvEnding ? 'csv' : 'metadata']: file });
  }
  return { flows: files.filter(isFlowsFile), tables };
}

/** Returns the text of a file. Undefined, and noted, if it cannot be read. */
export async function textOfFile(file: string, issues: RuleIssue[]): Promise<string | undefined> {
  try {
    return await readDocument(file);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    issues.push({ place: { file, line: 1 }, message: `the file cannot be read: ${reason}` });
    return undefined;
  }
}

/** Flows are answered in the folder itself, or beside the rules. */
function isOutside(path: string, source: string): boolean {
  const folder = dirname(path);
  if (isFlowsFile(path)) return basename(folder) === rulesFolder || resolve(folder) === resolve(source);
  return basename(folder) === tableFolder && (csvEnding.test(path) || metadataEnding.test(path));
}

function isFlowsFile(path: string): boolean {
  return /^flows\.ya?ml$/.test(basename(path));
}
