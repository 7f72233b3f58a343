import type { CriteriaLogic } from './programRules.js';

/** Returns the logic of a condition as an admin writes it: `1 AND (2 OR 3)`. */
export function logicText(logic: CriteriaLogic): string {
  if (logic.is === 'criterion') return String(logic.sequence);
  return logic.parts.map((part) => (isMixed(part) ? `(${logicText(part)})` : logicText(part))).join(` ${logic.is} `);
}

function isMixed(logic: CriteriaLogic): boolean {
  return logic.is !== 'criterion' && logic.parts.length > 1;
}
