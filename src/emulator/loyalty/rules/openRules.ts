import { loadProgramRules, outsideRulesOf } from '../../../rules/index.js';
import type { FlowFunctions, GivenText, OutsideRules, ProgramRules } from '../../../rules/index.js';
import type { LoadedRules } from './loadedRules.js';

export interface RulesOptions {
  readonly source?: string | readonly string[];
  /** Instead of those in the folders. */
  readonly rules?: readonly ProgramRules[];
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
  const { source = [], rules } = options;
  const programs = rules ?? (await rulesIn([source].flat()));
  return programs.length === 0 ? undefined : { programs, outside: await answersFor(options, programs) };
}

/**
 * Returns what answers for the flows and decision tables of programs.
 * @param decisionTables deployed ones, by name in lower case
 * @throws {RulesSourceError}
 */
export async function answersFor(
  { source = [], outsideRules, flows = {}, answerFlowsEmpty = false }: RulesOptions,
  programs: readonly ProgramRules[],
  decisionTables: ReadonlyMap<string, GivenText> = new Map(),
): Promise<OutsideRules> {
  return outsideRules ?? (await outsideRulesOf({ source, programs, flows, answerFlowsEmpty, decisionTables }));
}

async function rulesIn(folders: readonly string[]): Promise<ProgramRules[]> {
  return (await Promise.all(folders.map((folder) => loadProgramRules(folder)))).flat();
}
