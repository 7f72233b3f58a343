import type { MemberDetails } from '../../outbox/index.js';
import { mostInLookUp } from '../presentMembers.js';
import { DetailsWait } from './detailsWait.js';
import type { RestOfFeeds } from './detailsWait.js';
import { EnrollmentCalls } from './enrollmentCalls.js';
import type { EnrollmentContext } from './enrollmentCalls.js';
import { PendingMembers } from './pendingMember.js';
import type { PendingMember } from './pendingMember.js';

interface EnrollerOptions extends EnrollmentContext {
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
  readonly #calls: EnrollmentCalls;
  /** Members of calls in progress, in lower case. */
  readonly #inProgress = new Set<string>();

  constructor(options: EnrollerOptions) {
    this.#options = options;
    this.#calls = new EnrollmentCalls(options, this.#pending);
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
    if (doubtful.length > 0) return this.#marked(doubtful, () => this.#calls.lookUp(doubtful));
    const next = this.#pending.takeNext(now);
    return next && this.#marked([next], () => this.#calls.enroll(next));
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
}
