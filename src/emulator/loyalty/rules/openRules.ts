import { loadProgramRules, outsideRulesOf } from '../../../rules/index.js';
import type { FlowFunctions, OutsideRules, ProgramRules } from '../../../rules/index.js';
import type { LoadedRules } from './loadedRules.js';

/**
 * Reads the rules in source folders, and what answers for their flows and decision tables. Undefined if there are no
 * rules.
 * @throws {RulesSourceError}
 */
export async function openRules({
  source = [],
  rules,
  outsideRules,
  flows = {},
  answerFlowsEmpty = false,
}: {
  readonly source?: string | readonly string[];
  /** Instead of those in the folders. */
  readonly rules?: readonly ProgramRules[];
  readonly outsideRules?: OutsideRules;
  readonly flows?: FlowFunctions;
  readonly answerFlowsEmpty?: boolean;
}): Promise<LoadedRules | undefined> {
  const programs = rules ?? (await rulesIn([source].flat()));
  if (programs.length === 0) return undefined;
  const outside = outsideRules ?? (await outsideRulesOf({ source, programs, flows, answerFlowsEmpty }));
  return { programs, outside };
}

async function rulesIn(folders: readonly string[]): Promise<ProgramRules[]> {
  return (await Promise.all(folders.map((folder) => loadProgramRules(folder)))).flat();
}
