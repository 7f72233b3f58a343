import { unknownMember, waitsForMember } from '../outbox/index.js';
import type { AbsentReason } from '../outbox/index.js';
import type { DeliveryState } from './deliveryState.js';

/** What a run does about transactions of members who do not exist. */
export const unknownMemberPolicies = ['refuse', 'enroll', 'hold'] as const;
export type UnknownMembers = (typeof unknownMemberPolicies)[number];

/** Stores which members the program has, with what follows for their transactions, and tells who watches. */
export class MemberOutcomes {
  readonly #program: string;
  readonly #state: DeliveryState;
  readonly policy: UnknownMembers | undefined;

  /** @param policy if it is not given, members are refused, but what an earlier run holds stays held */
  constructor(program: string, state: DeliveryState, policy?: UnknownMembers) {
    this.#program = program;
    this.#state = state;
    this.policy = policy;
  }

  /** @param reason what becomes of the transactions of absent members */
  async store(found: readonly string[], absent: readonly string[], reason: AbsentReason): Promise<void> {
    const ended = await this.#state.delivery.checkedMembers(found, absent, reason);
    this.#state.watch.outcomes(
      ended.map(({ key, member }) => ({
        ...{ key, member, is: 'refused', code: reason.code, message: reason.message(member) },
      })),
    );
    this.#state.progressed(ended.length);
    this.#state.movedOn();
  }

  /** Returns what becomes of transactions whose member the program does not have. */
  absentReason(missingDetails: (member: string) => string | undefined): AbsentReason {
    const absent = (member: string): string => `The program ${this.#program} has no member ${member}.`;
    if (this.policy === 'hold') {
      const next = 'It is sent once the member exists: enroll the member, then run "sync resume".';
      return { code: waitsForMember, policy: 'hold', message: (member) => `${absent(member)} ${next}` };
    }
    const next = 'Enroll the member, then read the feed again or run "sync retry".';
    const why = (member: string): string => {
      if (this.policy !== 'enroll') return '';
      return ` The member cannot be enrolled: ${missingDetails(member) ?? 'no row with details was read.'}`;
    };
    const policy = this.policy === 'refuse' ? 'refuseHeld' : 'refuse';
    return { code: unknownMember, policy, message: (member) => `${absent(member)}${why(member)} ${next}` };
  }
}
