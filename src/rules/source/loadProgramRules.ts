import { readFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import type { ProgramRules, RuleIssue } from '../programRules.js';
import { parseProgramRules } from './parseProgramRules.js';
import { RulesSourceError } from './rulesSourceError.js';
import { isSourceFolder, sourceFilesBelow } from './sourceFilesBelow.js';

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

async function ruleFiles(path: string): Promise<string[]> {
  return (await isSourceFolder(path)) ? sourceFilesBelow(path, isRuleFile) : [path];
}

function isRuleFile(path: string): boolean {
  return basename(dirname(path)) === folderName && endings.some((ending) => path.endsWith(ending));
}
