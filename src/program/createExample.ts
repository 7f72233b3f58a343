import { LoyaltyClient } from '../client/index.js';
import { createProgram } from './createProgram.js';
import { createHistory } from './exampleHistory.js';
import { createBadge, createGame } from './exampleGames.js';
import { createOffers } from './exampleOffers.js';
import { createRewards } from './exampleRewards.js';
import { madeUpMembers } from './feed/generateMembers.js';
import { harbourRewards } from './harbourRewards.js';

/** What an org has for trying things out. */
export interface Example {
  readonly program: string;
  /** Membership numbers. They are the first ones of every feed that `harbourFeed` makes. */
  readonly members: string[];
}

export interface ExampleOptions {
  /** How many members to enroll. Default 20. */
  readonly members?: number;
  /** Days before `today` on which they bought something. Default 42; with 0, nobody has bought anything. */
  readonly days?: number;
  /** `yyyy-MM-dd`. Default: today. */
  readonly today?: string;
}

/**
 * Creates the example program, enrolls members in it, and sends their purchases of the last weeks. Records that already
 * exist are not changed.
 * @throws {ProgramCreationError | LoyaltyApiError | LoyaltyProcessError | LostAnswerError}
 */
export async function createExample(client: LoyaltyClient, options: ExampleOptions = {}): Promise<Example> {
  const { members: count = 20, days = 42, today = new Date().toISOString().slice(0, 10) } = options;
  const program = harbourRewards.name;
  await createProgram(client, harbourRewards);
  const members = await enrollMembers(client, program, count);
  if (days > 0) await createHistory(client, { program, members: count, days, today });
  return { program, members };
}

/**
 * Creates the example in a local org: `Emulator.start({ seed: exampleOrg })`. Its first member also has a benefit,
 * vouchers, a game to play and a badge. There are also a club, a partner and a referral promotion to try.
 * @throws {Error} as {@link createExample}
 */
export async function exampleOrg({ url }: { readonly url: string }, options?: ExampleOptions): Promise<Example> {
  const client = await LoyaltyClient.connect({ instanceUrl: url, clientId: 'example', clientSecret: 'none' });
  const example = await createExample(client, options);
  const [first] = await client.members.find(example.program, example.members.slice(0, 1));
  if (!first) return example;
  const owner = { programId: (await client.programs.get(example.program)).Id, memberId: first.Id };
  await createRewards(client, owner.programId, owner.memberId);
  await createGame(client, owner);
  await createBadge(client, owner);
  await createOffers(client, owner.programId);
  return example;
}

async function enrollMembers(client: LoyaltyClient, program: string, count: number): Promise<string[]> {
  const members = [...madeUpMembers({ seed: 1, members: count })];
  const numbers = members.map(({ number }) => number);
  const existing = new Set((await client.members.find(program, numbers)).map((row) => row.MembershipNumber));
  for (const [index, { number, firstName, lastName, email, enrollmentDate }] of members.entries()) {
    if (existing.has(number)) continue;
    await client.members.enroll(program, {
      membershipNumber: number,
      enrollmentDate: `${enrollmentDate}T00:00:00`,
      memberStatus: 'Active',
      // Three of four.
      canReceivePromotions: index % 4 !== 3,
      associatedContactDetails: { firstName, lastName, email },
    });
  }
  return numbers;
}
