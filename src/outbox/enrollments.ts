import type { EnrollmentDetails } from '../transaction.js';

/**
 * Members who are enrolled on the way, because the program does not have them.
 *
 * - The **details** of a member are stored with the row that has them, in the same commit, unless the member is known to
 *   exist. Those of the latest row that has any count. They are erased once the member exists, or when nothing in the
 *   outbox needs them.
 * - The **intent** to enroll is on disk before the call leaves. Until its answer is stored, an enrollment may be under
 *   way: nobody enrolls the member again before the settle window has passed and the member has been looked up.
 * - What became of a member is an **enrollment** of the run that tried it.
 */
export interface Enrollments {
  /** Returns what is known of these members, by number in lower case. Members without details are left out. */
  find(members: readonly string[]): Promise<ReadonlyMap<string, MemberDetails>>;
  /** Keeps the transactions of these members back until {@link Delivery.checkedMembers} is told of the members. */
  keepBack(members: readonly string[]): Promise<void>;
  /** The same, also until a row with usable details of the member is stored: then the member is unchecked again. */
  awaitDetails(members: readonly string[]): Promise<void>;
  /** Returns whether transactions of the member still wait. */
  isWanted(member: string): Promise<boolean>;
  /**
   * Stores the intent to enroll a member.
   * @throws {OutboxTakenError} when another process has taken the outbox over; nothing may be sent then
   */
  begin(member: string): Promise<void>;
  /** The call did not leave, or the org certainly did not enroll the member. */
  withdraw(member: string): Promise<void>;
  /** An enrollment may be under way until this time of the monotonic clock. */
  doubt(member: string, until: number): Promise<void>;
  /** Stores what became of a member. None of its enrollments is under way any more. */
  settle(run: string, enrollment: Enrollment): Promise<void>;
  /** Yields the enrollments of a run. */
  ofRun(run: string): Iterable<Enrollment>;
}

export interface MemberDetails {
  /** Undefined if no row has any. */
  readonly details: EnrollmentDetails | undefined;
  /** Why there are none, as a sentence. */
  readonly problem: string | undefined;
  /** An enrollment may be under way until this time of the monotonic clock. Undefined if none is. */
  readonly until: number | undefined;
}

export const enrollmentStates = ['enrolled', 'refused', 'wouldBeEnrolled'] as const;

export interface Enrollment {
  readonly member: string;
  /** `wouldBeEnrolled`: by a dry run. */
  readonly state: (typeof enrollmentStates)[number];
  /** Id of the LoyaltyProgramMember, if known. */
  readonly memberId?: string | undefined;
  /** Why the org refuses the member. */
  readonly code?: string | undefined;
  readonly message?: string | undefined;
}
