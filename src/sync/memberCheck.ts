import type { LoyaltyClient } from '../client/index.js';
import { unknownMember } from '../outbox/index.js';
import type { DeliveryState } from './deliveryState.js';

/** Most members in one look-up. */
const mostMembers = 2000;
/** Most look-ups at a time. */
const mostLookUps = 2;

/**
 * Looks for members before anything is sent for them, many in one look-up. With one unknown member, the org would refuse
 * a whole request of two hundred journals.
 */
export class MemberCheck {
  readonly #client: LoyaltyClient;
  readonly #program: string;
  readonly #state: DeliveryState;
  /** Members that are being looked for. */
  readonly #asked = new Set<string>();
  #lookUps = 0;
  #hasAsked = false;

  constructor(client: LoyaltyClient, program: string, state: DeliveryState) {
    this.#client = client;
    this.#program = program;
    this.#state = state;
  }

  /** Whether members are being looked for. */
  get isAsking(): boolean {
    return this.#lookUps > 0;
  }

  /**
   * Returns the next look-up, or undefined if no member is left or enough are in progress. The first one is for one
   * request, which need not wait for more.
   */
  async next(): Promise<(() => Promise<void>) | undefined> {
    if (this.#lookUps >= mostLookUps) return undefined;
    const most = this.#hasAsked ? mostMembers : Math.min(mostMembers, this.#state.pace.batchSize);
    const unchecked = await this.#state.delivery.uncheckedMembers(most + this.#asked.size);
    const members = unchecked.filter((member) => !this.#asked.has(member)).slice(0, most);
    return members.length === 0 ? undefined : this.#lookUp(members);
  }

  #lookUp(members: readonly string[]): () => Promise<void> {
    this.#hasAsked = true;
    this.#lookUps += 1;
    for (const member of members) this.#asked.add(member);
    return async () => {
      try {
        await this.#check(members);
      } finally {
        this.#lookUps -= 1;
        for (const member of members) this.#asked.delete(member);
      }
    };
  }

  /** Members that could not be looked for stay unchecked, and nothing is sent for them. */
  async #check(members: readonly string[]): Promise<void> {
    const { delivery, follower } = this.#state;
    const storeFirst = follower?.readFirst(members);
    const asked = await this.#state.ask(() => this.#client.members.find(this.#program, members));
    if ('failure' in asked) return delivery.noteFailure(members, asked.failure);
    // The org compares text without case.
    const known = new Set(asked.answer.map(({ MembershipNumber }) => MembershipNumber.toLowerCase()));
    const found = members.filter((member) => known.has(member.toLowerCase()));
    const absent = members.filter((member) => !known.has(member.toLowerCase()));
    const message = (member: string): string =>
      `The program ${this.#program} has no member ${member}. Enroll the member, then read the feed again or run ` +
      '"sync retry".';
    await storeFirst?.(found);
    const ended = await delivery.checkedMembers(found, absent, { code: unknownMember, message });
    this.#state.watch.outcomes(
      ended.map(({ key, member }) => ({ key, member, is: 'refused', code: unknownMember, message: message(member) })),
    );
    this.#state.progressed(ended.length);
    this.#state.movedOn();
  }
}
