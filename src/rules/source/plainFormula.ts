import type { Formula } from '../formula.js';
import type { RuleValue } from '../ruleValue.js';

/** Returns an expression that always has this value. */
export function constantFormula(text: string, value: RuleValue): Formula {
  return { text, references: [], evaluate: () => value };
}

/** Returns the expression `{!reference}`. */
export function referenceFormula(reference: string): Formula {
  return { text: `{!${reference}}`, references: [reference], evaluate: (valueOf) => valueOf(reference) };
}
