import { namesText } from '../base/text/namesText.js';
import { loadProgramRules } from '../rules/index.js';
import type { ProgramRules } from '../rules/index.js';
import { SimulationError } from './simulationError.js';

/**
 * Returns the rules in a source folder that are meant: those of the named program, or else the only ones.
 * @throws {RulesSourceError} for rules with mistakes
 * @throws {SimulationError} if there is none, or no such one, or several and none was named
 */
export async function chooseRules(source: string, named: string | undefined): Promise<ProgramRules> {
  const programs = await loadProgramRules(source);
  const labels = programs.map(({ label }) => label);
  const [only, ...others] =
    named === undefined ? programs : programs.filter(({ label }) => label.toLowerCase() === named.toLowerCase());
  if (only !== undefined && others.length === 0) return only;
  if (labels.length === 0) {
    throw new SimulationError(`${source} has no rules of a program.`, [
      'Name a source folder with files such as loyaltyProgramSetups/Name.loyaltyProgramSetup-meta.xml.',
    ]);
  }
  const known = namesText(labels);
  if (named === undefined) {
    throw new SimulationError(`${source} has the rules of several programs: ${known}.`, ['Choose one with --program.']);
  }
  throw new SimulationError(`${source} has no rules of a program "${named}", but of ${known}.`);
}
