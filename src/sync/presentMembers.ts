import { soqlText } from '../client/index.js';
import type { LoyaltyClient } from '../client/index.js';

/** Most members in one look-up. */
export const mostInLookUp = 2000;

/** How many merges in a row are followed. */
const longestChain = 5;

/**
 * Finds the current members for membership numbers. Journals of a merged membership move to the one that it was merged
 * into, but the number in a feed does not change.
 */
export class PresentMembers {
  readonly #client: LoyaltyClient;
  readonly #program: string;

  constructor(client: LoyaltyClient, program: string) {
    this.#client = client;
    this.#program = program;
  }

  /** Returns the Ids of the members, by number in lower case. A number that the program does not have is left out. */
  async idsOf(numbers: readonly string[]): Promise<Map<string, string>> {
    const ids = new Map<string, string>();
    if (numbers.length === 0) return ids;
    for (const { Id, MembershipNumber, MemberStatus } of await this.#client.members.find(this.#program, numbers)) {
      const present = MemberStatus === 'Merged' ? await this.#mergedInto(Id) : Id;
      ids.set(MembershipNumber.toLowerCase(), present);
    }
    return ids;
  }

  async #mergedInto(memberId: string): Promise<string> {
    let present = memberId;
    for (let step = 0; step < longestChain; step++) {
      const [merge] = await this.#client.query.all(
        'SELECT TargetMemberId FROM LoyaltyProgramMemberMerge ' +
          `WHERE SourceMemberId = ${soqlText(present)} AND Status = 'Merged' ORDER BY CreatedDate DESC LIMIT 1`,
      );
      const target = merge?.['TargetMemberId'];
      if (typeof target !== 'string') break;
      present = target;
    }
    return present;
  }
}
