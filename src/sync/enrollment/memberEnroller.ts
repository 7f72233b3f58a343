import { enrollmentRefused } from '../../outbox/index.js';
import type { Enrollments, ItemFailure, MemberDetails } from '../../outbox/index.js';
import type { LoyaltyClient } from '../../client/index.js';
import type { IndividualEnrollmentRequest } from '../../contract/endpoints/enrollmentEndpoints.js';
import { localTime } from '../../feed/index.js';
import type { EnrollmentDetails } from '../../transaction.js';
import { attempt, isLocal, itemFailure, stopReason, waitAfter } from '../attempt.js';
import type { Failure } from '../attempt.js';
import type { DeliveryState } from '../deliveryState.js';
import { EveryRowWatch } from '../everyRowWatch.js';
import { mostInLookUp } from '../presentMembers.js';
import type { MemberOutcomes } from '../memberOutcomes.js';
import { DetailsWait } from './detailsWait.js';
import type { RestOfFeeds } from './detailsWait.js';
import { PendingMembers } from './pendingMember.js';
import type { PendingMember } from './pendingMember.js';

interface EnrollerOptions {
  readonly client: LoyaltyClient;
  readonly program: string;
  readonly run: string;
  readonly state: DeliveryState;
  readonly enrollments: Enrollments;
  readonly presence: MemberOutcomes;
  /** True for a dry run, which enrolls nobody. */
  readonly plans: boolean;
}

/**
 * Enrolls members whom the program does not have, each once: the membership number is the key.
 *
 * - The intent is on disk before the call leaves. While an enrollment may be under way (its answer was lost, or the
 *   process has died), nobody enrolls the member again: after the settle window the member is looked up.
 * - A number that the org refuses because it has it is looked up, too: somebody else was faster.
 * - A refusal refuses the transactions of the member, with the org's reason. The details stay, so that a later run can
 *   try again.
 * - "Later" is tried again, as for any other request.
 * - A member without usable details waits for a row that has them: see {@link DetailsWait}.
 *
 * The transactions of the member wait meanwhile, and leave in their order as soon as the member exists.
 */
export class MemberEnroller {
  readonly #options: EnrollerOptions;
  readonly #pending = new PendingMembers();
  readonly #lacking = new DetailsWait();
  /** Members that the org refuses, by number in lower case, with the details that it has refused. */
  readonly #refused = new Map<string, { readonly details: string; readonly failure: ItemFailure }>();
  readonly #everyMember = new EveryRowWatch('enrollment');
  /** Members of calls in progress, in lower case. */
  readonly #inProgress = new Set<string>();

  constructor(options: EnrollerOptions) {
    this.#options = options;
  }

  /** Number of members who are to be enrolled. */
  get waiting(): number {
    return this.#pending.size + this.#inProgress.size;
  }

  /** Whether members are being enrolled now, so that more transactions can be sent soon. */
  get isBusy(): boolean {
    return this.#inProgress.size > 0 || this.#pending.isDue(this.#options.state.clock.monotonic());
  }

  /** When there is something to do next: undefined if nobody waits. */
  get nextDue(): number | undefined {
    return this.#lacking.isOver ? 0 : this.#pending.nextDue;
  }

  /** Members without usable details wait for those that later rows may have. */
  awaitDetailsOf(feeds: RestOfFeeds): void {
    this.#lacking.follow(feeds);
  }

  /** Whether it waits until this time because an enrollment may be under way. */
  isInDoubt(at: number): boolean {
    return this.#pending.isInDoubt(at);
  }

  /**
   * Takes members whom the program does not have. Returns the others: those who cannot be enrolled. The second list are
   * members who would be, in a dry run.
   */
  async take(
    absent: readonly string[],
    known: ReadonlyMap<string, MemberDetails>,
  ): Promise<{ readonly others: readonly string[]; readonly planned: readonly string[] }> {
    const { plans, presence, enrollments, state, run } = this.#options;
    const now = state.clock.monotonic();
    const wanted = absent.filter((member) => {
      const { details, until = 0 } = known.get(member.toLowerCase()) ?? {};
      return (presence.policy === 'enroll' && details !== undefined) || (until > now && !plans);
    });
    const isWanted = new Set(wanted);
    const others = absent.filter((member) => !isWanted.has(member));
    this.#lacking.delete(wanted);
    if (plans) {
      for (const member of wanted) await enrollments.settle(run, { member, state: 'wouldBeEnrolled' });
      return { others, planned: wanted };
    }
    if (wanted.length > 0) await enrollments.keepBack(wanted);
    for (const member of wanted) {
      if (this.#pending.has(member) || this.#inProgress.has(member.toLowerCase())) continue;
      const { until = 0 } = known.get(member.toLowerCase()) ?? {};
      const doubt = until > now ? { isOurs: true } : undefined;
      this.#pending.put({ member, attempts: 0, at: doubt ? until : now, doubt });
    }
    if (presence.policy !== 'enroll' || !this.#lacking.isUseful || others.length === 0) return { others, planned: [] };
    await enrollments.awaitDetails(others);
    this.#lacking.add(others);
    return { others: [], planned: [] };
  }

  /** Enrolls members who have got details, and refuses the others: no more details will come. */
  async #endWait(members: readonly string[]): Promise<void> {
    const { presence, enrollments } = this.#options;
    const known = await enrollments.find(members);
    const { others } = await this.take(members, known);
    await presence.store(
      [],
      others,
      presence.absentReason((member) => known.get(member.toLowerCase())?.problem),
    );
  }

  /** Records that members exist whose enrollment was in doubt. */
  async found(members: readonly string[], known: ReadonlyMap<string, MemberDetails>): Promise<void> {
    const { enrollments, run } = this.#options;
    this.#lacking.delete(members);
    for (const member of members)
      if (known.get(member.toLowerCase())?.until !== undefined)
        await enrollments.settle(run, { member, state: 'enrolled' });
  }

  /** Returns the next call, or undefined if none can be made now. */
  next(): (() => Promise<void>) | undefined {
    const now = this.#options.state.clock.monotonic();
    if (this.#lacking.isOver) {
      const members = this.#lacking.take(mostInLookUp);
      return () => this.#endWait(members);
    }
    const doubtful = this.#pending.takeDoubtful(now);
    if (doubtful.length > 0) return this.#marked(doubtful, () => this.#lookUp(doubtful));
    const next = this.#pending.takeNext(now);
    return next && this.#marked([next], () => this.#enroll(next));
  }

  #marked(members: readonly PendingMember[], work: () => Promise<void>): () => Promise<void> {
    const names = members.map(({ member }) => member.toLowerCase());
    for (const name of names) this.#inProgress.add(name);
    return async () => {
      try {
        await work();
      } finally {
        for (const name of names) this.#inProgress.delete(name);
      }
    };
  }

  async #lookUp(all: readonly PendingMember[]): Promise<void> {
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

  async #enroll(pending: PendingMember): Promise<void> {
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
