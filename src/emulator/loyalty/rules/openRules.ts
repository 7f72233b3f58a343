import { loadProgramRules } from '../../../rules/index.js';
import type { OutsideRules } from '../../../rules/index.js';
import type { LoadedRules } from './loadedRules.js';

const nothingOutside: OutsideRules = { flow: () => undefined, decide: () => undefined };

/**
 * Reads the rules in source folders. Undefined if there are none.
 * @throws {RulesSourceError}
 */
export async function openRules({
  source = [],
  outsideRules = nothingOutside,
}: {
  readonly source?: string | readonly string[];
  readonly outsideRules?: OutsideRules;
}): Promise<LoadedRules | undefined> {
  const folders = await Promise.all([source].flat().map((folder) => loadProgramRules(folder)));
  const programs = folders.flat();
  return programs.length === 0 ? undefined : { programs, outside: outsideRules };
}
