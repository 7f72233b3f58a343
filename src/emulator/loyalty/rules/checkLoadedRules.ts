import { checkReferences, RulesSourceError } from '../../../rules/index.js';
import type { ProgramRules } from '../../../rules/index.js';
import type { Org } from '../../org.js';
import { orgNames } from './orgNames.js';

const waysToHave = [
  'Create what is missing in the program, such as with its definition, or correct the rules.',
  'docs/rules.md, "What an org has to have", says what is looked for.',
];

/**
 * Compares loaded rules with the records of the org, as a deploy of the metadata does.
 * @returns sentences about programs that the org does not have, whose rules cannot be compared
 * @throws {RulesSourceError} for what rules refer to and the org does not have
 */
export function checkLoadedRules({ store, rules }: Pick<Org, 'store' | 'rules'>): string[] {
  if (!rules) return [];
  const warnings: string[] = [];
  const issues = rules.programs.flatMap((program) => {
    const row = store.first('LoyaltyProgram', { Name: program.label });
    if (row) return checkReferences(program, orgNames({ store, programId: row.Id }, program, rules.outside));
    warnings.push(withoutProgram(program));
    return [];
  });
  if (issues.length > 0) throw new RulesSourceError(issues, waysToHave);
  return warnings;
}

function withoutProgram({ label, place: { file } }: ProgramRules): string {
  return `The org has no program ${label} yet, so what its rules in ${file} refer to was not checked.`;
}
