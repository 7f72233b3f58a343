import { applyPlan } from './apply/applyPlan.js';
import type { ProgramCreation } from './apply/applyPlan.js';
import type { ProgramDefinitionInput } from './definition/programDefinition.js';
import { planProgram } from './plan/planProgram.js';
import type { ProgramClient } from './programClient.js';

/**
 * Plans a program and applies the plan, so that the org has what the definition says. Fields that the definition does
 * not set are left alone, and nothing is deleted.
 *
 * Processes are created as records without rules. The local org has a built-in rule; in any other org rules come from
 * Setup or from metadata (LoyaltyProgramSetup).
 *
 * @throws {z.ZodError} for a definition that contradicts itself; nothing is sent
 * @throws {ImpossiblePlanError} if the org cannot take all of it; nothing is written
 * @throws {ProgramCreationError} if the org refuses a record, or if the answer to a write is lost
 * @throws {LoyaltyApiError} with status 401, and LostAnswerError: the org was not reached, which says nothing about the
 * program
 */
export async function createProgram(
  client: ProgramClient,
  definition: ProgramDefinitionInput,
): Promise<ProgramCreation> {
  return applyPlan(client, await planProgram(client, definition));
}
