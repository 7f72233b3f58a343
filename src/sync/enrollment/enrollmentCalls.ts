import { enrollmentRefused } from '../../outbox/index.js';
import type { Enrollments, ItemFailure } from '../../outbox/index.js';
import type { LoyaltyClient } from '../../client/index.js';
import type { IndividualEnrollmentRequest } from '../../contract/endpoints/enrollmentEndpoints.js';
import { localTime } from '../../feed/index.js';
import type { EnrollmentDetails } from '../../transaction.js';
import { attempt, isLocal, itemFailure, stopReason, waitAfter } from '../attempt.js';
import type { Failure } from '../attempt.js';
import type { DeliveryState } from '../deliveryState.js';
import { EveryRowWatch } from '../everyRowWatch.js';
import type { MemberOutcomes } from '../memberOutcomes.js';
import type { PendingMember, PendingMembers } from './pendingMember.js';

export interface EnrollmentContext {
  readonly client: LoyaltyClient;
  readonly program: string;
  readonly run: string;
  readonly state: DeliveryState;
  readonly enrollments: Enrollments;
  readonly presence: MemberOutcomes;
}

/** The calls that enroll members, and what follows from each answer. Whoever has to be tried again is pending again. */
export class EnrollmentCalls {
  readonly #options: EnrollmentContext;
  readonly #pending: PendingMembers;
  /** Members that the org refuses, by number in lower case, with the details that it has refused. */
  readonly #refused = new Map<string, { readonly details: string; readonly failure: ItemFailure }>();
  readonly #everyMember = new EveryRowWatch('enrollment');

  constructor(options: EnrollmentContext, pending: PendingMembers) {
    this.#options = options;
    this.#pending = pending;
  }

  /** Finds out whether members exist by now whose enrollment is in doubt. */
  async lookUp(all: readonly PendingMember[]): Promise<void> {
    const { client, program, state, presence, enrollments } = this.#options;
    const asked = await state.ask(() =>
      client.members.find(
        program,
        all.map(({ member }) => member),
      ),
    );
    if ('failure' in asked) {
      for (const pending of all) await this.#again(pending, asked.failure, pending.at);
      return;
    }
    const ids = new Map(asked.answer.map(({ Id, MembershipNumber }) => [MembershipNumber.toLowerCase(), Id]));
    for (const pending of all) {
      const { member, doubt } = pending;
      const memberId = ids.get(member.toLowerCase());
      if (memberId !== undefined) await this.#exists(member, memberId, doubt?.isOurs === true);
      else if (doubt?.refusal) await this.#refuse(member, itemFailure(doubt.refusal));
      else if (presence.policy === 'enroll') this.#pending.put({ ...pending, doubt: undefined });
      else {
        await enrollments.withdraw(member);
        await presence.store(
          [],
          [member],
          presence.absentReason(() => undefined),
        );
      }
    }
  }

  /** Enrolls a member with the details that the outbox has by now. */
  async enroll(pending: PendingMember): Promise<void> {
    const { client, program, state, presence, enrollments } = this.#options;
    const { member } = pending;
    // A correction may have given the transactions to another member.
    if (!(await enrollments.isWanted(member))) return;
    const details = (await enrollments.find([member])).get(member.toLowerCase())?.details;
    if (!details)
      return presence.store(
        [],
        [member],
        presence.absentReason(() => undefined),
      );
    const refused = this.#refused.get(member.toLowerCase());
    if (refused && refused.details === JSON.stringify(details)) return this.#refuse(member, refused.failure);
    await enrollments.begin(member);
    const barred = await state.mayLeave();
    if (barred) {
      await enrollments.withdraw(member);
      return this.#again(pending, barred, pending.at);
    }
    const startedAt = state.clock.monotonic();
    const result = await attempt(1, () =>
      client.members.enroll(program, requestOf(member, details, state.clock.now())),
    );
    if ('failure' in result) return this.#failed({ ...pending, attempts: pending.attempts + 1 }, result.failure);
    this.#everyMember.succeeded();
    state.pace.answered(state.clock.monotonic() - startedAt);
    return this.#exists(member, result.answer.loyaltyProgramMemberId, true);
  }

  async #exists(member: string, memberId: string, isOurs: boolean): Promise<void> {
    const { enrollments, run, presence } = this.#options;
    if (isOurs) await enrollments.settle(run, { member, state: 'enrolled', memberId });
    await presence.store(
      [member],
      [],
      presence.absentReason(() => undefined),
    );
  }

  async #failed(pending: PendingMember, failure: Failure): Promise<void> {
    const { state, enrollments } = this.#options;
    const { member } = pending;
    const now = state.clock.monotonic();
    const reason = stopReason(failure);
    if (reason) state.stop(reason);
    if (failure.kind === 'unknown') {
      state.pace.failed(waitAfter(failure));
      const until = state.windowFromNow();
      await enrollments.doubt(member, until);
      return this.#again({ ...pending, doubt: { isOurs: true } }, itemFailure(failure), until);
    }
    if (!failure.nothingStored || failure.code === 'DUPLICATE_VALUE') {
      // No settle window: the org has answered, so that a look-up tells at once what it has.
      await enrollments.doubt(member, now);
      const refusal = failure.kind === 'refused' ? failure : undefined;
      const isOurs = pending.attempts > 1 || failure.code !== 'DUPLICATE_VALUE';
      return this.#again({ ...pending, doubt: { isOurs, refusal } }, itemFailure(failure), now);
    }
    await enrollments.withdraw(member);
    if (failure.kind === 'later' || failure.kind === 'stop') {
      if (!isLocal(failure)) state.pace.failed(waitAfter(failure));
      const at = isLocal(failure) ? state.pace.retryAt(pending.attempts, waitAfter(failure)) : now;
      return this.#again(pending, itemFailure(failure), at);
    }
    const everyOne = this.#everyMember.refused([failure]);
    if (everyOne) state.stop(everyOne);
    return everyOne ? this.#again(pending, itemFailure(failure), now) : this.#refuse(member, itemFailure(failure));
  }

  async #again(pending: PendingMember, failure: ItemFailure, at: number): Promise<void> {
    this.#pending.put({ ...pending, at });
    await this.#options.state.delivery.noteFailure([pending.member], failure);
  }

  async #refuse(member: string, failure: ItemFailure): Promise<void> {
    const { enrollments, run, program, presence } = this.#options;
    const details = (await enrollments.find([member])).get(member.toLowerCase())?.details;
    this.#refused.set(member.toLowerCase(), { details: JSON.stringify(details), failure });
    await enrollments.settle(run, { member, state: 'refused', ...failure });
    const message = (): string =>
      `The program ${program} has no member ${member}, and the org refused to enroll the member: ${failure.code}: ` +
      `${failure.message} Correct the cause, then read the feed again or run "sync retry".`;
    await presence.store([], [member], { code: enrollmentRefused, policy: 'refuseHeld', message });
  }
}

function requestOf(
  membershipNumber: string,
  { enrollmentDate, memberStatus = 'Active', ...details }: EnrollmentDetails,
  now: number,
): IndividualEnrollmentRequest {
  return { ...details, membershipNumber, memberStatus, enrollmentDate: enrollmentDate ?? localTime(new Date(now)) };
}
