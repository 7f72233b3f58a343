import type { PlanEntry } from '../plan/programPlan.js';
import type { Application } from './application.js';

/** Enrolls members, one at a time. Returns the Ids of all members of the plan, by number in lower case. */
export async function enrollDefined(
  application: Application,
  entries: readonly PlanEntry[],
  program: string,
): Promise<ReadonlyMap<string, string>> {
  const ids = new Map<string, string>();
  for (const entry of entries) {
    if (entry.source.kind !== 'member') continue;
    const { number, firstName, lastName, email, enrollmentDate } = entry.source.member;
    if (entry.action === 'leave') {
      ids.set(number.toLowerCase(), entry.id ?? '');
      continue;
    }
    const request = {
      membershipNumber: number,
      enrollmentDate: `${enrollmentDate}T00:00:00`,
      memberStatus: 'Active',
      associatedContactDetails: {
        lastName,
        ...(firstName !== undefined && { firstName }),
        ...(email !== undefined && { email }),
      },
    };
    const enroll = () => application.client.members.enroll(program, request);
    const { loyaltyProgramMemberId: id } = await application.attempt([entry], enroll);
    ids.set(number.toLowerCase(), id);
    application.done(entry, id);
  }
  return ids;
}
