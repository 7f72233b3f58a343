import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { DocumentError, DocumentText } from '../base/files/documentText.js';
import type { Path } from '../base/files/documentText.js';
import { fileProblem } from '../base/files/fileProblem.js';
import { readDocument } from '../base/files/readDocument.js';
import { caseFileIssues } from './caseFileIssues.js';
import { RuleCaseFile } from './caseShapes.js';
import type { CaseShape } from './caseShapes.js';
import { RuleCaseError } from './ruleCaseError.js';
import type { CaseIssue, CasePlace } from './ruleCaseError.js';

/** A case, and where it is. */
export interface RuleCase extends CaseShape {
  readonly place: CasePlace;
  /** Returns where a part of the case is, or the nearest part around it. */
  readonly placeOf: (path: Path) => CasePlace;
}

/**
 * Reads the cases in a file, or in the YAML and JSON files of a folder and its subfolders, in the order of their names.
 * @throws {RuleCaseError} with all mistakes of all files
 */
export async function readRuleCases(path: string): Promise<readonly RuleCase[]> {
  const issues: CaseIssue[] = [];
  const cases: RuleCase[] = [];
  for (const file of await caseFilesOf(path)) {
    try {
      cases.push(...(await casesIn(file)));
    } catch (error) {
      if (!(error instanceof RuleCaseError)) throw error;
      issues.push(...error.issues);
    }
  }
  issues.push(...repeatedNames(cases));
  if (issues.length > 0) throw new RuleCaseError(issues);
  return cases;
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

/** @throws {RuleCaseError} */
async function casesIn(file: string): Promise<RuleCase[]> {
  const text = await readDocument(file).catch((error: unknown) => {
    const message = `cannot be read: ${error instanceof Error ? error.message : String(error)}`;
    throw new RuleCaseError([{ file, message }]);
  });
  return parseRuleCases(file, text);
}

/** Reads the cases in the text of a file. @throws {RuleCaseError} */
export function parseRuleCases(file: string, text: string): RuleCase[] {
  const { document, value } = documentOf(file, text);
  const placeOf = (path: Path): CasePlace => ({ file, line: document.place(path).line });
  const parsed = RuleCaseFile.safeParse(value);
  if (!parsed.success) {
    const issues = caseFileIssues(parsed.error.issues, value);
    const placed = issues.map(({ path, message }) => ({ ...placeOf(path), message }));
    throw new RuleCaseError(placed.toSorted((a, b) => a.line - b.line));
  }
  return parsed.data.cases.map((each, index) => ({
    ...each,
    place: placeOf(['cases', index]),
    placeOf: (path) => placeOf(['cases', index, ...path]),
  }));
}

function documentOf(file: string, text: string): { readonly document: DocumentText; readonly value: unknown } {
  try {
    const document = new DocumentText(text);
    return { document, value: document.value() };
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error;
    throw new RuleCaseError([{ file, line: error.line, message: error.message }]);
  }
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
