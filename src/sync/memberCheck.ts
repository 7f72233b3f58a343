import type { LoyaltyClient } from '../client/index.js';
import { unknownMember } from '../outbox/index.js';
import type { DeliveryState } from './deliveryState.js';

/**
 * Looks for members before anything is sent for them, many in one query. With one unknown member, the org would refuse
 * a whole request of two hundred journals.
 */
export class MemberCheck {
  readonly #client: LoyaltyClient;
  readonly #program: string;
  readonly #state: DeliveryState;

  constructor(client: LoyaltyClient, program: string, state: DeliveryState) {
    this.#client = client;
    this.#program = program;
    this.#state = state;
  }

  /** Checks these members. Members that could not be looked for stay unchecked, and nothing is sent for them. */
  async check(members: readonly string[]): Promise<void> {
    const { delivery } = this.#state;
    const asked = await this.#state.ask(() => this.#client.members.find(this.#program, members));
    if ('failure' in asked) return delivery.noteFailure(members, asked.failure);
    // The org compares text without case.
    const known = new Set(asked.answer.map(({ MembershipNumber }) => MembershipNumber.toLowerCase()));
    const found = members.filter((member) => known.has(member.toLowerCase()));
    const absent = members.filter((member) => !known.has(member.toLowerCase()));
    const ended = await delivery.checkedMembers(found, absent, {
      code: unknownMember,
      message: (member) =>
        `The program ${this.#program} has no member ${member}. Enroll the member, then read the feed again or run ` +
        '"sync retry".',
    });
    this.#state.progressed(ended);
    this.#state.movedOn();
  }
}
