import type { Fate } from './fakeOrg.js';
import type { World } from './world.js';

export function manyMembers(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `M${index + 1}`);
}

/**
 * Gives the first requests these fates, and all others an honest org. A fate with shares is stored, one without is not.
 */
export function fates(world: World, ...first: readonly (Partial<Fate> | undefined)[]): void {
  const { org } = world;
  org.fate = (execution) => {
    const fate = first[org.executions.length - 1];
    if (!fate) return org.honest(execution);
    return { answersAt: 300, answer: 'results', ...fate, ...('share' in fate && { storesAt: 100 }) };
  };
}
