import { issueText } from '../../../rules/index.js';
import type { ProgramRules, RuleProcess } from '../../../rules/index.js';
import type { LoadedRules } from './loadedRules.js';

/** Returns sentences about what is in loaded rules and will not run. */
export function ruleWarnings(rules: LoadedRules | undefined): string[] {
  return (rules?.programs ?? []).flatMap(warningsOf).map((warning) => `${warning}.`);
}

function warningsOf({ warnings, processes }: ProgramRules): string[] {
  return [...warnings.map(issueText), ...processes.filter(isCalled).map(notRun)];
}

/** A process that is called by its name, and not run by journals. */
function isCalled({ type, rules }: RuleProcess): boolean {
  return type !== 'TransactionJournal' && rules.length > 0;
}

function notRun({ name, type, place }: RuleProcess): string {
  const message = `the rules of the process ${name} are not run: it does what the template ${type} does`;
  return issueText({ place, message });
}
