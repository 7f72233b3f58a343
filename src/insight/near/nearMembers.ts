import { readOrgDay } from '../../client/index.js';
import type { LoyaltyClient } from '../../client/index.js';
import { nearAttributes } from './nearAttributes.js';
import { nearPromotions } from './nearPromotions.js';
import type { NearQuestion, NearReward } from './nearReward.js';
import { nearTiers } from './nearTiers.js';
import { nearVouchers } from './nearVouchers.js';

/**
 * Yields the active members of a program who are near a reward. Memory holds one page of the org's answer, however many
 * they are, and the values of engagement attributes that count for promotions.
 * @throws {RangeError} for a percentage that no open target can have, or a name that no field of a contact can have
 * @throws {UnknownProgramError}
 * @throws {UnknownVoucherDefinitionError}
 * @throws {LoyaltyApiError} also for a field that the org does not have or the user may not read
 */
export async function* nearMembers(
  client: LoyaltyClient,
  program: string,
  question: NearQuestion,
): AsyncGenerator<NearReward, void, void> {
  const { near, reward = 'promotion' } = question;
  if (!(near >= 0 && near < 100)) throw new RangeError(`"near" is a percentage from 0 to below 100, not ${near}.`);
  const found = await client.programs.get(program);
  const now = client.orgTime ?? Date.now();
  if (reward === 'promotion') {
    const today = await readOrgDay(client);
    yield* nearPromotions(client, { id: found.Id, today }, question);
    yield* nearAttributes(client, found, { ...question, now, today });
  } else if (reward === 'voucher') {
    yield* nearVouchers(client, found.Id, question);
  } else {
    const today = await readOrgDay(client);
    yield* nearTiers(client, { id: found.Id, name: found.Name, today }, question);
  }
}
