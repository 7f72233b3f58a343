import { changeEnrollment } from '../client/index.js';
import type { EnrollmentChange, LoyaltyClient } from '../client/index.js';
import { exitCodes } from './errors/exitCodes.js';
import type { ExitCode } from './errors/exitCodes.js';
import { orMissingProcess } from './errors/missingProcess.js';

/** What `enroll promotion` and `leave promotion` are given. */
interface WantedEnrollment {
  readonly member: string;
  readonly promotion: string;
  readonly process: string;
}

/** What the two commands show, before they name the status in their own words. */
interface ChangedEnrollment extends EnrollmentChange {
  /** Membership number. */
  readonly key: string;
  readonly memberId: string;
  readonly promotionId: string;
  readonly promotionName: string;
}

/** @throws {SfError} that lists the processes, if the org has none of that name */
export async function enrollmentChanged(
  { client, program }: { readonly client: LoyaltyClient; readonly program: string },
  { member, promotion, process: processName }: WantedEnrollment,
  isEnrolled: boolean,
): Promise<ChangedEnrollment> {
  const { Id: memberId, MembershipNumber: key } = await client.members.get(program, member);
  const { Id: promotionId, Name: promotionName } = await client.promotions.get(program, promotion);
  const wanted = { memberId, promotionId, processName, isEnrolled };
  const type = isEnrolled ? 'EnrollInPromotion' : 'OptOutPromotion';
  const changed = changeEnrollment(client, program, wanted);
  const change = await orMissingProcess(client, program, { type, name: processName }, changed);
  return { key, memberId, promotionId, promotionName, ...change };
}

/** A process that changed nothing has to be looked at by a person. */
export function exitCodeAfterChange({ status }: EnrollmentChange): ExitCode {
  return status === 'none' ? exitCodes.attention : exitCodes.done;
}
