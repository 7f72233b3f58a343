import type { LoyaltyClient } from '../client/index.js';
import { createProgram } from './createProgram.js';
import { madeUpMembers } from './feed/generateMembers.js';
import { harbourRewards } from './harbourRewards.js';

/** What an org has to try things with. */
export interface Example {
  readonly program: string;
  /** Membership numbers, the first ones of every feed that `generateFeed` makes. */
  readonly members: string[];
}

/**
 * Creates the example program and enrolls members in it. What is there already stays as it is.
 * @throws ProgramCreationError, LoyaltyApiError, LostAnswerError
 */
export async function createExample(client: LoyaltyClient, count: number): Promise<Example> {
  await createProgram(client, harbourRewards);
  const program = harbourRewards.name;
  const members = [...madeUpMembers({ seed: 1, members: count })];
  const numbers = members.map(({ number }) => number);
  const existing = new Set((await client.members.find(program, numbers)).map((row) => row.MembershipNumber));
  for (const { number, firstName, lastName, email, enrollmentDate } of members) {
    if (existing.has(number)) continue;
    await client.members.enroll(program, {
      membershipNumber: number,
      enrollmentDate: `${enrollmentDate}T00:00:00`,
      memberStatus: 'Active',
      associatedContactDetails: { firstName, lastName, email },
    });
  }
  return { program, members: numbers };
}
