import type { LoyaltyClient, MemberRow } from '../client/index.js';
import { endedGroupsInMemory, transactionsOf } from '../feed/index.js';
import type { Feed, JournalTarget } from '../feed/index.js';

/** Most rows in which members are looked for. */
const mostRows = 2000;

/** The members of the first rows of a feed, and who of them the program has. */
export interface FirstMembers {
  /** In lower case. */
  readonly names: ReadonlySet<string>;
  readonly found: readonly MemberRow[];
}

interface FirstQuestion {
  readonly client: LoyaltyClient;
  readonly program: string;
  readonly target: JournalTarget;
  /** Members of one request. */
  readonly most: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Looks for the members of a first request while the org is asked who else sends, because each question may take half a
 * second. Reads only the beginning of a feed that can be read again. Undefined if it did not find out: then they are
 * looked for like all others.
 */
export async function askFirstMembers(
  [feed]: readonly Feed[],
  { client, program, target, most, signal }: FirstQuestion,
): Promise<FirstMembers | undefined> {
  if (feed?.canBeReadAgain !== true) return undefined;
  try {
    const members = await membersOf(feed, { target, most, signal });
    if (members.length === 0 || signal?.aborted === true) return undefined;
    const found = await client.members.find(program, members);
    return { names: new Set(members.map((member) => member.toLowerCase())), found };
  } catch {
    // Whatever it was, the run meets it again.
    return undefined;
  }
}

async function membersOf(
  feed: Feed,
  { target, most, signal }: Pick<FirstQuestion, 'target' | 'most' | 'signal'>,
): Promise<string[]> {
  const members = new Map<string, string>();
  for await (const { entries } of feed.read({ endedGroups: endedGroupsInMemory(), target, limit: mostRows, signal })) {
    for (const { member } of entries.flatMap(transactionsOf)) {
      if (!members.has(member.toLowerCase())) members.set(member.toLowerCase(), member);
      if (members.size === most) return [...members.values()];
    }
  }
  return [...members.values()];
}
