import type { LoyaltyClient } from '../../client/index.js';
import { updateProgressForCumulativePromotionUsage } from '../../contract/actions/promotionActions.js';
import { cumulativePromotions } from './cumulativePromotions.js';
import { RouteSetupError } from './routeSetupError.js';

/** Checks that the org has the action, and the program a promotion that it advances. @throws {RouteSetupError} */
export async function checkProgressSetup(client: LoyaltyClient, program: string): Promise<void> {
  const { name } = updateProgressForCumulativePromotionUsage;
  const [action, promotions] = await Promise.all([client.actions.find(name), cumulativePromotions(client, program)]);
  if (!action) {
    throw new RouteSetupError(`The org has no action ${name}, or this user may not run it.`, [
      'Have the user given the permissions of Loyalty Management, or leave out --route.',
    ]);
  }
  if (promotions.length > 0) return;
  throw new RouteSetupError(`The program ${program} has no cumulative promotion.`, [
    'Create a promotion of the type Cumulative in it.',
  ]);
}
