import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Path } from '../base/files/documentText.js';
import { fileProblem } from '../base/files/fileProblem.js';
import { readDocument } from '../base/files/readDocument.js';
import { isJsonObject } from '../base/jsonObject.js';
import { shapedDocument } from '../base/shapes/shapedDocument.js';
import { RuleCaseFile, RuleCaseShape } from './caseShapes.js';
import type { CaseShape } from './caseShapes.js';
import { RuleCaseError } from './ruleCaseError.js';
import type { CaseIssue, CasePlace } from './ruleCaseError.js';

/** A case, and where it is. */
export interface RuleCase extends CaseShape {
  readonly place: CasePlace;
  /** Returns where a part of the case is, or the nearest part around it. */
  readonly placeOf: (path: Path) => CasePlace;
}

/** What was read, and the mistakes that were found meanwhile: others can be found only with the rules of the program. */
export interface ReadCases {
  /** Those whose own shape is right. */
  readonly cases: readonly RuleCase[];
  readonly issues: readonly CaseIssue[];
}

/**
 * Reads the cases in a file, or in the YAML and JSON files of a folder and its subfolders, in the order of their names.
 * @throws {RuleCaseError} if there is no such file, or the folder has none
 */
export async function readRuleCases(path: string): Promise<ReadCases> {
  const files = await Promise.all((await caseFilesOf(path)).map(casesIn));
  const cases = files.flatMap((file) => file.cases);
  return { cases, issues: [...files.flatMap(({ issues }) => issues), ...repeatedNames(cases)] };
}

async function caseFilesOf(path: string): Promise<string[]> {
  const found = await stat(path).catch((error: unknown) => {
    const message = `cannot be read: ${fileProblem(error)?.reason ?? String(error)}`;
    throw new RuleCaseError(
      [{ file: path, message }],
      [`Check that "${path}" is a file or folder of cases, then try again.`],
    );
  });
  if (!found.isDirectory()) return [path];
  const names = await readdir(path, { recursive: true });
  const files = names.filter((name) => /\.(?:ya?ml|json)$/i.test(name)).sort();
  if (files.length > 0) return files.map((name) => join(path, name));
  const message = 'has no files with cases, which are in YAML or JSON';
  throw new RuleCaseError([{ file: path, message }], ['Write a case: see "Testing rules" in docs/rules.md.']);
}

async function casesIn(file: string): Promise<ReadCases> {
  try {
    return parseRuleCases(file, await readDocument(file));
  } catch (error) {
    const message = `cannot be read: ${error instanceof Error ? error.message : String(error)}`;
    return { cases: [], issues: [{ file, message }] };
  }
}

/** Reads the cases in the text of a file. */
export function parseRuleCases(file: string, text: string): ReadCases {
  const { document, value, issues } = shapedDocument(text, RuleCaseFile);
  if (!document) return { cases: [], issues: issues.map((issue) => ({ file, ...issue })) };
  const placeOf = (path: Path): CasePlace => ({ file, line: document.place(path).line });
  const cases = shapedCases(value).map(([shape, index]) => ({
    ...shape,
    place: placeOf(['cases', index]),
    placeOf: (path: Path) => placeOf(['cases', index, ...path]),
  }));
  return { cases, issues: issues.map((issue) => ({ file, ...issue })) };
}

/** The cases whose own shape is right, with their indices. */
function shapedCases(value: unknown): (readonly [CaseShape, number])[] {
  const { cases } = isJsonObject(value) ? value : {};
  if (!Array.isArray(cases)) return [];
  return cases.flatMap((each: unknown, index) => {
    const { data } = RuleCaseShape.safeParse(each);
    return data ? [[data, index] as const] : [];
  });
}

function repeatedNames(cases: readonly RuleCase[]): CaseIssue[] {
  const seen = new Map<string, RuleCase>();
  return cases.flatMap((each) => {
    const key = `${each.place.file}\n${each.name}`;
    const before = seen.get(key);
    seen.set(key, each);
    const message = `the case ${each.name} is already in line ${before?.place.line}`;
    return before ? [{ ...each.placeOf(['name']), message }] : [];
  });
}
