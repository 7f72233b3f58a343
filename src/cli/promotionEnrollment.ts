import { commandLine } from '../base/text/commandLine.js';
import { changeEnrollment } from '../client/index.js';
import type { EnrollmentChange } from '../client/index.js';
import { countBy } from './counts.js';
import { exitCodes } from './errors/exitCodes.js';
import { orMissingProcess } from './errors/missingProcess.js';
import { inProgramUnlessInterrupted } from './inProgram.js';
import type { ParsedProgramFlags, ParseFlags, ProgramCommand, ProgramContext } from './inProgram.js';
import { findOut } from './keyedOutcome.js';

/** What `enroll promotion` and `leave promotion` are given. */
interface EnrollmentFlags extends ParsedProgramFlags {
  readonly member: string;
  readonly promotion: string;
  readonly process: string;
}

/** What happened, before a command names the status in its own words. */
interface ChangedEnrollment extends EnrollmentChange {
  /** Membership number. */
  readonly key: string;
  readonly memberId: string;
  readonly promotionId: string;
  readonly promotionName: string;
}

/** A record of the command's result. */
type EnrollmentRecord<S extends string> = Omit<ChangedEnrollment, 'status'> & { readonly status: S };

/** What each of the two commands has of its own. */
interface EnrollmentWork<S extends string> {
  /** The command's words, such as `enroll promotion`. */
  readonly words: string;
  readonly isEnrolled: boolean;
  /** The command's names for what happened. */
  readonly statuses: Readonly<Record<EnrollmentChange['status'], S>>;
  readonly show: (record: EnrollmentRecord<S>, process: string) => void;
}

/**
 * Runs `enroll promotion` or `leave promotion`. Either can be repeated. A process that changed nothing has to be looked
 * at by a person.
 * @throws {SfError} that lists the processes, if the org has none of that name
 */
export function enrollmentCommand<S extends string>(
  command: ProgramCommand,
  parse: ParseFlags<EnrollmentFlags>,
  { words, isEnrolled, statuses, show }: EnrollmentWork<S>,
) {
  let again = '';
  return inProgramUnlessInterrupted(
    command,
    parse,
    async (chosen) => {
      const { program, flags } = chosen;
      const { member, promotion, process } = flags;
      again = commandLine(words, { member, promotion, process, program, 'target-org': command.orgName });
      const change = await changedEnrollment(chosen, isEnrolled);
      const record = { ...change, status: statuses[change.status] };
      show(record, process);
      const counts = countBy([record], Object.values<S>(statuses));
      const exitCode = change.status === 'none' ? exitCodes.attention : exitCodes.done;
      return { result: { program, records: [record], counts }, exitCode };
    },
    () => findOut(again),
  );
}

async function changedEnrollment(
  { client, program, flags }: ProgramContext<EnrollmentFlags>,
  isEnrolled: boolean,
): Promise<ChangedEnrollment> {
  const { member, promotion, process: processName } = flags;
  const { Id: memberId, MembershipNumber: key } = await client.members.get(program, member);
  const { Id: promotionId, Name: promotionName } = await client.promotions.get(program, promotion);
  const wanted = { memberId, promotionId, processName, isEnrolled };
  const type = isEnrolled ? 'EnrollInPromotion' : 'OptOutPromotion';
  const changed = changeEnrollment(client, program, wanted);
  const change = await orMissingProcess(client, program, { type, name: processName }, changed);
  return { key, memberId, promotionId, promotionName, ...change };
}
