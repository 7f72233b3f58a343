import '../../../cli/requireNode.js';
import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { commandLine } from '../../../base/text/commandLine.js';
import { askFirst, noPromptFlag } from '../../../cli/askFirst.js';
import { filledText, memberFlag, programFlags } from '../../../cli/commonFlags.js';
import { countBy } from '../../../cli/counts.js';
import { exitCodes } from '../../../cli/errors/exitCodes.js';
import { orMissingProcess } from '../../../cli/errors/missingProcess.js';
import { inProgramUnlessInterrupted } from '../../../cli/inProgram.js';
import { findOut } from '../../../cli/keyedOutcome.js';
import { unenrollStatuses } from '../../../cli/results/membershipResults.js';
import type { UnenrollMemberResult } from '../../../cli/results/membershipResults.js';
import { SfCommand } from '../../../cli/sfCommand.js';
import { endedStatus, endMembership } from '../../../client/index.js';
import type { LoyaltyClient } from '../../../client/index.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.unenroll.member');
export type { UnenrollMemberResult } from '../../../cli/results/membershipResults.js';

type UnenrollRecord = UnenrollMemberResult['records'][number];

export default class UnenrollMember extends SfCommand<UnenrollMemberResult> {
  public static readonly summary = messages.getMessage('summary');
  public static readonly description = messages.getMessage('description');
  public static readonly examples = messages.getMessages('examples');

  public static readonly flags = {
    ...programFlags,
    member: memberFlag({ required: true }),
    process: filledText({
      summary: messages.getMessage('flags.process.summary'),
      description: messages.getMessage('flags.process.description'),
      default: 'UnenrollMember',
      exclusive: ['records'],
    }),
    records: Flags.boolean({
      summary: messages.getMessage('flags.records.summary'),
      description: messages.getMessage('flags.records.description'),
    }),
    'no-prompt': noPromptFlag,
  };

  public async run(): Promise<UnenrollMemberResult> {
    let again = '';
    return inProgramUnlessInterrupted(
      this,
      async () => (await this.parse(UnenrollMember)).flags,
      async ({ client, program, flags }) => {
        const member = await client.members.get(program, flags.member);
        const { Id: memberId, MembershipNumber: key, MemberStatus: before } = member;
        const mayEnd = async (): Promise<boolean> =>
          flags['no-prompt'] || askFirst(this, messages.getMessage('prompt.unenroll', [key, program]));
        let change: Omit<UnenrollRecord, 'key' | 'memberId' | 'before'> = { status: 'already', after: before };
        if (before !== endedStatus) {
          change = { status: 'kept', after: before };
          if (await mayEnd()) {
            again = commandLine('display member', { member: memberId, program, 'target-org': this.orgName });
            change = await endMembership(client, { program, memberId, before }, () =>
              sendEnd(client, { program, memberId, process: flags.process, records: flags.records }),
            );
          }
        }
        const record = { key, memberId, before, ...change };
        this.#show(record);
        const counts = countBy([record], unenrollStatuses);
        return { result: { program, records: [record], counts }, exitCode: exitCodeAfter(record) };
      },
      () => findOut(again),
    );
  }

  #show({ key, status, before, after, error }: UnenrollRecord): void {
    if (error) this.logToStderr(`${error.code}: ${error.message}`);
    if (status === 'unenrolled')
      this.logSuccess(messages.getMessage('info.unenrolled', [key, before ?? '–', after ?? '–']));
    else if (status === 'already') this.log(messages.getMessage('info.already', [key]));
    else if (status === 'kept') this.log(messages.getMessage('info.kept', [key]));
    else if (status === 'unclear') {
      const whose = messages.getMessage(after === endedStatus ? 'info.perhapsOurs' : 'info.otherStatus');
      this.warn(messages.getMessage('warning.unclear', [key, before ?? '–', after ?? '–', whose]));
    } else this.warn(messages.getMessage(`warning.${status}`, [key, before ?? '–']));
  }
}

interface Ending {
  readonly program: string;
  readonly memberId: string;
  readonly process: string;
  readonly records: boolean;
}

async function sendEnd(
  client: LoyaltyClient,
  { program, memberId, process: name, records }: Ending,
): Promise<{ memberId: string | null }> {
  if (records) {
    await client.members.updateRecords(memberId, { member: { MemberStatus: endedStatus } });
    return { memberId };
  }
  return orMissingProcess(
    client,
    program,
    { type: 'UnenrollMember', name, instead: '--records' },
    client.members.unenroll(program, { memberId }, name),
  );
}

function exitCodeAfter({ status }: UnenrollRecord): (typeof exitCodes)[keyof typeof exitCodes] {
  if (['unchecked', 'unclear', 'unknown'].includes(status)) return exitCodes.unfinished;
  return status === 'unchanged' ? exitCodes.attention : exitCodes.done;
}
