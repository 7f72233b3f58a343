import { loadProgramRules, outsideRulesOf } from '../../../rules/index.js';
import type { FlowFunctions, OutsideRules, ProgramRules } from '../../../rules/index.js';
import type { LoadedRules } from './loadedRules.js';

export interface RulesOptions {
  readonly source?: string | readonly string[];
  readonly outsideRules?: OutsideRules;
  readonly flows?: FlowFunctions;
  readonly answerFlowsEmpty?: boolean;
}

/**
 * Reads the rules in source folders, and what answers for their flows and decision tables. Undefined if there are no
 * rules.
 * @throws {RulesSourceError}
 */
export async function openRules(options: RulesOptions): Promise<LoadedRules | undefined> {
  const { source = [] } = options;
  const folders = await Promise.all([source].flat().map((folder) => loadProgramRules(folder)));
  const programs = folders.flat();
  return programs.length === 0 ? undefined : { programs, outside: await answersFor(options, programs) };
}

/**
 * Returns what answers for the flows and decision tables of programs.
 * @throws {RulesSourceError}
 */
export async function answersFor(
  { source = [], outsideRules, flows = {}, answerFlowsEmpty = false }: RulesOptions,
  programs: readonly ProgramRules[],
): Promise<OutsideRules> {
  return outsideRules ?? (await outsideRulesOf({ source, programs, flows, answerFlowsEmpty }));
}
