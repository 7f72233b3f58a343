import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { ProgramRules, RuleIssue } from '../programRules.js';
import { parseProgramRules } from './parseProgramRules.js';
import { RulesSourceError } from './rulesSourceError.js';

const endings = ['.loyaltyProgramSetup-meta.xml', '.loyaltyProgramSetup'];
const folderName = 'loyaltyProgramSetups';

/**
 * Reads the rules of all programs below a source folder, at any depth, or of one file. Programs are in the order of
 * their names.
 * @throws {RulesSourceError} with the mistakes of all files
 */
export async function loadProgramRules(path: string): Promise<ProgramRules[]> {
  const files = await ruleFiles(path);
  const programs: ProgramRules[] = [];
  const issues: RuleIssue[] = [];
  for (const file of files) {
    try {
      programs.push(parseProgramRules(await readFile(file, 'utf8'), file));
    } catch (error) {
      if (!(error instanceof RulesSourceError)) throw error;
      issues.push(...error.issues);
    }
  }
  issues.push(...repeatedPrograms(programs));
  if (issues.length > 0) throw new RulesSourceError(issues);
  return programs.sort((a, b) => (a.label < b.label ? -1 : 1));
}

/** One file has a whole program. Names of programs have no case. */
function repeatedPrograms(programs: readonly ProgramRules[]): RuleIssue[] {
  const seen = new Map<string, ProgramRules>();
  return programs.flatMap((program) => {
    const { label, place } = program;
    const other = seen.get(label.toLowerCase());
    seen.set(label.toLowerCase(), program);
    return other ? [{ place, message: `the program "${label}" is already in ${other.place.file}` }] : [];
  });
}

/** Files are sorted, so that mistakes are in the same order on every machine. */
async function ruleFiles(path: string): Promise<string[]> {
  const kind = await stat(path).catch((error: unknown) => {
    throw unreadable(path, error);
  });
  return kind.isDirectory() ? filesBelow(path) : [path];
}

/** Links are not followed. */
async function filesBelow(folder: string): Promise<string[]> {
  const files: string[] = [];
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    throw unreadable(folder, error);
  });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (entry.isFile() && isRuleFile(path)) files.push(path);
    else if (entry.isDirectory() && !isForeign(entry.name)) files.push(...(await filesBelow(path)));
  }
  return files;
}

function isRuleFile(path: string): boolean {
  return basename(dirname(path)) === folderName && endings.some((ending) => path.endsWith(ending));
}

/** Such folders contain no metadata and may be large. */
function isForeign(name: string): boolean {
  return name === 'node_modules' || name.startsWith('.');
}

function unreadable(path: string, error: unknown): RulesSourceError {
  const { code = 'unknown' } = error as NodeJS.ErrnoException;
  return new RulesSourceError([{ place: { file: path, line: 1 }, message: `it cannot be read (${code})` }]);
}
