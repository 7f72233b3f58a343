import { enrollmentStates } from '../../outbox/index.js';
import type { Enrollment, Outbox } from '../../outbox/index.js';

type State = Enrollment['state'];

/** The members whom a run has enrolled on the way, whom the org refused, or whom a dry run would enroll. */
export type EnrolledMembers = Readonly<Record<State, number>> & {
  /** The first of them, at most `recordLimit`. */
  readonly records: readonly Enrollment[];
  /** How many more there are. The results folder has all of them. */
  readonly recordsLeftOut: number;
};

const recordLimit = 1000;

/** Returns undefined if a run has enrolled nobody and was refused nobody. */
export function enrolledMembers({ enrollments }: Outbox, run: string): EnrolledMembers | undefined {
  const counts = Object.fromEntries(enrollmentStates.map((state) => [state, 0])) as Record<State, number>;
  const records: Enrollment[] = [];
  let recordsLeftOut = 0;
  for (const enrollment of enrollments.ofRun(run)) {
    counts[enrollment.state] += 1;
    if (records.length < recordLimit) records.push(enrollment);
    else recordsLeftOut += 1;
  }
  return records.length === 0 ? undefined : { ...counts, records, recordsLeftOut };
}
