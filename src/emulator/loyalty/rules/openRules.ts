import { loadProgramRules, outsideRulesOf } from '../../../rules/index.js';
import type { FlowFunctions, OutsideRules } from '../../../rules/index.js';
import type { LoadedRules } from './loadedRules.js';

/**
 * Reads the rules in source folders, and what answers for their flows and decision tables. Undefined if there are no
 * rules.
 * @throws {RulesSourceError}
 */
export async function openRules({
  source = [],
  outsideRules,
  flows = {},
  answerFlowsEmpty = false,
}: {
  readonly source?: string | readonly string[];
  readonly outsideRules?: OutsideRules;
  readonly flows?: FlowFunctions;
  readonly answerFlowsEmpty?: boolean;
}): Promise<LoadedRules | undefined> {
  const folders = await Promise.all([source].flat().map((folder) => loadProgramRules(folder)));
  const programs = folders.flat();
  if (programs.length === 0) return undefined;
  const outside = outsideRules ?? (await outsideRulesOf({ source, programs, flows, answerFlowsEmpty }));
  return { programs, outside };
}
