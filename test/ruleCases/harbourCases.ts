import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readDefinition } from '../../src/program/index.js';
import { readRuleCases, testProgramRules } from '../../src/ruleCases/index.js';
import type { RuleTestReport } from '../../src/ruleCases/index.js';

export const harbourRules = join(import.meta.dirname, '../../examples/rules');

/** Runs cases against the rules of the example program. @param text the content of a file of cases, or its path */
export async function runCases(text: string, source = harbourRules, mutates = false): Promise<RuleTestReport> {
  const { definition } = await readDefinition(join(harbourRules, 'program.yml'));
  const options = { definition, source, mutates };
  if (!text.includes('\n')) return testProgramRules({ ...options, cases: await readRuleCases(text) });
  const folder = await mkdtemp(join(tmpdir(), 'rule-cases-'));
  try {
    const file = join(folder, 'cases.yml');
    await writeFile(file, text);
    return await testProgramRules({ ...options, cases: await readRuleCases(file) });
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The failures of all cases, as `line: message`. */
export function failuresOf({ results }: RuleTestReport): string[] {
  return results.flatMap(({ failures }) => failures.map(({ line, message }) => `${line}: ${message}`));
}
