import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { commandLine } from '../base/text/commandLine.js';
import { changeEnrollment } from '../client/index.js';
import type { EnrollmentChange, PromotionRow } from '../client/index.js';
import type { readMemberNumbers } from '../sync/index.js';
import { filledText, memberFlag } from './commonFlags.js';
import { countBy } from './counts.js';
import { attentionLines } from './enrolledRecords.js';
import { delimiterFlag } from './delimiterFlag.js';
import { enrollLines } from './enrollmentFile.js';
import type { EnrollmentFile } from './enrollmentFile.js';
import { exitCodeOf } from './errors/exitCodes.js';
import { orMissingProcess } from './errors/missingProcess.js';
import { inProgramUnlessInterrupted } from './inProgram.js';
import type { ParsedProgramFlags, ParseFlags, ProgramCommand, ProgramContext } from './inProgram.js';
import { findOut, repeatForUnknown } from './keyedOutcome.js';
import { countText, wrapped } from './terminal/terminalText.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.promotionMembers');

/** Flags for one member, or for those of a file. */
export const enrollmentFlags = {
  member: memberFlag({ exactlyOne: ['member', 'file'] }),
  file: filledText({
    char: 'f',
    summary: messages.getMessage('flags.file.summary'),
    description: messages.getMessage('flags.file.description'),
  }),
  delimiter: delimiterFlag,
  'results-file': Flags.file({
    summary: messages.getMessage('flags.results-file.summary'),
    description: messages.getMessage('flags.results-file.description'),
    dependsOn: ['file'],
  }),
};

/** What `enroll promotion` and `leave promotion` are given. */
interface EnrollmentFlags extends ParsedProgramFlags {
  readonly member: string | undefined;
  readonly file: string | undefined;
  readonly delimiter: string | undefined;
  readonly 'results-file': string | undefined;
  readonly promotion: string;
  readonly process: string;
}

type Failed = 'failed' | 'unknown';

/** A record of the command's result. */
interface EnrollmentRecord<S extends string> extends Omit<EnrollmentChange, 'status'> {
  /** Membership number. */
  readonly key: string;
  readonly memberId: string | null;
  readonly promotionId: string;
  readonly promotionName: string;
  readonly status: S | Failed;
  readonly line?: number;
  readonly error?: { readonly code: string; readonly message: string };
}

/** What each of the two commands has of its own. */
interface EnrollmentWork<S extends string> {
  /** The command's words, such as `enroll promotion`. */
  readonly words: string;
  readonly isEnrolled: boolean;
  /** The command's names for what happened. */
  readonly statuses: Readonly<Record<EnrollmentChange['status'], S>>;
  readonly show: (record: EnrollmentRecord<S>, process: string) => void;
  /** Loads the room that reads files. */
  readonly reader: () => Promise<typeof readMemberNumbers>;
}

interface EnrollmentCommand extends ProgramCommand {
  log(line: string): void;
}

/**
 * Runs `enroll promotion` or `leave promotion`. Either can be repeated. A process that changed nothing has to be looked
 * at by a person.
 * @throws {SfError} that lists the processes, if the org has none of that name
 */
export function enrollmentCommand<S extends string>(
  command: EnrollmentCommand,
  parse: ParseFlags<EnrollmentFlags>,
  work: EnrollmentWork<S>,
) {
  const { words, statuses, show } = work;
  let again = '';
  let save = (): Promise<void> => Promise.resolve();
  return inProgramUnlessInterrupted(
    command,
    parse,
    async (chosen) => {
      const { client, program, flags } = chosen;
      const { member, promotion: wanted, process, file, delimiter } = flags;
      const given = { member, file, delimiter, promotion: wanted, process, 'results-file': flags['results-file'] };
      again = commandLine(words, { ...given, program, 'target-org': command.orgName });
      const promotion = await client.promotions.get(program, wanted);
      const records = await (member === undefined
        ? ofFile(chosen, promotion, { ...work, onStart: (saving) => (save = saving) })
        : ofMember(chosen, { promotion, member }, work));
      const counts = countBy(records, [...Object.values<S>(statuses), 'failed', 'unknown'] as (S | Failed)[]);
      if (member === undefined) for (const line of summaryLines(records, { work, promotion })) command.log(line);
      else for (const record of records) show(record, process);
      const refused = records.filter(({ status }) => status === 'failed' || status === statuses.none).length;
      const open = records.filter(({ status }) => status === 'unknown').length;
      if (open > 0) command.log(repeatForUnknown(again));
      const exitCode = exitCodeOf({ refused, open });
      return { result: { program, records, counts }, exitCode };
    },
    async () => {
      await save();
      return findOut(again);
    },
  );
}

async function ofMember<S extends string>(
  { client, program, flags }: ProgramContext<EnrollmentFlags>,
  { promotion, member }: { readonly promotion: PromotionRow; readonly member: string },
  { isEnrolled, statuses }: EnrollmentWork<S>,
): Promise<EnrollmentRecord<S>[]> {
  const { Id: memberId, MembershipNumber: key } = await client.members.get(program, member);
  const { Id: promotionId, Name: promotionName } = promotion;
  const wanted = { memberId, promotionId, processName: flags.process, isEnrolled };
  const changed = changeEnrollment(client, program, wanted);
  const change = await orMissingProcess(client, program, processOf(isEnrolled, flags), changed);
  return [{ key, memberId, promotionId, promotionName, ...change, status: statuses[change.status] }];
}

async function ofFile<S extends string>(
  { client, program, flags }: ProgramContext<EnrollmentFlags>,
  { Id: promotionId, Name: promotionName }: PromotionRow,
  { isEnrolled, statuses, reader, onStart }: EnrollmentWork<S> & { readonly onStart: EnrollmentFile['onStart'] },
): Promise<EnrollmentRecord<S>[]> {
  const named = (status: EnrollmentChange['status'] | Failed): S | Failed =>
    status === 'failed' || status === 'unknown' ? status : statuses[status];
  const wanted = { promotionId, processName: flags.process, isEnrolled };
  const { file = '', delimiter, 'results-file': resultsFile } = flags;
  const read = await reader();
  const lines = enrollLines(client, { program, wanted, file, delimiter, resultsFile, read, onStart }, named);
  const changed = await orMissingProcess(client, program, processOf(isEnrolled, flags), lines);
  return changed.map(({ status, ...record }) => ({ ...record, promotionId, promotionName, status: named(status) }));
}

function processOf(isEnrolled: boolean, { process: name }: EnrollmentFlags) {
  return { type: isEnrolled ? 'EnrollInPromotion' : 'OptOutPromotion', name } as const;
}

/** What a person reads about a file: what needs attention, and how many there are of each. */
function summaryLines<S extends string>(
  records: readonly EnrollmentRecord<S>[],
  { work, promotion }: { readonly work: EnrollmentWork<S>; readonly promotion: PromotionRow },
): string[] {
  const { changed, already, none } = work.statuses;
  const count = (status: S | Failed): string => countText(records.filter((each) => each.status === status).length);
  const key = work.isEnrolled ? 'info.enrolledCounts' : 'info.leftCounts';
  const counts = [count(changed), count(already), count(none), count('failed'), count('unknown')];
  return [
    ...attentionLines(records.filter(({ error }) => error)),
    ...wrapped(messages.getMessage(key, [promotion.Name, ...counts]), ''),
  ];
}
