import type { LoyaltyClient, MemberRow } from '../client/index.js';
import type { Enrollments } from '../outbox/index.js';
import type { DeliveryState } from './deliveryState.js';
import type { MemberEnroller } from './enrollment/memberEnroller.js';
import type { FirstMembers } from './firstMembers.js';
import type { MemberOutcomes } from './memberOutcomes.js';
import type { MemberIds } from './memberIds.js';
import { mostInLookUp } from './presentMembers.js';

/** Milliseconds after which members whose transactions are held are looked for again, while a run goes on. */
const recheckAfter = 5 * 60_000;

/** Most look-ups at a time. */
const mostLookUps = 2;

export interface MemberCheckOptions {
  readonly client: LoyaltyClient;
  readonly program: string;
  readonly state: DeliveryState;
  readonly presence: MemberOutcomes;
  readonly enrollments: Enrollments;
  readonly enroller: MemberEnroller;
  /** Learns the Ids of the members that are found. */
  readonly memberIds?: MemberIds | undefined;
  /** What was asked before the run began. */
  readonly first?: FirstMembers | undefined;
}

/**
 * Looks for members before anything is sent for them, many in one look-up. With one unknown member, the org would refuse
 * a whole request of two hundred journals.
 */
export class MemberCheck {
  readonly #client: LoyaltyClient;
  readonly #program: string;
  readonly #state: DeliveryState;
  readonly #presence: MemberOutcomes;
  readonly #enroller: MemberEnroller;
  readonly #enrollments: Enrollments;
  readonly #memberIds: MemberIds | undefined;
  #first: FirstMembers | undefined;
  /** Members that are being looked for. */
  readonly #asked = new Set<string>();
  #lookUps = 0;
  /** Whether a look-up need not be short. */
  #asksForMany = false;
  #recheckAt: number;

  constructor({ client, program, state, presence, enrollments, enroller, memberIds, first }: MemberCheckOptions) {
    this.#client = client;
    this.#program = program;
    this.#state = state;
    this.#presence = presence;
    this.#enrollments = enrollments;
    this.#enroller = enroller;
    this.#memberIds = memberIds;
    this.#first = first;
    this.#recheckAt = state.clock.monotonic() + recheckAfter;
  }

  /** Whether members are being looked for. */
  get isAsking(): boolean {
    return this.#lookUps > 0;
  }

  /**
   * Returns the next look-up, or undefined if no member is left or enough are in progress. The first one is for one
   * request, which need not wait for more.
   *
   * @param isGathering whether more members are to be waited for, so that look-ups are few
   */
  async next(isGathering = false): Promise<(() => Promise<void>) | undefined> {
    this.#asksForMany ||= isGathering;
    if (this.#lookUps >= mostLookUps) return undefined;
    await this.#recheck();
    const most = this.#asksForMany ? mostInLookUp : Math.min(mostInLookUp, this.#state.pace.batchSize);
    const unchecked = await this.#state.delivery.uncheckedMembers(most + this.#asked.size);
    const members = unchecked.filter((member) => !this.#asked.has(member)).slice(0, most);
    const isWaiting = members.length === 0 || (isGathering && members.length < most);
    return isWaiting ? undefined : this.#lookUp(members);
  }

  async #recheck(): Promise<void> {
    const now = this.#state.clock.monotonic();
    if (now < this.#recheckAt) return;
    this.#recheckAt = now + recheckAfter;
    await this.#state.delivery.recheckMembers();
  }

  #lookUp(members: readonly string[]): () => Promise<void> {
    this.#asksForMany = true;
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

  async #find(members: readonly string[]): Promise<readonly MemberRow[]> {
    const first = this.#first;
    this.#first = undefined;
    if (first && members.every((member) => first.names.has(member.toLowerCase()))) return first.found;
    return this.#client.members.find(this.#program, members);
  }

  /** Members that could not be looked for stay unchecked, and nothing is sent for them. */
  async #check(members: readonly string[]): Promise<void> {
    const { delivery, follower } = this.#state;
    const storeFirst = follower?.readFirst(members);
    const asked = await this.#state.ask(() => this.#find(members));
    if ('failure' in asked) return delivery.noteFailure(members, asked.failure);
    this.#memberIds?.learn(asked.answer);
    // The org compares text without case.
    const known = new Set(asked.answer.map(({ MembershipNumber }) => MembershipNumber.toLowerCase()));
    const found = members.filter((member) => known.has(member.toLowerCase()));
    const absent = members.filter((member) => !known.has(member.toLowerCase()));
    await storeFirst?.(found);
    const details = await this.#enrollments.find(members);
    await this.#enroller.found(found, details);
    const { others, planned } = await this.#enroller.take(absent, details);
    const problem = (member: string): string | undefined => details.get(member.toLowerCase())?.problem;
    await this.#presence.store([...found, ...planned], others, this.#presence.absentReason(problem));
  }
}
