import { namesText } from '../base/text/namesText.js';
import type { SimulatedOrg } from './simulatedOrg.js';
import { SimulationError } from './simulationError.js';

/**
 * Returns the name of a promotion as the org has it.
 * @throws {SimulationError} if neither the program nor its rules have it
 */
export function askedPromotion({ org: { store }, promotions }: SimulatedOrg, name: string): string {
  const names = new Set([...store.find('Promotion', {}).map((row) => String(row['Name'])), ...promotions]);
  const found = [...names].find((each) => each.toLowerCase() === name.toLowerCase());
  if (found !== undefined) return found;
  const known = names.size === 0 ? 'none at all' : namesText([...names].sort());
  throw new SimulationError(`Neither the program nor its rules have a promotion "${name}". They have: ${known}.`, [
    'Give --why-not the name of a promotion.',
  ]);
}
