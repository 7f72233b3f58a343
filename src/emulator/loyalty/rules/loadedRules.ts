import type { OutsideRules, ProgramRules } from '../../../rules/index.js';

/** Rules that a local org was started with. */
export interface LoadedRules {
  readonly programs: readonly ProgramRules[];
  /** Flows and decision tables. */
  readonly outside: OutsideRules;
}

/** Returns the rules of a program. Undefined if none were loaded: then the built-in rules run. */
export function loadedRulesOf(loaded: LoadedRules | undefined, program: string): ProgramRules | undefined {
  return loaded?.programs.find(({ label }) => label.toLowerCase() === program.toLowerCase());
}
