import { InactiveProgramError, LoyaltyApiError } from '../../client/index.js';
import type { LoyaltyClient } from '../../client/index.js';

/**
 * Waits for work in a program. Orgs answer for an inactive program as if it did not exist, so that is asked after such a
 * failure. Only then, because what an inactive program holds can be read.
 *
 * @throws {InactiveProgramError}
 */
export function orInactiveProgram<T>(client: LoyaltyClient, program: string, work: Promise<T>): Promise<T> {
  return work.catch(async (error: unknown) => {
    if (error instanceof LoyaltyApiError && error.status === 404) await requireActive(client, program);
    throw error;
  });
}

/** Says nothing if it cannot be found out. @throws {InactiveProgramError} */
export async function requireActive(client: LoyaltyClient, program: string): Promise<void> {
  try {
    await client.programs.mustBeActive(program);
  } catch (error) {
    if (error instanceof InactiveProgramError) throw error;
  }
}
