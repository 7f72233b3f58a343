import { issueText } from '../../../rules/index.js';
import type { LoadedRules } from './loadedRules.js';

/** Returns sentences about what is in loaded rules and will not run. */
export function ruleWarnings(rules: LoadedRules | undefined): string[] {
  return (rules?.programs ?? []).flatMap(({ warnings }) => warnings.map(issueText)).map((warning) => `${warning}.`);
}
